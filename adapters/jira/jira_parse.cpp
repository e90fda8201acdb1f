#include "adapters/jira/jira_parse.hpp"

#include <algorithm>

#include "adapters/jira/jira_adf.hpp"
#include "adapters/jira/jira_wiki.hpp"

namespace cb {

namespace {

// Data Center knows people by name and key, Cloud by an account; who was removed under privacy law has neither.
constexpr const char* k_unknown = "unknown";

std::string first_of(const JsonValue& value, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (auto text = value[name].is_text() ? value[name].text() : std::string(); !text.empty()) return text;
  return {};
}

std::string name_of(const JsonValue& value) {
  return value.is_object() ? value["name"].text_or("") : std::string();
}

std::vector<std::string> names_of(const JsonValue& list) {
  std::vector<std::string> names;
  for (const auto& each : list.items()) names.push_back(name_of(each));
  return names;
}

Instant instant_of(const JsonValue& value) {
  const auto instant = jira_instant(value.text());
  if (!instant) value.refuse("an instant such as 2026-05-01T12:12:44.123+0300");
  return instant.value_or(Instant{});
}

// In bulk answers a number of milliseconds (Atlassian's own example).
Instant when_of(const JsonValue& value) {
  if (!value.is_number()) return instant_of(value);
  return Instant(std::chrono::duration_cast<Seconds>(std::chrono::milliseconds(value.integer())));
}

JiraProject project_of(const JsonValue& value) {
  value.require_object();
  return {value["id"].scalar(), value["key"].text(), value["name"].text_or(""),
          value["projectTypeKey"].text_or("") == "service_desk"};
}

// What an internal note of a service desk is marked by (trackers.md C5): on Cloud by jsdPublic, on a Data Center by a
// property. Whatever says internal is believed.
std::optional<bool> desk_public_of(const JsonValue& comment) {
  std::optional<bool> is_public;
  if (comment["jsdPublic"].exists()) is_public = comment["jsdPublic"].boolean_or(true);
  for (const auto& property : comment["properties"].items()) {
    if (property["key"].text_or("") != "sd.public.comment") continue;
    const auto internal = property["value"]["internal"];
    const bool says_internal = internal.is_text() ? internal.text() == "true" : internal.boolean_or(false);
    is_public = is_public.value_or(true) && !says_internal;
  }
  return is_public;
}

std::vector<std::string> texts_of(const JsonValue& list) {
  std::vector<std::string> texts;
  for (const auto& each : list.items()) texts.push_back(each.text());
  return texts;
}

}  // namespace

std::string jira_text(const JsonValue& value) {
  if (!value.present()) return {};
  if (value.is_text()) return jira_wiki_text(value.text());
  if (value.is_object()) return jira_adf_text(value);
  value.refuse("a text or a document");
  return {};
}

std::vector<std::string> jira_words(const JsonValue& value) {
  std::vector<std::string> words;
  const auto add = [&](std::string word) {
    if (!word.empty()) words.push_back(std::move(word));
  };
  if (!value.present()) return words;
  if (value.is_list()) {
    for (const auto& each : value.items())
      for (auto& word : jira_words(each)) add(std::move(word));
  } else if (!value.is_object()) {
    add(value.scalar());
  } else if (value["type"].is_text() && value["type"].text() == "doc") {
    add(jira_text(value));
  } else {
    add(first_of(value, {"value", "name", "displayName", "title", "key"}));
    if (value["child"].is_object()) add(first_of(value["child"], {"value", "name"}));
  }
  return words;
}

Result<JiraServer> jira_server(const JsonDocument& document) {
  const auto root = document.root();
  root.require_object();
  JiraServer server;
  server.cloud = root["deploymentType"].text_or("") == "Cloud";
  server.version = root["version"].text();
  server.address = root["baseUrl"].text_or("");
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  return server;
}

Result<Instant> jira_server_time(const JsonDocument& document) {
  const auto time = instant_of(document.root()["serverTime"]);
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  return time;
}

JiraStatus jira_status(const JsonValue& value) {
  value.require_object();
  return {value["id"].scalar(), value["name"].text(), value["statusCategory"]["key"].text_or("") == "done"};
}

JiraUser jira_user(const JsonValue& value) {
  JiraUser user;
  if (!value.is_object()) return user;
  const auto account = value["accountId"].text_or("");
  user.id = account.empty() ? first_of(value, {"key", "name"}) : account;
  user.login = account.empty() ? first_of(value, {"name", "key"}) : account;
  user.address = value["emailAddress"].text_or("");
  user.name = value["displayName"].text_or("");
  user.type = value["accountType"].text_or("");
  user.time_zone = value["timeZone"].text_or("");
  if (user.id.empty()) user.id = user.login = k_unknown;
  return user;
}

JiraIssue jira_issue(const JsonValue& value, const std::string& property) {
  value.require_object();
  const auto fields = value["fields"];
  fields.require_object();
  JiraIssue issue;
  issue.id = value["id"].text();
  issue.key = value["key"].text();
  issue.project = project_of(fields["project"]);
  issue.type = name_of(fields["issuetype"]);
  issue.resolution = name_of(fields["resolution"]);
  issue.security = name_of(fields["security"]);
  issue.summary = fields["summary"].text_or("");
  issue.description = jira_text(fields["description"]);
  issue.status = jira_status(fields["status"]);
  issue.priority = {fields["priority"]["id"].scalar(), name_of(fields["priority"])};
  // Nobody is told where a reporter was removed or the field is switched off; then it is whoever entered it.
  issue.reporter = jira_user(fields["reporter"].present() ? fields["reporter"] : fields["creator"]);
  if (fields["assignee"].present()) issue.assignee = jira_user(fields["assignee"]);
  issue.labels = texts_of(fields["labels"]);
  issue.components = names_of(fields["components"]);
  issue.versions = names_of(fields["versions"]);
  issue.fix_versions = names_of(fields["fixVersions"]);
  issue.logged = Seconds(fields["timespent"].integer_or(0));
  issue.created = instant_of(fields["created"]);
  issue.updated = instant_of(fields["updated"]);
  issue.revision = jira_revision(fields["updated"].text_or(""));
  for (const auto& [id, held] : fields.members())
    if (id.rfind("customfield_", 0) == 0 || id == "duedate" || id == "environment") issue.fields[id] = jira_words(held);
  if (!property.empty() && value["properties"][property].present()) issue.record = value["properties"][property].json();
  if (fields["comment"].is_object()) issue.embedded = jira_comments(fields["comment"]);
  return issue;
}

JiraComments jira_comments(const JsonValue& page) {
  JiraComments out;
  page["comments"].require_list();
  for (const auto& each : page["comments"].items()) {
    JiraComment comment;
    comment.id = each["id"].text();
    comment.author = jira_user(each["author"]);
    comment.created = instant_of(each["created"]);
    comment.text = jira_text(each["body"]);
    comment.restricted = each["visibility"].is_object();
    comment.desk_public = desk_public_of(each);
    out.comments.push_back(std::move(comment));
  }
  out.total = page["total"].integer_or(static_cast<std::int64_t>(out.comments.size()));
  return out;
}

std::vector<JiraHistory> jira_histories(const std::vector<JsonValue>& entries) {
  std::vector<JiraHistory> histories;
  for (const auto& entry : entries) {
    JiraHistory history{entry["id"].scalar(), when_of(entry["created"]), jira_user(entry["author"]), {}};
    for (const auto& item : entry["items"].items())
      history.items.push_back({item["fieldId"].text_or(""), item["field"].text_or(""),
                               item["fieldtype"].text_or("") == "custom", item["from"].scalar(),
                               item["fromString"].scalar(), item["to"].scalar(), item["toString"].scalar()});
    histories.push_back(std::move(history));
  }
  std::stable_sort(histories.begin(), histories.end(), [](const auto& a, const auto& b) { return a.when < b.when; });
  return histories;
}

}  // namespace cb
