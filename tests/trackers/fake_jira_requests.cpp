#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_desk_json.hpp"
#include "tests/trackers/fake_jira_edit.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_meta.hpp"
#include "tests/trackers/fake_jira_resources.hpp"

namespace cb::fake_jira {

namespace {

std::string category_word(const std::string& category) {
  return category == "done" ? "DONE" : category == "new" ? "NEW" : "INDETERMINATE";
}

Moment status_since(const Issue& issue) {
  auto out = issue.created;
  for (const auto& change : issue.history)
    for (const auto& item : change.items)
      if (item.id == "status") out = change.at;
  return out;
}

Json request_json(const Call& call, const Issue& issue) {
  const auto& status = *status_by_id(call.state, issue.status);
  const auto& settings = call.state.settings;
  return {{"_expands", {"participant", "status", "sla", "requestType", "serviceDesk", "comment"}},
          {"issueId", issue.id},
          {"issueKey", issue.key},
          {"summary", issue.summary},
          {"requestTypeId", issue.type},
          {"serviceDeskId", project_of(call.state, issue).desk_id},
          {"createdDate", desk_date(call, issue.created)},
          {"reporter", desk_user(call, issue.reporter)},
          {"requestFieldValues",
           {{{"fieldId", "summary"}, {"label", "Summary"}, {"value", issue.summary}},
            {{"fieldId", "description"}, {"label", "Description"}, {"value", issue.description.text}}}},
          {"currentStatus",
           {{"status", status.name},
            {"statusCategory", category_word(status.category)},
            {"statusDate", desk_date(call, status_since(issue))}}},
          {"_links",
           {{"jiraRest", settings.url + "/rest/api/2/issue/" + issue.id},
            {"web", settings.url + "/servicedesk/customer/portal/1/" + issue.key},
            {"self", desk_root(call) + "/request/" + issue.id}}}};
}

Json request_comment_json(const Call& call, const Issue& issue, const Comment& comment) {
  return {{"_expands", {"attachment", "renderedBody"}},
          {"id", comment.id},
          {"body", comment.body.text},
          {"public", !comment.is_internal},
          {"author", desk_user(call, comment.author)},
          {"created", desk_date(call, comment.created)},
          {"_links", {{"self", desk_root(call) + "/request/" + issue.id + "/comment/" + comment.id}}}};
}

// Who is no agent sees what everybody sees.
bool is_shown(const Call& call, const Issue& issue, const Comment& comment) {
  const bool hidden = comment.is_internal || comment.visibility;
  if (hidden && !is_agent(call.state, call.user, project_of(call.state, issue))) return false;
  return sees_comment(call.state, call.user, issue, comment) &&
         call.text(comment.is_internal ? "internal" : "public") != "false";
}

const Project& requested_desk(const Call& call) {
  const auto id = text_of(member(call.body, "serviceDeskId"));
  for (const auto& project : call.state.projects) {
    const bool is_it = project.is_service_desk && (project.desk_id == id || project.id == id);
    if (is_it && (has_role(call.state, project, *call.user, "Service Desk Customers") ||
                  may(call.state, call.user, project, "CREATE_ISSUES")))
      return project;
  }
  refuse(404, "The Service Desk with ID " + id + " does not exist.");
}

// A request of a customer with organisations belongs to them.
void share_with_organizations(const State& state, Issue& issue) {
  for (const auto& field : state.fields) {
    if (field.kind != FieldKind::organizations) continue;
    for (const auto& row : state.organizations)
      if (std::find(row.users.begin(), row.users.end(), issue.reporter) != row.users.end())
        issue.custom[field.id()].push_back(row.id);
  }
}

}  // namespace

Issue& visible_request(const Call& call, const std::string& id_or_key) {
  require_login(call);
  const auto* issue = issue_by_key(call.state.issues, id_or_key);
  if (!issue || !sees_request(call.state, call.user, *issue))
    refuse(404, "The request you are trying to view does not exist.");
  return call.state.issues.at(std::stoi(issue->id));
}

Reply request(Call& call) {
  return {200, request_json(call, visible_request(call, call.path[0]))};
}

Reply create_request(Call& call) {
  require_login(call);
  const auto& desk = requested_desk(call);
  const auto type = text_of(member(call.body, "requestTypeId"));
  if (std::find(desk.types.begin(), desk.types.end(), type) == desk.types.end())
    refuse(400, "The request type with ID " + type + " does not exist.");
  auto values = member(call.body, "requestFieldValues");
  if (!member(values, "summary").is_string())
    refuse(400,
           "Your request could not be created. Please check the fields have been filled in correctly. Summary is "
           "required.");
  auto issue = new_issue(call.state, desk, type, call.user->id);
  share_with_organizations(call.state, issue);
  Edit edit(call, std::move(issue), true);
  try {
    edit.set_all(values, {});
    const auto key = edit.issue().key;
    edit.commit(false);
    return {201, request_json(call, *issue_by_key(call.state.issues, key))};
  } catch (const Refusal& refusal) {
    refuse(400, refusal.errors.empty() ? refusal.messages.front() : refusal.errors.begin()->second);
  }
}

Reply request_comments(Call& call) {
  const auto& issue = visible_request(call, call.path[0]);
  auto out = Json::array();
  for (const auto& comment : issue.comments)
    if (is_shown(call, issue, comment)) out.push_back(request_comment_json(call, issue, comment));
  return {200, desk_page(call, "/request/" + issue.id + "/comment", out)};
}

Reply add_request_comment(Call& call) {
  auto& issue = visible_request(call, call.path[0]);
  const auto body = text_of(member(call.body, "body"));
  if (trimmed(body).empty()) refuse(400, "Comment body can not be empty!");
  const bool is_meant_internal = member(call.body, "public") == false;
  const bool agent = is_agent(call.state, call.user, project_of(call.state, issue));
  const auto& settings = call.state.settings;
  if (is_meant_internal && !agent && !settings.internal_of_others_turns_public)
    refuse(403, "You do not have permission to add an internal comment to this request.");
  Comment comment;
  comment.id = next_id(call.state);
  comment.author = comment.editor = call.user->id;
  comment.body = {body, ""};
  comment.is_internal = is_meant_internal && agent && !settings.internal_turns_public;
  Edit edit(call, issue);
  edit.add_comment(std::move(comment));
  edit.commit(false);
  return {201, request_comment_json(call, issue, issue.comments.back())};
}

Reply participants(Call& call) {
  const auto& issue = visible_request(call, call.path[0]);
  auto out = Json::array();
  for (const auto& id : issue.participants) out.push_back(desk_user(call, id));
  return {200, desk_page(call, "/request/" + issue.id + "/participant", out)};
}

Reply promises(Call& call) {
  const auto& issue = visible_request(call, call.path[0]);
  if (!is_agent(call.state, call.user, project_of(call.state, issue)))
    refuse(403, "You are not an agent of this service desk.");
  return {200, desk_page(call, "/request/" + issue.id + "/sla", promises_json(call, issue))};
}

}  // namespace cb::fake_jira
