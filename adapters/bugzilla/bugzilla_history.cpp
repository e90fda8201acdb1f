#include "adapters/bugzilla/bugzilla_history.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

#include "adapters/bugzilla/bugzilla_neutral.hpp"
#include "adapters/bugzilla/bugzilla_zone.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

// The name under which GET /field/bug lists what history and bugs call otherwise (Bugzilla/Bug.pm FIELD_MAP).
std::string listed_name(const std::string& name) {
  if (name == "status") return "bug_status";
  if (name == "severity") return "bug_severity";
  if (name == "platform") return "rep_platform";
  if (name == "type") return "bug_type";
  return name;
}

// Splits `gold ---` into values of the list, the longest first at each place; empty where something else stands there.
std::optional<std::vector<std::string>> values_in(const std::string& text, const std::vector<std::string>& values) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    const std::string* longest = nullptr;
    for (const auto& value : values) {
      const bool fits = text.compare(at, value.size(), value) == 0 &&
                        (at + value.size() == text.size() || text[at + value.size()] == ' ');
      if (fits && !value.empty() && (longest == nullptr || value.size() > longest->size())) longest = &value;
    }
    if (longest == nullptr) return {};
    found.push_back(*longest);
    at += longest->size();
  }
  return found;
}

std::vector<std::string> without(std::vector<std::string> from, const std::vector<std::string>& taken) {
  for (const auto& value : taken)
    if (const auto at = std::find(from.begin(), from.end(), value); at != from.end()) from.erase(at);
  return from;
}

std::vector<std::string> words_of(const std::string& list) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : list + " ") {
    if (c != ' ' && c != ',') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

std::vector<FieldChange> label_changes(const std::vector<std::string>& removed, const std::vector<std::string>& added) {
  std::vector<FieldChange> changes;
  for (const auto& label : without(removed, added)) changes.push_back({Attribute::label, "", label, ""});
  for (const auto& label : without(added, removed)) changes.push_back({Attribute::label, "", "", label});
  return changes;
}

// `entitled?(ann@acme.example)` as a name and a status.
std::map<std::string, std::vector<std::string>> flags_in(const std::string& list) {
  std::map<std::string, std::vector<std::string>> flags;
  for (const auto& word : words_of(list)) {
    const auto flag = word.substr(0, word.find('('));
    if (flag.size() < 2 || std::string("?+-").find(flag.back()) == std::string::npos) continue;
    flags[flag.substr(0, flag.size() - 1)].push_back(flag.substr(flag.size() - 1));
  }
  return flags;
}

// By flag; a flag that may be set several times may change several times at once.
std::vector<FieldChange> flag_changes(const std::string& removed, const std::string& added) {
  auto gone = flags_in(removed);
  auto come = flags_in(added);
  for (const auto& [name, statuses] : gone) come[name];
  std::vector<FieldChange> changes;
  for (const auto& [name, statuses] : come) {
    const auto from = without(gone[name], statuses);
    const auto to = without(statuses, gone[name]);
    for (std::size_t i = 0; i < std::max(from.size(), to.size()); ++i)
      changes.push_back({Attribute::flag, name, i < from.size() ? from[i] : "", i < to.size() ? to[i] : ""});
  }
  return changes;
}

// Date-times stand in history as the server keeps them; dates as they are.
std::string told(const std::string& value, const BugzillaField& field, const BugzillaNames& names) {
  if (field.type == BugzillaFieldType::select) return bugzilla_meaning(value);
  if (field.type == BugzillaFieldType::date && value.size() > 10 && date_from_iso(value.substr(0, 10)))
    return value.substr(0, 10);
  if (field.type != BugzillaFieldType::date_time || !names.zone) return value;
  const auto instant = bugzilla_instant(value, *names.zone);
  return instant ? to_iso(*instant) : value;
}

std::vector<FieldChange> custom_changes(const BugzillaChange& change, const BugzillaNames& names,
                                        const BugzillaTerms& terms) {
  const auto* field = field_named(names.fields, change.field);
  auto from = change.removed;
  auto to = change.added;
  if (field != nullptr) {
    if (field->type == BugzillaFieldType::select) std::tie(from, to) = bugzilla_net_change(from, to, field->values);
    if (from == to) return {};
    from = told(from, *field, names);
    to = told(to, *field, names);
  }
  std::vector<FieldChange> changes{{Attribute::field, change.field, from, to}};
  const bool has_other_name =
      field != nullptr && !field->display_name.empty() && !same_name(field->display_name, field->name);
  if (has_other_name) changes.push_back({Attribute::field, field->display_name, from, to});
  const auto is_read_from = [&](const std::optional<Source>& source) {
    return source && !source->field.empty() &&
           (same_name(source->field, change.field) ||
            (has_other_name && same_name(source->field, field->display_name)));
  };
  if (is_read_from(terms.read.resolution)) changes.push_back({Attribute::resolution, "", from, to});
  if (is_read_from(terms.read.type)) changes.push_back({Attribute::type, "", from, to});
  return changes;
}

std::optional<Attribute> attribute_of(const std::string& name, const BugzillaTerms& terms) {
  if (name == "status") return Attribute::status;
  if (name == "priority") return Attribute::priority;
  if ((name == "type" || name == "bug_type") && !terms.read.type) return Attribute::type;
  if (name == "assigned_to") return Attribute::assignee;
  if (name == "product") return Attribute::project;
  if (name == "component") return Attribute::component;
  if (name == "version" && !terms.read.version) return Attribute::version;
  if (name == "resolution" && !terms.read.resolution) return Attribute::resolution;
  return {};
}

bool is_shown_as_field(const std::string& name) {
  return name == "severity" || name == "platform" || name == "op_sys" || name == "target_milestone" || name == "url";
}

std::vector<FieldChange> changes_of(const BugzillaChange& change, const BugzillaNames& names,
                                    const BugzillaTerms& terms) {
  if (change.field == "keywords") return label_changes(words_of(change.removed), words_of(change.added));
  if (change.field == "whiteboard") {
    auto changes = label_changes(bugzilla_whiteboard_labels(change.removed), bugzilla_whiteboard_labels(change.added));
    changes.push_back({Attribute::field, "whiteboard", change.removed, change.added});
    return changes;
  }
  if (change.field == "flagtypes.name") return flag_changes(change.removed, change.added);
  if (change.field.rfind("cf_", 0) == 0) return custom_changes(change, names, terms);
  const auto attribute = attribute_of(change.field, terms);
  if (!attribute && !is_shown_as_field(change.field)) return {};
  auto [from, to] = std::pair(change.removed, change.added);
  if (const auto* field = field_named(names.fields, listed_name(change.field)); field != nullptr)
    if (!field->values.empty()) std::tie(from, to) = bugzilla_net_change(from, to, field->values);
  if (from == to) return {};
  if (attribute == Attribute::priority) return {{Attribute::priority, "", from, to}};
  return {{attribute.value_or(Attribute::field), attribute ? "" : change.field, bugzilla_meaning(from),
           bugzilla_meaning(to)}};
}

// Only insiders can. Where staff made anything private or public later, it may be a customer's words that are private
// now, and nothing follows.
bool wrote_privately(const BugzillaBug& bug, const std::string& login) {
  return bug.has_history &&
         std::none_of(bug.history.begin(), bug.history.end(),
                      [](const auto& entry) { return entry.privacy_changed; }) &&
         std::any_of(bug.comments.begin(), bug.comments.end(),
                     [&](const auto& comment) { return comment.is_private && same_name(comment.author, login); });
}

Event event_of(const BugzillaHistoryEntry& entry, const BugzillaBug& bug, const BugzillaNames& names,
               const BugzillaTerms& terms) {
  std::vector<std::string> parts{std::to_string(bug.id), to_iso(entry.when), entry.who};
  Event event{"", entry.when, bugzilla_author({0, entry.who, "", ""}, bug, names), {}, {}};
  for (const auto& change : entry.changes) {
    parts.insert(parts.end(), {change.field, change.removed, change.added});
    const auto changes = changes_of(change, names, terms);
    event.changes.insert(event.changes.end(), changes.begin(), changes.end());
  }
  event.id = "h" + bugzilla_digest(parts);
  return event;
}

}  // namespace

std::string bugzilla_digest(const std::vector<std::string>& parts) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3ULL; };
  for (const auto& part : parts) {
    for (const char c : part) add(static_cast<unsigned char>(c));
    add(0xff);  // in no UTF-8, so that parts stay apart
  }
  static constexpr char k_digits[] = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += k_digits[(hash >> static_cast<unsigned>(shift)) & 15U];
  return text;
}

std::string bugzilla_meaning(const std::string& value) {
  return value == "---" || value == "--" ? std::string() : value;
}

std::pair<std::string, std::string> bugzilla_net_change(const std::string& removed, const std::string& added,
                                                        const std::vector<std::string>& values) {
  const auto is_value = [&](const std::string& text) {
    return text.empty() || std::find(values.begin(), values.end(), text) != values.end();
  };
  if (is_value(removed) && is_value(added)) return {removed, added};
  const auto gone = values_in(removed, values);
  const auto come = values_in(added, values);
  if (!gone || !come) return {removed, added};
  const auto from = without(*gone, *come);
  const auto to = without(*come, *gone);
  if (from.size() > 1 || to.size() > 1) return {removed, added};
  return {from.empty() ? "" : from.front(), to.empty() ? "" : to.front()};
}

std::vector<std::string> bugzilla_whiteboard_labels(const std::string& whiteboard) {
  std::vector<std::string> labels;
  for (std::size_t at = whiteboard.find('['); at != std::string::npos; at = whiteboard.find('[', at + 1)) {
    const auto end = whiteboard.find_first_of("[]", at + 1);
    if (end == std::string::npos || whiteboard[end] == '[' || end == at + 1) continue;
    const auto label = whiteboard.substr(at, end - at + 1);
    if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
  }
  return labels;
}

Author bugzilla_author(const BugzillaPerson& person, const BugzillaBug& bug, const BugzillaNames& names) {
  Author author;
  if (const auto known = names.people.find(folded(person.login)); known != names.people.end()) author = known->second;
  if (author.id.empty() && person.id != 0) author.id = std::to_string(person.id);
  if (author.login.empty()) author.login = person.login;
  if (author.address.empty()) author.address = person.address;
  if (author.address.empty() && author.login.find('@') != std::string::npos) author.address = author.login;
  if (author.name.empty()) author.name = person.name;
  if (!wrote_privately(bug, person.login)) return author;
  author.roles.emplace_back(k_bugzilla_insider);
  if (!names.insider_group.empty() && !contains_name(author.groups, names.insider_group))
    author.groups.push_back(names.insider_group);
  return author;
}

std::vector<Event> bugzilla_events(const BugzillaBug& bug, const BugzillaNames& names, const BugzillaTerms& terms) {
  std::vector<Event> events;
  for (const auto& comment : bug.comments) {
    if (comment.count == 0 && !comment.is_private) continue;
    Event event{"c" + std::to_string(comment.id),
                comment.created,
                bugzilla_author({0, comment.author, "", ""}, bug, names),
                {},
                {}};
    event.comment = Comment{comment.is_private ? Visibility::internal : Visibility::everybody, comment.text};
    if (!comment.text.empty()) events.push_back(std::move(event));
  }
  for (const auto& entry : bug.history) {
    auto event = event_of(entry, bug, names, terms);
    if (!event.changes.empty()) events.push_back(std::move(event));
  }
  std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) {
    return a.at != b.at ? a.at < b.at : a.comment.has_value() && !b.comment.has_value();
  });
  return events;
}

}  // namespace cb
