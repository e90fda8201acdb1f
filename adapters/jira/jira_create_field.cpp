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
    case NewField::Kind::date:
      return {"datepicker", "daterange"};
    case NewField::Kind::text:
      break;
  }
  return {"textfield", "textsearcher"};
}

// Cloud alone takes options over its API; elsewhere, and where that fails, an administrator adds them by hand.
std::vector<std::string> add_options(JiraSession& session, const std::string& field,
                                     const std::vector<std::string>& values) {
  const auto contexts = "/field/" + url_encoded(field) + "/context";
  const std::string doing = "adding the values of a list";
  const auto list = session.ask("GET", contexts, "", doing);
  if (!list) return {};
  const auto rows = list->root()["values"].items();
  if (rows.empty()) return {};
  auto options = nlohmann::json::array();
  for (const auto& value : values) options.push_back({{"value", value}});
  const auto target = contexts + "/" + url_encoded(rows.front()["id"].scalar()) + "/option";
  const auto added = session.ask("POST", target, nlohmann::json{{"options", std::move(options)}}.dump(), doing);
  return added ? values : std::vector<std::string>();
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
      error.what += ": only a Jira administrator's account can make fields";
    }
    return Failure(std::move(error));
  }
  const auto root = answer->root();
  FieldInfo made;
  made.id = root["id"].text();
  made.name = root["name"].text_or(field.name);
  made.format = type;
  made.date_time = field.kind == NewField::Kind::date_time;
  if (auto problem = answer->problem()) return Failure(*std::move(problem));
  TRY(server, session.server());
  if (server.cloud && !field.values.empty()) made.values = add_options(session, made.id, field.values);
  return made;
}

}  // namespace cb
