#include "adapters/jira/jira_history.hpp"

#include <algorithm>

#include "adapters/jira/jira_neutral.hpp"
#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_wiki.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

// Both sides of a change in words.
struct Sides {
  std::string from, to;
};

std::string named(const std::map<std::string, std::string>& names, const std::string& id, const std::string& then) {
  const auto found = names.find(id);
  return found == names.end() ? then : found->second;
}

Sides by_id(const JiraItem& item, const std::map<std::string, std::string>& names) {
  return {named(names, item.from, item.from_text), named(names, item.to, item.to_text)};
}

Sides texts(const JiraItem& item) {
  return {item.from_text, item.to_text};
}

// People by login, where it is known; whose account is gone keeps the id.
Sides people(const JiraItem& item, const JiraNames& names) {
  const auto login = [&](const std::string& id) {
    const auto known = names.people.find(id);
    return known == names.people.end() ? id : known->second.login;
  };
  return {login(item.from), login(item.to)};
}

std::vector<std::string> words_of(const std::string& list) {
  std::vector<std::string> words(1);
  for (const char c : list) {
    if (c == ' ' || c == ',' || c == '[' || c == ']')
      words.emplace_back();
    else
      words.back() += c;
  }
  words.erase(std::remove(words.begin(), words.end(), std::string()), words.end());
  return words;
}

void add_label_changes(const JiraItem& item, std::vector<FieldChange>& changes) {
  const auto before = words_of(item.from_text);
  const auto after = words_of(item.to_text);
  const auto has = [](const auto& list, const auto& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  for (const auto& label : before)
    if (!has(after, label)) changes.push_back({Attribute::label, "", label, ""});
  for (const auto& label : after)
    if (!has(before, label)) changes.push_back({Attribute::label, "", "", label});
}

// Where a value has a form of its own, `from` and `to` hold it; the texts are as a person's settings show them.
std::string value_of(const std::string& raw, const std::string& text, JiraFieldKind kind) {
  if (kind == JiraFieldKind::date_time) {
    const auto instant = jira_instant(raw);
    return instant ? to_iso(*instant) : text;
  }
  if (kind == JiraFieldKind::date && date_from_iso(raw.substr(0, std::min<std::size_t>(raw.size(), 10))))
    return raw.substr(0, 10);
  return kind == JiraFieldKind::textarea ? jira_wiki_text(text) : text;
}

// A Data Center names the field alone.
const JiraField* field_of(const JiraItem& item, const JiraNames& names) {
  return field_named(names.fields, item.field_id.empty() ? item.field : item.field_id);
}

void add_field_change(const JiraItem& item, const JiraNames& names, const JiraTerms& terms,
                      std::vector<FieldChange>& changes) {
  const auto* field = field_of(item, names);
  const auto kind = field == nullptr ? JiraFieldKind::other : field->kind;
  const auto from = value_of(item.from, item.from_text, kind);
  const auto to = value_of(item.to, item.to_text, kind);
  if (from == to) return;
  const auto name = field == nullptr ? item.field : field->name;
  changes.push_back({Attribute::field, name, from, to});
  if (field != nullptr && !same_name(field->id, name)) changes.push_back({Attribute::field, field->id, from, to});
  const auto is_read_from = [&](const std::optional<Source>& source) {
    return source && !source->field.empty() &&
           (same_name(source->field, name) || (field != nullptr && same_name(source->field, field->id)));
  };
  if (is_read_from(terms.read.resolution)) changes.push_back({Attribute::resolution, "", from, to});
  if (is_read_from(terms.read.type)) changes.push_back({Attribute::type, "", from, to});
}

std::optional<Attribute> attribute_of(const std::string& field, const JiraTerms& terms) {
  if (field == "status") return Attribute::status;
  if (field == "priority") return Attribute::priority;
  if (field == "assignee") return Attribute::assignee;
  if (field == "project") return Attribute::project;
  if (field == "component" || field == "components") return Attribute::component;
  if (field == "issuetype" && !terms.read.type) return Attribute::type;
  if ((field == "version" || field == "versions") && !terms.read.version) return Attribute::version;
  if (field == "resolution" && !terms.read.resolution) return Attribute::resolution;
  return {};
}

// Fields by the words that both forms use: Cloud has ids, a Data Center English words.
std::string field_word(const JiraItem& item) {
  return folded(item.field_id.empty() ? item.field : item.field_id);
}

Sides sides_of(Attribute attribute, const JiraItem& item, const JiraNames& names) {
  if (attribute == Attribute::status) return by_id(item, names.statuses);
  if (attribute == Attribute::priority) return by_id(item, names.priorities);
  if (attribute == Attribute::project) return by_id(item, names.project_keys);
  if (attribute == Attribute::assignee) return people(item, names);
  return texts(item);
}

std::vector<FieldChange> changes_of(const JiraHistory& history, const JiraNames& names, const JiraTerms& terms) {
  std::vector<FieldChange> changes;
  for (const auto& item : history.items) {
    const auto word = field_word(item);
    if (word == "labels" && !item.custom) {
      add_label_changes(item, changes);
      continue;
    }
    // A custom field may be called as one of Jira itself.
    const auto attribute = item.custom ? std::nullopt : attribute_of(word, terms);
    if (!attribute) {
      add_field_change(item, names, terms, changes);
      continue;
    }
    const auto [from, to] = sides_of(*attribute, item, names);
    if (from != to) changes.push_back({*attribute, "", from, to});
  }
  return changes;
}

}  // namespace

std::vector<Event> jira_events(const JiraIssue& issue, const JiraNames& names, const JiraTerms& terms) {
  std::vector<Event> events;
  for (const auto& comment : issue.comments) {
    Event event{"c" + comment.id, comment.created, jira_author(comment.author, issue, names), {}, {}};
    event.comment = Comment{is_internal(comment) ? Visibility::internal : Visibility::everybody, comment.text};
    events.push_back(std::move(event));
  }
  for (const auto& history : issue.history) {
    Event event{"h" + history.id, history.when, jira_author(history.author, issue, names), {}, {}};
    event.changes = changes_of(history, names, terms);
    if (!event.changes.empty()) events.push_back(std::move(event));
  }
  std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) {
    return a.at != b.at ? a.at < b.at : a.comment.has_value() && !b.comment.has_value();
  });
  return events;
}

}  // namespace cb
