#include "adapters/redmine/redmine_parse.hpp"

#include "adapters/plain_newlines.hpp"

namespace cb {

namespace {

template <class T>
Result<T> unless_problem(const JsonDocument& document, T value) {
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  return value;
}

// {"id": 3, "name": "High"}; a group or a deleted user may lack its name.
RedmineNamed named(const JsonValue& value) {
  if (!value.present()) return {};
  return {value["id"].integer(), value["name"].text_or("")};
}

RedmineFieldValue field_value_of(const JsonValue& value) {
  RedmineFieldValue field{value["id"].integer(), value["name"].text(), value["multiple"].boolean_or(false), {}};
  const auto content = value["value"];
  const auto add = [&](const std::string& text) {
    if (!text.empty()) field.values.push_back(plain_newlines(text));
  };
  if (content.is_list()) {
    field.multiple = true;
    for (const auto& item : content.items()) add(item.scalar());
  } else {
    add(content.scalar());
  }
  return field;
}

RedmineJournal journal_of(const JsonValue& value) {
  RedmineJournal journal;
  journal.id = value["id"].integer();
  journal.user = named(value["user"]);
  journal.notes = plain_newlines(value["notes"].text_or(""));
  journal.is_private = value["private_notes"].boolean_or(false);
  journal.created = value["created_on"].instant();
  for (const auto& detail : value["details"].items())
    journal.details.push_back({detail["property"].text(), detail["name"].scalar(),
                               plain_newlines(detail["old_value"].scalar()),
                               plain_newlines(detail["new_value"].scalar())});
  return journal;
}

RedmineMembership membership_of(const JsonValue& value) {
  RedmineMembership membership{named(value["project"]), {}, {}};
  membership.principal = named(value["user"].present() ? value["user"] : value["group"]);
  for (const auto& role : value["roles"].items()) membership.roles.push_back(named(role));
  return membership;
}

RedmineProject project_of(const JsonValue& value) {
  return {value["id"].integer(), value["identifier"].text_or(""), value["name"].text_or(""), named(value["parent"]).id};
}

}  // namespace

Result<RedmineIssue> redmine_issue(const JsonDocument& document) {
  const auto value = document.root()["issue"];
  value.require_object();
  RedmineIssue issue;
  issue.id = value["id"].integer();
  for (const auto* key : {"project", "tracker", "status", "priority"}) value[key].require_object();
  issue.project = named(value["project"]);
  issue.type = named(value["tracker"]);
  issue.status = named(value["status"]);
  issue.priority = named(value["priority"]);
  issue.author = named(value["author"]);
  issue.assignee = named(value["assigned_to"]);
  issue.category = named(value["category"]);
  issue.fixed_version = named(value["fixed_version"]);
  issue.subject = plain_newlines(value["subject"].text_or(""));
  issue.description = plain_newlines(value["description"].text_or(""));
  issue.is_private = value["is_private"].boolean_or(false);
  issue.spent_hours = value["spent_hours"].number_or(0);
  for (const auto& field : value["custom_fields"].items()) issue.fields.push_back(field_value_of(field));
  issue.created = value["created_on"].instant();
  issue.updated = value["updated_on"].instant();
  issue.history_known = value["journals"].present();
  for (const auto& journal : value["journals"].items()) issue.journals.push_back(journal_of(journal));
  issue.watchers_known = value["watchers"].present();
  for (const auto& watcher : value["watchers"].items()) issue.watchers.push_back(named(watcher));
  return unless_problem(document, std::move(issue));
}

Result<RedmineIssuePage> redmine_issue_page(const JsonDocument& document) {
  const auto root = document.root();
  root["issues"].require_list();
  RedmineIssuePage page;
  for (const auto& issue : root["issues"].items())
    page.refs.push_back({issue["id"].integer(), issue["updated_on"].instant()});
  page.total = root["total_count"].integer();
  return unless_problem(document, std::move(page));
}

Result<RedmineUser> redmine_user(const JsonDocument& document) {
  const auto value = document.root()["user"];
  value.require_object();
  RedmineUser user;
  user.id = value["id"].integer();
  user.login = value["login"].text_or("");
  user.mail = value["mail"].text_or("");
  user.admin = value["admin"].boolean_or(false);
  const auto first = value["firstname"].text_or("");
  const auto last = value["lastname"].text_or("");
  user.name = first + (first.empty() || last.empty() ? "" : " ") + last;
  for (const auto& group : value["groups"].items()) user.groups.push_back(group["name"].text_or(""));
  for (const auto& membership : value["memberships"].items()) user.memberships.push_back(membership_of(membership));
  return unless_problem(document, std::move(user));
}

Result<std::vector<RedmineNamed>> redmine_named(const JsonDocument& document, const std::string& key) {
  const auto list = document.root()[key];
  list.require_list();
  std::vector<RedmineNamed> out;
  for (const auto& item : list.items()) out.push_back(named(item));
  return unless_problem(document, std::move(out));
}

Result<std::vector<RedmineStatus>> redmine_statuses(const JsonDocument& document) {
  const auto list = document.root()["issue_statuses"];
  list.require_list();
  std::vector<RedmineStatus> out;
  for (const auto& item : list.items()) out.push_back({item["name"].text_or(""), item["is_closed"].boolean_or(false)});
  return unless_problem(document, std::move(out));
}

Result<std::vector<RedmineProject>> redmine_projects(const JsonDocument& document) {
  const auto list = document.root()["projects"];
  list.require_list();
  std::vector<RedmineProject> out;
  for (const auto& item : list.items()) out.push_back(project_of(item));
  return unless_problem(document, std::move(out));
}

Result<std::vector<RedmineMembership>> redmine_memberships(const JsonDocument& document) {
  const auto list = document.root()["memberships"];
  list.require_list();
  std::vector<RedmineMembership> out;
  for (const auto& item : list.items()) out.push_back(membership_of(item));
  return unless_problem(document, std::move(out));
}

Result<std::vector<RedmineField>> redmine_fields(const JsonDocument& document) {
  const auto list = document.root()["custom_fields"];
  list.require_list();
  std::vector<RedmineField> out;
  for (const auto& item : list.items()) {
    RedmineField field{item["id"].integer(), item["name"].text(), item["field_format"].text_or(""),
                       item["multiple"].boolean_or(false), item["customized_type"].text_or("issue") == "issue"};
    for (const auto& value : item["possible_values"].items()) field.values.push_back(value["value"].text_or(""));
    out.push_back(std::move(field));
  }
  return unless_problem(document, std::move(out));
}

Result<std::vector<RedmineField>> redmine_fields_of_issues(const JsonDocument& document) {
  std::map<std::int64_t, RedmineField> fields;
  for (const auto& issue : document.root()["issues"].items())
    for (const auto& item : issue["custom_fields"].items()) {
      const auto id = item["id"].integer();
      fields[id] = {id, item["name"].text(), "", item["multiple"].boolean_or(false), true};
    }
  std::vector<RedmineField> out;
  out.reserve(fields.size());
  for (auto& [id, field] : fields) out.push_back(std::move(field));
  return unless_problem(document, std::move(out));
}

Result<RedmineProjectDetail> redmine_project(const JsonDocument& document) {
  const auto value = document.root()["project"];
  value.require_object();
  RedmineProjectDetail detail{project_of(value), {}};
  for (const auto& item : value["issue_custom_fields"].items())
    detail.fields.push_back({item["id"].integer(), item["name"].text(), "", false, true});
  return unless_problem(document, std::move(detail));
}

Result<std::vector<std::string>> redmine_permissions(const JsonDocument& document) {
  const auto list = document.root()["role"]["permissions"];
  list.require_list();
  const auto items = list.items();
  std::vector<std::string> out;
  out.reserve(items.size());
  for (const auto& item : items) out.push_back(item.text());
  return unless_problem(document, std::move(out));
}

std::int64_t redmine_total(const JsonDocument& document) {
  return document.root()["total_count"].integer_or(-1);
}

std::optional<std::vector<std::string>> redmine_errors(const std::string& body) {
  const auto document = JsonDocument::parse(body, "errors");
  if (!document) return {};
  const auto list = document->root()["errors"];
  if (!list.is_list()) return {};
  std::vector<std::string> out;
  for (const auto& item : list.items()) out.push_back(item.scalar());
  return out;
}

}  // namespace cb
