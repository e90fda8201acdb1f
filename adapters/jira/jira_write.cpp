#include "adapters/jira/jira_write.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/jira/jira_adf.hpp"
#include "adapters/jira/jira_neutral.hpp"
#include "adapters/jira/jira_wiki.hpp"
#include "adapters/json_read.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

using nlohmann::json;

constexpr const char* k_mark = "contract-bridge";

std::string written(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// A label holds no blank; what Jira would refuse with everything beside it is told afterwards instead.
bool is_label(const std::string& label) {
  return !label.empty() && label.find_first_of(" \t\n") == std::string::npos;
}

void write_fields(const JiraIssue& issue, const Changes& changes, const JiraWriting& writing, JiraEdit& edit) {
  for (const auto& [slot, shown] : changes.fields) {
    const auto* field = jira_field_of(slot, writing.write, writing.fields);
    if (field == nullptr) continue;
    const auto held = issue.fields.find(field->id);
    if (held == issue.fields.end()) continue;
    auto wanted = jira_wanted(*field, shown, writing.cloud);
    if (!jira_shows(*field, held->second, wanted, writing.cloud)) edit.fields.push_back({*field, std::move(wanted)});
  }
}

void write_labels(const JiraIssue& issue, const Changes& changes, JiraEdit& edit) {
  for (const auto& label : changes.add_labels)
    if (is_label(label) && !contains_name(issue.labels, label)) edit.add_labels.push_back(label);
  for (const auto& label : changes.remove_labels)
    for (const auto& there : issue.labels)
      if (same_name(there, label)) edit.remove_labels.push_back(there);
}

json body_of(const NewComment& comment, bool cloud) {
  return cloud ? json::parse(jira_adf(comment.text, comment.reference))
               : json(jira_wiki(comment.text, comment.reference));
}

}  // namespace

std::string jira_called(const JiraIssue& issue) {
  return "issue #" + issue.id + " (" + issue.key + ")";
}

const JiraComment* own_comment(const JiraIssue& issue, const std::string& reference, const std::string& self) {
  if (reference.empty()) return nullptr;
  const auto found = std::find_if(issue.comments.begin(), issue.comments.end(), [&](const auto& comment) {
    return comment.author.id == self && comment.text.find(reference) != std::string::npos;
  });
  return found == issue.comments.end() ? nullptr : &*found;
}

std::vector<std::string> jira_exposed(const JiraIssue& issue, const Changes& changes, const std::string& self) {
  std::vector<std::string> exposed;
  for (const auto& wanted : changes.comments) {
    if (wanted.visibility != Visibility::internal || wanted.reference.empty()) continue;
    for (const auto& comment : issue.comments)
      if (comment.author.id == self && comment.text.find(wanted.reference) != std::string::npos &&
          !is_internal(comment))
        exposed.push_back(comment.id);
  }
  return exposed;
}

JiraUpdate jira_update(const JiraIssue& issue, const Changes& changes, const JiraWriting& writing,
                       const JiraLogins& people) {
  JiraUpdate update;
  write_fields(issue, changes, writing, update.edit);
  write_labels(issue, changes, update.edit);
  update.edit.assignee = people.assignee;
  update.copy = people.copy;
  if (!changes.record.empty() && !writing.property.empty() &&
      (!issue.record || !is_same_json(*issue.record, changes.record)))
    update.record = changes.record;
  for (const auto& link : changes.links)
    if (const auto there = issue.links.find(link.id); there == issue.links.end() || there->second != link.url)
      update.links.push_back(link);
  if (!same_name(issue.status.name, changes.status)) update.status = changes.status;
  for (const auto& comment : changes.comments)
    if (own_comment(issue, comment.reference, writing.self) == nullptr && !jira_plain(comment.text).empty())
      update.comments.push_back(comment);
  return update;
}

std::string jira_edit_body(const JiraEdit& edit, const std::string& record, const JiraWriting& writing) {
  json fields = json::object();
  for (const auto& each : edit.fields) fields[each.field.id] = json::parse(each.wanted.sent);
  if (!edit.assignee.empty()) fields["assignee"] = {{writing.cloud ? "accountId" : "name", edit.assignee}};
  json labels = json::array();
  for (const auto& label : edit.add_labels) labels.push_back({{"add", label}});
  for (const auto& label : edit.remove_labels) labels.push_back({{"remove", label}});
  json body{{"historyMetadata", {{"type", k_mark}}}};
  if (!fields.empty()) body["fields"] = std::move(fields);
  if (!labels.empty()) body["update"] = {{"labels", std::move(labels)}};
  if (!record.empty()) body["properties"] = json::array({{{"key", writing.property}, {"value", json::parse(record)}}});
  return written(body);
}

std::string jira_comment_body(const NewComment& comment, const JiraAudience& audience, bool cloud) {
  json body{{"body", body_of(comment, cloud)}};
  if (!audience.type.empty()) body["visibility"] = {{"type", audience.type}, {"value", audience.value}};
  return written(body);
}

std::string jira_desk_note_body(const NewComment& comment) {
  return written({{"body", jira_wiki(comment.text, comment.reference)}, {"public", false}});
}

std::string jira_marked_note_body(const NewComment& comment, bool cloud) {
  return written({{"body", body_of(comment, cloud)},
                  {"properties", json::array({{{"key", "sd.public.comment"}, {"value", {{"internal", true}}}}})}});
}

std::string jira_link_body(const Link& link) {
  const auto& title = link.title.empty() ? link.url : link.title;
  json body{{"object", {{"url", link.url}, {"title", title}}}, {"relationship", "support contract"}};
  if (!link.id.empty()) body["globalId"] = link.id;
  return written(body);
}

std::string jira_transition_body(const std::string& transition_id) {
  return written({{"transition", {{"id", transition_id}}}});
}

}  // namespace cb
