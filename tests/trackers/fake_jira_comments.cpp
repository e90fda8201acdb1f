#include <algorithm>

#include "rules/text.hpp"
#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_adf.hpp"
#include "tests/trackers/fake_jira_edit.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_resources.hpp"

namespace cb::fake_jira {

namespace {

constexpr const char* k_internal_key = "sd.public.comment";

Visibility parsed_visibility(const Call& call, const Issue& issue, const Json& given) {
  const auto type = text_of(member(given, "type"));
  auto value = text_of(member(given, "value"));
  const auto identifier = text_of(member(given, "identifier"));
  if (value.empty())
    for (const auto& role : call.state.roles)
      if (type == "role" && role.id == identifier) value = role.name;
  if (type == "role") {
    if (!role_by_name(call.state, value)) refuse_field("commentLevel", "Role level '" + value + "' does not exist.");
    if (!has_role(call.state, project_of(call.state, issue), *call.user, value))
      refuse_field("commentLevel", "You are currently not a member of the project role: " + value + ".");
  } else if (type == "group") {
    if (!call.user->groups.count(value)) refuse_field("commentLevel", "Group: " + value + " does not exist.");
  } else {
    refuse_field("commentLevel", "The visibility type must be 'role' or 'group'.");
  }
  return {type, value};
}

// Whether a comment that is meant to be internal is so in the end.
bool becomes_internal(const Call& call, const Issue& issue, bool is_meant_so) {
  const auto& settings = call.state.settings;
  const auto& project = project_of(call.state, issue);
  if (!is_meant_so || !project.is_service_desk || settings.internal_turns_public) return false;
  if (is_agent(call.state, call.user, project)) return true;
  if (settings.internal_of_others_turns_public) return false;
  refuse(403, "You do not have permission to add an internal comment to this issue.");
}

void take_properties(const Call& call, const Issue& issue, Comment& comment, const Json& properties) {
  for (const auto& entry : properties) {
    const auto key = text_of(member(entry, "key"));
    const auto& value = member(entry, "value");
    if (key == k_internal_key) {
      comment.is_internal = becomes_internal(call, issue, member(value, "internal") == true);
    } else {
      comment.properties[key] = value.dump();
    }
  }
}

Comment& own_comment(const Call& call, Issue& issue, const std::string& id) {
  for (auto& comment : issue.comments)
    if (comment.id == id && sees_comment(call.state, call.user, issue, comment)) return comment;
  refuse(404, "Can not find a comment for the id: " + id + ".");
}

bool expands_properties(const Call& call) {
  const auto expand = call.list("expand");
  return std::find(expand.begin(), expand.end(), "properties") != expand.end();
}

void require_own(const Call& call, const Issue& issue, const Comment& comment, const char* permission) {
  const bool is_own = call.user && comment.author == call.user->id;
  if (!is_own && !may(call.state, call.user, project_of(call.state, issue), permission))
    refuse(403, "You do not have permission to change comments of others.");
}

}  // namespace

Comment parsed_comment(Call& call, const Issue& issue, const Json& body) {
  Comment comment;
  comment.body = rich_of(call, "comment", member(body, "body"));
  if (trimmed(comment.body.text).empty()) refuse_field("comment", "Comment body can not be empty!");
  if (comment.body.text.size() > 32767)
    refuse_field("comment", "The entered text is too long. It exceeds the allowed limit of 32,767 characters.");
  const auto& visibility = member(body, "visibility");
  if (!visibility.is_null()) comment.visibility = parsed_visibility(call, issue, visibility);
  take_properties(call, issue, comment, member(body, "properties"));
  comment.author = comment.editor = call.user->id;
  comment.id = next_id(call.state);
  return comment;
}

Reply get_comments(Call& call) {
  const auto& issue = visible_issue(call, call.path[0]);
  auto all = visible_comments(call, issue);
  if (call.text("orderBy") == "-created") std::reverse(all.begin(), all.end());
  // Cloud gives pages, Data Center all unless it is asked.
  constexpr std::size_t k_cloud_page = 5000, k_all = 1000000;
  const auto most = call.is_cloud() ? k_cloud_page : k_all;
  const auto page = window(call, all.size(), call.is_cloud() ? 100 : all.size(), most);
  auto comments = Json::array();
  for (auto i = page.from; i < page.to; ++i)
    comments.push_back(comment_json(call, issue, *all[i], expands_properties(call)));
  return {200, {{"startAt", page.from}, {"maxResults", page.most}, {"total", all.size()}, {"comments", comments}}};
}

Reply get_comment(Call& call) {
  auto& issue = visible_issue(call, call.path[0]);
  return {200, comment_json(call, issue, own_comment(call, issue, call.path[1]), expands_properties(call))};
}

Reply add_comment(Call& call) {
  auto& issue = visible_issue(call, call.path[0]);
  require(call, project_of(call.state, issue), "ADD_COMMENTS", "comment on issues");
  Edit edit(call, issue);
  edit.add_comment(parsed_comment(call, issue, call.body));
  edit.commit(false);
  return {201, comment_json(call, issue, issue.comments.back(), expands_properties(call))};
}

Reply edit_comment(Call& call) {
  auto& issue = visible_issue(call, call.path[0]);
  auto& comment = own_comment(call, issue, call.path[1]);
  require_own(call, issue, comment, "EDIT_ALL_COMMENTS");
  auto changed = comment;
  changed.body = rich_of(call, "comment", member(call.body, "body"));
  const auto& visibility = member(call.body, "visibility");
  if (!visibility.is_null()) changed.visibility = parsed_visibility(call, issue, visibility);
  take_properties(call, issue, changed, member(call.body, "properties"));
  changed.editor = call.user->id;
  changed.updated = issue.updated = next_moment(call.state, call.now);
  comment = std::move(changed);
  return {200, comment_json(call, issue, comment, expands_properties(call))};
}

Reply delete_comment(Call& call) {
  auto& issue = visible_issue(call, call.path[0]);
  require_own(call, issue, own_comment(call, issue, call.path[1]), "DELETE_ALL_COMMENTS");
  auto& all = issue.comments;
  all.erase(std::remove_if(all.begin(), all.end(), [&](const Comment& row) { return row.id == call.path[1]; }),
            all.end());
  issue.updated = next_moment(call.state, call.now);
  return {204, {}};
}

}  // namespace cb::fake_jira
