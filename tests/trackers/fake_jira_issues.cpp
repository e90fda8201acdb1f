#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_edit.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_meta.hpp"
#include "tests/trackers/fake_jira_resources.hpp"

namespace cb::fake_jira {

namespace {

// As Java reads it: what is not `true` is false, `1` too.
bool asks_for_quiet(const Call& call) {
  return call.has("notifyUsers") && !same_name(call.text("notifyUsers"), "true");
}

bool may_be_quiet(const Call& call, const Issue& issue) {
  return is_admin(call.state, call.user) ||
         may(call.state, call.user, project_of(call.state, issue), "ADMINISTER_PROJECTS");
}

const Project& new_issues_project(const Call& call, const Json& fields) {
  const auto& given = member(fields, "project");
  const auto& id = member(given, "id");
  const auto word = text_of(id.is_null() ? member(given, "key") : id);
  const auto* project = project_by_key(call.state, word);
  if (!project || !may(call.state, call.user, *project, "BROWSE_PROJECTS"))
    refuse_field("project", "valid project is required");
  if (!may(call.state, call.user, *project, "CREATE_ISSUES"))
    refuse_field("project", "You do not have permission to create issues in this project.");
  return *project;
}

std::string new_issues_type(const Call& call, const Project& project, const Json& fields) {
  const auto* type = parsed_named(call.state.types, member(fields, "issuetype"));
  if (!type || std::find(project.types.begin(), project.types.end(), type->id) == project.types.end())
    refuse_field("issuetype", "Specify a valid issue type");
  return type->id;
}

int next_number(const State& state, const Project& project) {
  int last = 0;
  for (const auto& [id, issue] : state.issues) {
    auto keys = issue.former_keys;
    keys.push_back(issue.key);
    for (const auto& key : keys)
      if (key.rfind(project.key + "-", 0) == 0) last = std::max(last, std::stoi(key.substr(project.key.size() + 1)));
  }
  return last + 1;
}

}  // namespace

Issue new_issue(const State& state, const Project& project, const std::string& type, const std::string& reporter) {
  constexpr int k_first = 10001;
  const int id = state.issues.empty() ? k_first : state.issues.rbegin()->first + 1;
  Issue issue;
  issue.id = std::to_string(id);
  issue.key = project.key + "-" + std::to_string(next_number(state, project));
  issue.project = project.id;
  issue.type = type;
  issue.reporter = issue.creator = reporter;
  issue.status = state.statuses.front().id;
  issue.priority = state.priorities[state.priorities.size() / 2].id;
  return issue;
}

Reply get_issue(Call& call) {
  const auto& issue = visible_issue(call, call.path[0]);
  return {200, issue_json(call, issue, call.list("fields"), "*all", call.list("expand"))};
}

Reply edit_issue(Call& call) {
  auto& issue = visible_issue(call, call.path[0]);
  require(call, project_of(call.state, issue), "EDIT_ISSUES", "edit issues");
  const auto& body = call.body;
  if (!body.is_object() || (!body.contains("fields") && !body.contains("update") && !body.contains("properties")))
    refuse(400, "one of 'fields' or 'update' required");
  bool is_quiet = asks_for_quiet(call);
  if (is_quiet && !may_be_quiet(call, issue)) {
    const auto behaviour = call.state.settings.quiet_without_right;
    if (behaviour == QuietWithoutRight::refused)
      refuse(403, "To discard the user notification either admin or project admin permissions are required.");
    if (behaviour == QuietWithoutRight::dropped) return {204, {}};
    is_quiet = false;
  }
  Edit edit(call, issue);
  edit.set_all(member(body, "fields"), member(body, "update"));
  edit.set_metadata(member(body, "historyMetadata"));
  edit.set_properties(member(body, "properties"));
  edit.commit(is_quiet);
  if (!call.is_cloud() || call.text("returnIssue") != "true") return {204, {}};
  return {200, issue_json(call, issue, {}, "*all", call.list("expand"))};
}

Reply create_issue(Call& call) {
  require_login(call);
  const auto& fields = member(call.body, "fields");
  const auto& project = new_issues_project(call, fields);
  Edit edit(call, new_issue(call.state, project, new_issues_type(call, project, fields), call.user->id), true);
  if (member(fields, "summary").is_null()) refuse_field("summary", "You must specify a summary of the issue.");
  edit.set_all(fields, member(call.body, "update"));
  edit.set_properties(member(call.body, "properties"));
  const auto id = edit.issue().id, key = edit.issue().key;
  edit.commit(false);
  return {201, {{"id", id}, {"key", key}, {"self", call.root() + "/issue/" + id}}};
}

Reply edit_meta(Call& call) {
  const auto& issue = visible_issue(call, call.path[0]);
  const auto& project = project_of(call.state, issue);
  auto fields = Json::object();
  if (!may(call.state, call.user, project, "EDIT_ISSUES")) return {200, {{"fields", fields}}};
  for (const auto* id : {"summary", "description", "priority", "labels", "duedate", "assignee", "reporter",
                         "components", "versions", "fixVersions", "issuetype"})
    if (!call.state.settings.screens || !project.off_screen.count(id))
      fields[id] = system_meta(call, project, id, id == std::string("summary"));
  for (const auto& field : call.state.fields) {
    const bool is_on_screen = field.has_screen && !project.off_screen.count(field.id());
    if (has_context(field, project) && (is_on_screen || !call.state.settings.screens))
      fields[field.id()] = custom_meta(call, field);
  }
  return {200, {{"fields", fields}}};
}

}  // namespace cb::fake_jira
