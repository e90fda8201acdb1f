#include "tests/trackers/fake_jira_json.hpp"

#include <algorithm>

#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_adf.hpp"
#include "tests/trackers/fake_jira_time.hpp"

namespace cb::fake_jira {

namespace {

struct Category {
  const char *key, *name, *colour;
  int id;
};

const Category& category(const std::string& key) {
  static const std::vector<Category> k_all{
      {"new", "To Do", "blue-gray", 2}, {"indeterminate", "In Progress", "yellow", 4}, {"done", "Done", "green", 3}};
  for (const auto& entry : k_all)
    if (entry.key == key) return entry;
  return k_all.front();
}

Json item_json(const Call& call, const Item& item) {
  const auto text = [](const std::optional<std::string>& value) { return value ? Json(*value) : Json(); };
  Json out{{"field", item.field},     {"fieldtype", item.is_custom ? "custom" : "jira"},
           {"from", text(item.from)}, {"fromString", text(item.from_text)},
           {"to", text(item.to)},     {"toString", text(item.to_text)}};
  if (!call.is_cloud()) return out;
  if (!item.id.empty()) out["fieldId"] = item.id;
  if (item.id == "assignee" || item.id == "reporter") {
    out["tmpFromAccountId"] = out["from"];
    out["tmpToAccountId"] = out["to"];
  }
  return out;
}

Json internal_property(bool is_internal) {
  return {{"key", "sd.public.comment"}, {"value", {{"internal", is_internal}}}};
}

}  // namespace

Json avatars(const Call& call) {
  auto out = Json::object();
  for (const auto* size : {"16x16", "24x24", "32x32", "48x48"})
    out[size] = call.state.settings.url + "/secure/useravatar?avatarId=10122&size=" + std::string(size, 2);
  return out;
}

Json user_json(const Call& call, const std::string& id) {
  if (id.empty()) return {};
  const auto* user = user_by_id(call.state, id);
  if (!user) return {};
  Json out{{"displayName", user->display_name}, {"active", user->active}, {"timeZone", user->zone}};
  out["avatarUrls"] = avatars(call);
  if (!user->email_hidden && !user->email.empty()) out["emailAddress"] = user->email;
  if (call.is_cloud()) {
    const auto account = user->type == "unknown" ? "unknown" : user->id;
    out["accountId"] = account;
    out["accountType"] = user->type;
    out["self"] = call.root() + "/user?accountId=" + url_encoded(account);
  } else {
    out["name"] = user->name;
    out["key"] = user->id;
    out["self"] = call.root() + "/user?username=" + url_encoded(user->name);
  }
  return out;
}

Json group_json(const Call& call, const std::string& name) {
  Json out{{"name", name}, {"self", call.root() + "/group?groupname=" + url_encoded(name)}};
  if (!call.is_cloud()) return out;
  for (const auto& group : call.state.groups)
    if (group.name == name) out["groupId"] = group.id;
  return out;
}

Json status_json(const Call& call, const Status& status) {
  const auto& kind = category(status.category);
  return {{"self", call.root() + "/status/" + status.id},
          {"description", ""},
          {"iconUrl", call.state.settings.url + "/images/icons/statuses/generic.png"},
          {"name", status.name},
          {"id", status.id},
          {"statusCategory",
           {{"self", call.root() + "/statuscategory/" + std::to_string(kind.id)},
            {"id", kind.id},
            {"key", kind.key},
            {"colorName", kind.colour},
            {"name", kind.name}}}};
}

Json priority_json(const Call& call, const Named& row) {
  return {{"self", call.root() + "/priority/" + row.id},
          {"iconUrl", call.state.settings.url + "/images/icons/priorities/medium.svg"},
          {"name", row.name},
          {"id", row.id}};
}

Json resolution_json(const Call& call, const Named& row) {
  return {{"self", call.root() + "/resolution/" + row.id}, {"id", row.id}, {"description", ""}, {"name", row.name}};
}

Json type_json(const Call& call, const Named& row) {
  constexpr int k_avatar = 10318;
  return {{"self", call.root() + "/issuetype/" + row.id},
          {"id", row.id},
          {"description", ""},
          {"iconUrl", call.state.settings.url + "/secure/viewavatar?avatarId=10318&avatarType=issuetype"},
          {"name", row.name},
          {"subtask", false},
          {"avatarId", k_avatar}};
}

Json project_json(const Call& call, const Project& project) {
  return {{"self", call.root() + "/project/" + project.id},
          {"id", project.id},
          {"key", project.key},
          {"name", project.name},
          {"projectTypeKey", project.is_service_desk ? "service_desk" : "software"},
          {"avatarUrls", avatars(call)}};
}

Json comment_json(const Call& call, const Issue& issue, const Comment& comment, bool with_properties) {
  const auto body = rich_json(call, comment.body);
  Json out{{"self", call.root() + "/issue/" + issue.id + "/comment/" + comment.id},
           {"id", comment.id},
           {"author", user_json(call, comment.author)},
           {"body", body.is_null() ? Json("") : body},
           {"updateAuthor", user_json(call, comment.editor)},
           {"created", jira_time(comment.created, call.zone())},
           {"updated", jira_time(comment.updated, call.zone())}};
  if (comment.visibility) {
    const auto& [type, value] = *comment.visibility;
    out["visibility"] = {{"type", type}, {"value", value}};
    const auto* role = role_by_name(call.state, value);
    if (call.is_cloud()) out["visibility"]["identifier"] = type == "role" && role ? role->id : value;
  }
  const bool is_desk = project_of(call.state, issue).is_service_desk;
  if (call.is_cloud() && is_desk) out["jsdPublic"] = !comment.is_internal;
  if (call.is_cloud() && !is_desk) out["jsdPublic"] = true;
  if (!with_properties) return out;
  out["properties"] = Json::array();
  if (is_desk) out["properties"].push_back(internal_property(comment.is_internal));
  for (const auto& [key, json] : comment.properties)
    out["properties"].push_back({{"key", key}, {"value", Json::parse(json)}});
  return out;
}

std::vector<const Comment*> visible_comments(const Call& call, const Issue& issue) {
  std::vector<const Comment*> out;
  for (const auto& comment : issue.comments)
    if (sees_comment(call.state, call.user, issue, comment)) out.push_back(&comment);
  return out;
}

Json worklog_json(const Call& call, const Issue& issue, const Worklog& worklog) {
  const auto at = jira_time(worklog.at, call.zone());
  const auto author = user_json(call, worklog.author);
  return {{"self", call.root() + "/issue/" + issue.id + "/worklog/" + worklog.id},
          {"id", worklog.id},
          {"issueId", issue.id},
          {"author", author},
          {"updateAuthor", author},
          {"created", at},
          {"updated", at},
          {"started", at},
          {"timeSpent", friendly_duration(Seconds(worklog.seconds))},
          {"timeSpentSeconds", worklog.seconds}};
}

Json change_json(const Call& call, const Change& change) {
  Json out{{"id", change.id},
           {"author", user_json(call, change.author)},
           {"created", jira_time(change.at, call.zone())},
           {"items", Json::array()}};
  for (const auto& item : change.items) out["items"].push_back(item_json(call, item));
  if (!change.metadata.empty()) out["historyMetadata"] = Json::parse(change.metadata);
  return out;
}

}  // namespace cb::fake_jira
