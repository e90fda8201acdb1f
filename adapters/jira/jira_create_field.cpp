#include <nlohmann/json.hpp>

#include "adapters/jira/jira_parse_lists.hpp"
#include "adapters/jira/jira_survey.hpp"

namespace cb {

namespace {

struct Type {
  const char* type;
  const char* searcher;
};

constexpr const char* k_prefix = "com.atlassian.jira.plugin.system.customfieldtypes:";

Type type_of(NewField::Kind kind) {
  switch (kind) {
    case NewField::Kind::date_time:
      return {"datetime", "datetimerange"};
    case NewField::Kind::list:
      return {"select", "multiselectsearcher"};
    case NewField::Kind::several:
      return {"multiselect", "multiselectsearcher"};
    case NewField::Kind::text:
      break;
  }
  return {"textfield", "textsearcher"};
}

}  // namespace

Result<FieldInfo> jira_create_field(JiraSession& session, const NewField& field) {
  const auto [type, searcher] = type_of(field.kind);
  const nlohmann::json body{{"name", field.name},
                            {"description", field.description},
                            {"type", std::string(k_prefix) + type},
                            {"searcherKey", std::string(k_prefix) + searcher}};
  auto answer = session.ask("POST", "/field", body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                            "making the field " + field.name);
  if (!answer) {
    auto error = std::move(answer.error().error);
    if (answer.error().status == 403 || answer.error().status == 401) {
      error.kind = ErrorKind::denied;
      error.what += "; only a Jira administrator's account can make fields";
    }
    return Failure(std::move(error));
  }
  const auto root = answer->root();
  FieldInfo made;
  made.id = root["id"].text();
  made.name = root["name"].text_or(field.name);
  made.format = type;
  made.date_time = field.kind == NewField::Kind::date_time;
  made.multiple = field.kind == NewField::Kind::several;
  return checked(*answer, std::move(made));
}

}  // namespace cb
