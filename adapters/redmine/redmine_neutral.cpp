#include "adapters/redmine/redmine_neutral.hpp"

#include <algorithm>
#include <optional>

#include "rules/text.hpp"

namespace cb {

namespace {

std::string name_of(const std::map<std::int64_t, std::string>& names, const std::string& id) {
  if (id.empty() || id.find_first_not_of("0123456789") != std::string::npos || id.size() > 18) return id;
  const auto found = names.find(std::stoll(id));
  return found == names.end() ? id : found->second;
}

Author author_of(const RedmineNamed& user, std::int64_t project, const RedmineNames& names) {
  Author author;
  if (user.id == 0) return author;
  if (const auto known = names.people.find(user.id); known != names.people.end()) author = known->second;
  author.id = std::to_string(user.id);
  if (!user.name.empty()) author.name = user.name;
  if (const auto roles = names.roles.find({project, user.id}); roles != names.roles.end()) author.roles = roles->second;
  return author;
}

// How people call somebody in a change: the login where it is known.
std::string person_of(const std::string& id, const RedmineNames& names) {
  if (id.empty() || id.find_first_not_of("0123456789") != std::string::npos || id.size() > 18) return id;
  const auto known = names.people.find(std::stoll(id));
  if (known == names.people.end()) return id;
  if (!known->second.login.empty()) return known->second.login;
  return known->second.name.empty() ? id : known->second.name;
}

std::optional<FieldChange> attribute_change(const RedmineDetail& detail, const RedmineNames& names) {
  const auto change = [&](Attribute what, const std::map<std::int64_t, std::string>& words) {
    return FieldChange{what, "", name_of(words, detail.from), name_of(words, detail.to)};
  };
  if (detail.name == "status_id") return change(Attribute::status, names.statuses);
  if (detail.name == "priority_id") return change(Attribute::priority, names.priorities);
  if (detail.name == "tracker_id") return change(Attribute::type, names.types);
  if (detail.name == "category_id") return change(Attribute::component, names.categories);
  if (detail.name == "fixed_version_id") return change(Attribute::version, names.versions);
  if (detail.name == "project_id") return change(Attribute::project, names.projects);
  if (detail.name == "assigned_to_id")
    return FieldChange{Attribute::assignee, "", person_of(detail.from, names), person_of(detail.to, names)};
  return {};
}

std::vector<FieldChange> field_changes(const RedmineDetail& detail, const RedmineNames& names,
                                       const RedmineTerms& terms) {
  std::vector<FieldChange> changes;
  const auto name = name_of(names.fields, detail.name);
  if (!terms.label_field.empty() && same_name(name, terms.label_field)) {
    if (!detail.from.empty()) changes.push_back({Attribute::label, "", detail.from, ""});
    if (!detail.to.empty()) changes.push_back({Attribute::label, "", "", detail.to});
    return changes;
  }
  changes.push_back({Attribute::field, name, detail.from, detail.to});
  const auto is_read_from = [&](const std::optional<Source>& source) {
    return source && !source->field.empty() && same_name(name, source->field);
  };
  if (is_read_from(terms.read.resolution)) changes.push_back({Attribute::resolution, "", detail.from, detail.to});
  if (is_read_from(terms.read.type)) changes.push_back({Attribute::type, "", detail.from, detail.to});
  return changes;
}

Event event_of(const RedmineJournal& journal, std::int64_t project, const RedmineNames& names,
               const RedmineTerms& terms) {
  Event event{std::to_string(journal.id), journal.created, author_of(journal.user, project, names), {}, {}};
  if (!journal.notes.empty())
    event.comment = Comment{journal.is_private ? Visibility::internal : Visibility::everybody, journal.notes};
  for (const auto& detail : journal.details) {
    if (detail.property == "cf") {
      const auto changes = field_changes(detail, names, terms);
      event.changes.insert(event.changes.end(), changes.begin(), changes.end());
    } else if (detail.property == "attr") {
      auto change = attribute_change(detail, names);
      const bool is_told_elsewhere = change && change->what == Attribute::type && terms.read.type;
      if (change && !is_told_elsewhere) event.changes.push_back(*std::move(change));
    }
  }
  return event;
}

std::vector<Event> history_of(const RedmineIssue& issue, const RedmineNames& names, const RedmineTerms& terms) {
  auto journals = issue.journals;
  std::sort(journals.begin(), journals.end(),
            [](const auto& a, const auto& b) { return a.created != b.created ? a.created < b.created : a.id < b.id; });
  std::vector<Event> history;
  for (const auto& journal : journals) {
    auto event = event_of(journal, issue.project.id, names, terms);
    if (event.comment || !event.changes.empty()) history.push_back(std::move(event));
  }
  return history;
}

// A fact that stands in a field, or that a label states.
std::string fact(const Issue& issue, const std::optional<Source>& source) {
  if (!source) return {};
  if (!source->field.empty()) return field_value(issue, source->field);
  if (!contains_name(issue.labels, source->label)) return {};
  return source->value.empty() ? source->label : source->value;
}

}  // namespace

const RedmineFieldValue* field_named(const RedmineIssue& issue, const std::string& name) {
  if (name.empty()) return nullptr;
  for (const auto& field : issue.fields)
    if (same_name(field.name, name)) return &field;
  return nullptr;
}

Issue neutral_issue(const RedmineIssue& issue, const RedmineNames& names, const RedmineTerms& terms) {
  Issue out;
  const auto id = std::to_string(issue.id);
  out.key = {terms.name, id};
  out.url = terms.base_url + (terms.base_url.empty() || terms.base_url.back() == '/' ? "" : "/") + "issues/" + id;
  const auto project = names.projects.find(issue.project.id);
  out.project = project == names.projects.end() ? issue.project.name : project->second;
  out.component = issue.category.name;
  out.priority = issue.priority.name;
  out.status = issue.status.name;
  out.summary = issue.subject;
  out.description = issue.description;
  out.reporter = author_of(issue.author, issue.project.id, names);
  if (issue.assignee.id != 0) out.assignee = author_of(issue.assignee, issue.project.id, names);
  for (const auto& field : issue.fields) out.fields[field.name] = field.values;
  if (const auto* labels = field_named(issue, terms.label_field)) out.labels = labels->values;
  out.product = fact(out, terms.read.product);
  out.type = terms.read.type ? fact(out, terms.read.type) : issue.type.name;
  out.version = fact(out, terms.read.version);
  out.resolution = fact(out, terms.read.resolution);
  out.organisation = fact(out, terms.read.organisation);
  out.channel = fact(out, terms.read.channel);
  out.language = fact(out, terms.read.language);
  out.created = issue.created;
  out.updated = issue.updated;
  out.revision = {to_iso(issue.updated)};
  out.internal = issue.is_private;
  out.history_known = issue.history_known;
  out.logged_hours = issue.spent_hours;
  out.history = history_of(issue, names, terms);
  return out;
}

std::map<Slot, Shown> shown_values(const RedmineIssue& issue, const RedmineTerms& terms) {
  std::map<Slot, Shown> shown;
  for (const auto& [slot, name] : terms.write)
    if (const auto* field = field_named(issue, name))
      shown[slot] = {field->values.empty() ? std::string() : field->values.front(), {}};
  return shown;
}

Fetched fetched_issue(const RedmineIssue& issue, const RedmineNames& names, const RedmineTerms& terms) {
  Fetched fetched{neutral_issue(issue, names, terms), shown_values(issue, terms), {}};
  for (const auto& watcher : issue.watchers) fetched.copied.push_back(author_of(watcher, issue.project.id, names));
  return fetched;
}

}  // namespace cb
