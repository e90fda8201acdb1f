#include <algorithm>

#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_adf.hpp"
#include "tests/trackers/fake_jira_edit.hpp"
#include "tests/trackers/fake_jira_json.hpp"

namespace cb::fake_jira {

namespace {

constexpr std::size_t k_longest_summary = 255, k_longest_label = 255;

bool has(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

void apply(std::vector<std::string>& list, const std::string& operation, const std::string& value) {
  if (operation == "add" && !has(list, value)) list.push_back(value);
  if (operation == "remove") list.erase(std::remove(list.begin(), list.end(), value), list.end());
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : " ") + value;
  return out;
}

struct Rows {
  const char *id, *name, *what;
  std::vector<std::string> Issue::*member;
};

const Rows& rows_of(const std::string& field) {
  static const std::vector<Rows> k_all{{"components", "Component", "Component", &Issue::components},
                                       {"versions", "Version", "Version", &Issue::versions},
                                       {"fixVersions", "Fix Version", "Version", &Issue::fix_versions}};
  return *std::find_if(k_all.begin(), k_all.end(), [&](const Rows& rows) { return rows.id == field; });
}

const std::vector<Named>& choices(const State& state, const Issue& issue, const std::string& field) {
  const auto& project = project_of(state, issue);
  return field == "components" ? project.components : project.versions;
}

std::string row_id(const State& state, const Issue& issue, const std::string& field, const Json& value) {
  const auto* row = parsed_named(choices(state, issue, field), value);
  if (!row) {
    const auto& name = member(value, "name");
    refuse_field(field, std::string(rows_of(field).what) + " name '" + text_of(name) + "' is not valid");
  }
  return row->id;
}

bool takes_several(FieldKind kind) {
  return kind == FieldKind::multi_select || kind == FieldKind::users || kind == FieldKind::labels ||
         kind == FieldKind::organizations;
}

}  // namespace

void Edit::set_summary(const Json& value) {
  if (!value.is_string()) refuse_field("summary", "Operation value must be a string");
  const auto text = value.get<std::string>();
  if (text.find_first_not_of(" \t") == std::string::npos)
    refuse_field("summary", "You must specify a summary of the issue.");
  if (text.size() > k_longest_summary) refuse_field("summary", "Summary must be less than 255 characters.");
  if (text.find('\n') != std::string::npos)
    refuse_field("summary", "The summary is invalid because it contains newline characters.");
  if (text != issue_.summary) note({"summary", "summary", false, std::nullopt, issue_.summary, std::nullopt, text});
  issue_.summary = text;
}

void Edit::set_description(const Json& value) {
  auto rich = rich_of(call_, "description", value);
  if (rich.text != issue_.description.text)
    note({"description", "description", false, std::nullopt, issue_.description.text, std::nullopt, rich.text});
  issue_.description = std::move(rich);
}

void Edit::set_person(const std::string& field, std::string Issue::*member, const Json& value) {
  std::string id;
  if (!value.is_null()) {
    const auto& user = parsed_user(call_, field, value);
    const bool is_assigned = field == "assignee";
    if (is_assigned && !may(call_.state, &user, project_of(call_.state, issue_), "BROWSE_PROJECTS"))
      refuse_field(field, "User '" + user.display_name + "' cannot be assigned issues.");
    if (is_assigned) require(call_, project_of(call_.state, issue_), "ASSIGN_ISSUES", "assign issues");
    id = user.id;
  }
  const auto name = [&](const std::string& who) {
    const auto* user = user_by_id(call_.state, who);
    return user ? user->display_name : "";
  };
  replace(field, field, issue_.*member, id, name(issue_.*member), name(id));
}

void Edit::set_labels(std::vector<std::string> labels) {
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  for (const auto& label : labels) {
    if (label.find_first_of(" \t\n") != std::string::npos)
      refuse_field("labels", "The label '" + label + "' contains spaces which is invalid.");
    if (label.size() > k_longest_label)
      refuse_field("labels", "The label '" + label + "' is too long (limit is 255 characters).");
  }
  if (labels == issue_.labels) return;
  note({"labels", "labels", false, std::nullopt, joined(issue_.labels), std::nullopt, joined(labels)});
  issue_.labels = std::move(labels);
}

void Edit::set_rows(const std::string& field, const Json& value) {
  if (!value.is_array()) refuse_field(field, "data was not an array");
  std::vector<std::string> wanted;
  for (const auto& entry : value) wanted.push_back(row_id(call_.state, issue_, field, entry));
  const auto& rows = rows_of(field);
  auto& place = issue_.*(rows.member);
  const auto name = [&](const std::string& id) {
    const auto* row = named_by_id(choices(call_.state, issue_, field), id);
    return row ? row->name : "";
  };
  for (const auto& id : place)
    if (!has(wanted, id)) note({rows.name, field, false, id, name(id), std::nullopt, std::nullopt});
  for (const auto& id : wanted)
    if (!has(place, id)) note({rows.name, field, false, std::nullopt, std::nullopt, id, name(id)});
  place = std::move(wanted);
}

void Edit::operate_rows(const std::string& field, const std::string& operation, const Json& value) {
  auto ids = issue_.*(rows_of(field).member);
  apply(ids, operation, row_id(call_.state, issue_, field, value));
  auto wanted = Json::array();
  for (const auto& id : ids) wanted.push_back({{"id", id}});
  set_rows(field, wanted);
}

void Edit::operate_custom(const Field& field, const std::string& operation, const Json& value) {
  if (!takes_several(field.kind)) refuse_field(field.id(), "Field does not support the operation '" + operation + "'.");
  auto ids = issue_.custom[field.id()];
  apply(ids, operation, parsed_value(call_, field, Json::array({value})).front());
  auto wanted = Json::array();
  for (const auto& id : ids) {
    const auto key = call_.is_cloud() ? "accountId" : "name";
    if (field.kind == FieldKind::multi_select) wanted.push_back({{"id", id}});
    if (field.kind == FieldKind::users)
      wanted.push_back({{key, call_.is_cloud() ? id : user_by_id(call_.state, id)->name}});
    if (field.kind == FieldKind::labels || field.kind == FieldKind::organizations) wanted.push_back(id);
  }
  set_custom(field, wanted.empty() ? Json() : wanted);
}

void Edit::operate(const std::string& field, const std::string& operation, const Json& value) {
  if (field == "comment") return comment_operation(operation, value);
  if (operation == "set") return set(field, value);
  if (operation != "add" && operation != "remove")
    refuse_field(field, "The operation '" + operation + "' is not supported.");
  if (const auto* custom = field_by_id(call_.state, field)) return operate_custom(*custom, operation, value);
  if (field == "components" || field == "versions" || field == "fixVersions")
    return operate_rows(field, operation, value);
  if (field != "labels") refuse_field(field, "Field does not support the operation '" + operation + "'.");
  if (!value.is_string()) refuse_field(field, "Operation value must be a string");
  auto labels = issue_.labels;
  apply(labels, operation, value.get<std::string>());
  set_labels(std::move(labels));
}

}  // namespace cb::fake_jira
