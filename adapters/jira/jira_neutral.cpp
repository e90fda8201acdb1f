#include "adapters/jira/jira_neutral.hpp"

#include <algorithm>

#include "adapters/jira/jira_history.hpp"
#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_wiki.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string today(const std::map<std::string, std::string>& names, const std::string& id, const std::string& shown) {
  const auto found = names.find(id);
  return found == names.end() ? shown : found->second;
}

// Instants in the only form that the rules know, texts without their markup.
std::vector<std::string> told(const std::vector<std::string>& words, const JiraField* field, bool cloud) {
  if (field == nullptr || words.empty()) return words;
  if (field->kind == JiraFieldKind::textarea && !cloud) return {jira_wiki_text(words.front())};
  if (field->kind != JiraFieldKind::date_time) return words;
  const auto instant = jira_instant(words.front());
  return instant ? std::vector<std::string>{to_iso(*instant)} : words;
}

const JiraField* field_of_id(const std::vector<JiraField>& fields, const std::string& id) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& each) { return each.id == id; });
  return found == fields.end() ? nullptr : &*found;
}

Fields fields_of(const JiraIssue& issue, const JiraNames& names) {
  Fields fields;
  for (const auto& [id, words] : issue.fields) {
    const auto* field = field_of_id(names.fields, id);
    fields[id] = told(words, field, names.cloud);
    if (field != nullptr && field_named(names.fields, field->name) == field) fields.insert({field->name, fields[id]});
  }
  return fields;
}

// A fact that stands in a field, or that a label states.
std::string fact(const Issue& issue, const std::optional<Source>& source, const std::string& otherwise = {}) {
  if (!source) return otherwise;
  if (!source->field.empty()) return field_value(issue, source->field);
  if (!contains_name(issue.labels, source->label)) return {};
  return source->value.empty() ? source->label : source->value;
}

// Those of the service desk's field, else those whose customer the reporter is.
std::vector<std::string> organisations_of(const JiraIssue& issue, const JiraNames& names) {
  for (const auto& field : names.fields) {
    if (field.kind != JiraFieldKind::organisations) continue;
    const auto held = issue.fields.find(field.id);
    if (held != issue.fields.end() && !held->second.empty()) return held->second;
  }
  const auto memberships = names.memberships.find(issue.reporter.id);
  return memberships == names.memberships.end() ? std::vector<std::string>() : memberships->second;
}

void tell_organisations(Issue& out, std::vector<std::string> names, const std::optional<Source>& source) {
  out.organisation = fact(out, source, names.empty() ? std::string() : names.front());
  if (!source && names.size() > 1) out.more_organisations.assign(names.begin() + 1, names.end());
}

std::string url_of(const JiraIssue& issue, const JiraTerms& terms, const JiraServer& server) {
  auto address = server.address.empty() ? terms.base_url : server.address;
  while (!address.empty() && address.back() == '/') address.pop_back();
  return address + "/browse/" + url_encoded(issue.key);
}

}  // namespace

std::string jira_no_staff_notes(const JiraIssue& issue, const JiraNames& names) {
  const auto known = names.privacy.find(issue.project.key);
  if (known == names.privacy.end()) return {};
  const auto& way = known->second;
  if (!way.possible() || way.desk) return way.reason;
  const auto reporter = jira_author(issue.reporter, issue, names);
  const auto& borne = way.type == "role" ? reporter.roles : reporter.groups;
  if (!contains_name(borne, way.value) || reporter.self) return {};
  return "whoever reported it, " + called(reporter) + ", bears the " + way.type + " " + way.value +
         " that notes for staff are for";
}

bool is_internal(const JiraComment& comment) {
  return comment.restricted || !comment.desk_public.value_or(true);
}

const JiraField* jira_field_of(Slot slot, const std::map<Slot, std::string>& write,
                               const std::vector<JiraField>& fields) {
  const auto name = write.find(slot);
  return name == write.end() ? nullptr : field_named(fields, name->second);
}

const JiraField* field_named(const std::vector<JiraField>& fields, const std::string& name) {
  const JiraField* found = nullptr;
  for (const auto& field : fields) {
    if (same_name(field.id, name)) return &field;
    if (!same_name(field.name, name)) continue;
    if (found != nullptr) return nullptr;
    found = &field;
  }
  return found;
}

Author jira_author(const JiraUser& user, const JiraIssue& issue, const JiraNames& names) {
  Author author{user.id, user.login, user.address, user.name, {}, {}, false};
  if (const auto known = names.people.find(user.id); known != names.people.end()) author = known->second;
  if (author.name.empty()) author.name = user.name;
  const auto roles = names.roles.find(issue.project.key);
  if (roles == names.roles.end()) return author;
  for (auto& role : jira_roles_of(author, roles->second)) author.roles.push_back(std::move(role));
  return author;
}

std::map<Slot, Shown> shown_values(const JiraIssue& issue, const JiraNames& names, const JiraTerms& terms) {
  std::map<Slot, Shown> shown;
  for (const auto& [slot, name] : terms.write) {
    const auto* field = jira_field_of(slot, terms.write, names.fields);
    if (field == nullptr) continue;
    const auto held = issue.fields.find(field->id);
    if (held == issue.fields.end()) continue;
    Shown value{joined(told(held->second, field, names.cloud)), {}};
    if (field->kind == JiraFieldKind::date_time && !held->second.empty())
      value.instant = jira_instant(held->second.front());
    shown[slot] = value;
  }
  return shown;
}

Issue neutral_issue(const JiraIssue& issue, const JiraNames& names, const JiraTerms& terms, const JiraServer& server) {
  Issue out;
  out.key = {terms.name, issue.id};
  out.url = url_of(issue, terms, server);
  out.project = issue.project.key;
  out.component = joined(issue.components);
  out.priority = today(names.priorities, issue.priority.id, issue.priority.name);
  out.status = today(names.statuses, issue.status.id, issue.status.name);
  out.summary = issue.summary;
  out.description = issue.description;
  out.reporter = jira_author(issue.reporter, issue, names);
  if (issue.assignee) out.assignee = jira_author(*issue.assignee, issue, names);
  out.labels = issue.labels;
  out.fields = fields_of(issue, names);
  out.fields["key"] = {issue.key};
  out.fields["fix versions"] = issue.fix_versions;
  out.product = fact(out, terms.read.product, issue.project.key);
  out.type = fact(out, terms.read.type, issue.type);
  out.version = fact(out, terms.read.version, joined(issue.versions));
  out.resolution = fact(out, terms.read.resolution, issue.resolution);
  tell_organisations(out, organisations_of(issue, names), terms.read.organisation);
  out.channel = fact(out, terms.read.channel);
  out.language = fact(out, terms.read.language);
  out.created = issue.created;
  out.updated = issue.updated;
  out.revision = {issue.revision};
  out.internal = !issue.security.empty();
  out.logged_hours = static_cast<double>(issue.logged.count()) / 3600.0;
  out.history = jira_events(issue, names, terms);
  return out;
}

Fetched fetched_issue(const JiraIssue& issue, const JiraNames& names, const JiraTerms& terms,
                      const JiraServer& server) {
  Fetched fetched;
  fetched.issue = neutral_issue(issue, names, terms, server);
  fetched.shown = shown_values(issue, names, terms);
  for (const auto& [slot, shown] : fetched.shown) {
    const auto* field = jira_field_of(slot, terms.write, names.fields);
    if (field->kind == JiraFieldKind::date_time) fetched.date_time_slots.insert(slot);
  }
  for (const auto& watcher : issue.watchers) fetched.copied.push_back(jira_author(watcher, issue, names));
  fetched.record = issue.record;
  fetched.links = issue.links;
  fetched.no_staff_notes = jira_no_staff_notes(issue, names);
  return fetched;
}

}  // namespace cb
