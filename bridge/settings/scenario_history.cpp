#include "bridge/settings/scenario_history.hpp"

#include <algorithm>
#include <map>

#include "bridge/settings/key_catalogue.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

// A value of a change; nothing at all is the empty value.
std::optional<std::string> changed_value(const YamlNode& node, const std::string& what, Problems& problems) {
  if (node.kind == YamlNode::Kind::nothing) return std::string();
  if (node.kind == YamlNode::Kind::scalar && node.text.empty()) return std::string();
  return word_of(node, what, problems);
}

struct ReadChanges {
  std::vector<FieldChange> changes;
  std::vector<Place> places;
  void add(FieldChange change, const Place& place) {
    changes.push_back(std::move(change));
    places.push_back(place);
  }
};

void read_change(const YamlNode& pair, Attribute attribute, const std::string& name, const std::string& what,
                 ReadChanges& into, Problems& problems) {
  if (pair.kind != YamlNode::Kind::list || pair.items.size() != 2) {
    problems.error(pair.place, "expected the change of " + what + " as [old, new], but found " + kind_text(pair));
    return;
  }
  const auto from = changed_value(pair.items[0], "the old value of " + what, problems);
  const auto to = changed_value(pair.items[1], "the new value of " + what, problems);
  if (from && to) into.add({attribute, name, *from, *to}, pair.place);
}

void read_label_changes(const YamlNode& node, ReadChanges& into, Problems& problems) {
  const YamlMap map(node, "the change of labels", keys_of("label changes"), problems);
  if (!map.ok()) return;
  if (const auto* add = map.optional("add"))
    for (const auto& label : word_or_words_of(*add, "labels that were added", problems))
      into.add({Attribute::label, "", "", label}, add->place);
  if (const auto* remove = map.optional("remove"))
    for (const auto& label : word_or_words_of(*remove, "labels that were removed", problems))
      into.add({Attribute::label, "", label, ""}, remove->place);
}

ReadChanges read_changes(const YamlMap& map) {
  ReadChanges read;
  auto& problems = map.problems();
  const std::vector<std::pair<std::string, Attribute>> attributes{{"status", Attribute::status},
                                                                  {"priority", Attribute::priority},
                                                                  {"resolution", Attribute::resolution},
                                                                  {"assignee", Attribute::assignee}};
  for (const auto& [key, attribute] : attributes)
    if (const auto* pair = map.optional(key)) read_change(*pair, attribute, "", "the " + key, read, problems);
  if (const auto* fields = map.optional("fields"))
    for (const auto& field : named_entries(*fields, "the fields that changed, by name", problems))
      read_change(field.value, Attribute::field, field.key, "the field " + ticked(field.key), read, problems);
  if (const auto* labels = map.optional("labels")) read_label_changes(*labels, read, problems);
  return read;
}

std::optional<Comment> read_comment(const YamlMap& map) {
  auto& problems = map.problems();
  const auto* comment = map.optional("comment");
  const auto* text = map.optional("text");
  if (comment == nullptr) {
    if (text != nullptr) problems.error(text->place, "a text needs `comment: public` or `comment: private` beside it");
    return std::nullopt;
  }
  const auto visibility = choice_of<Visibility>(
      *comment, "the comment's visibility",
      {{"public", Visibility::everybody}, {"private", Visibility::internal}, {"internal", Visibility::internal}},
      problems);
  if (!visibility) return std::nullopt;
  return Comment{*visibility, text == nullptr ? "" : word_of(*text, "the comment's text", problems).value_or("")};
}

}  // namespace

Author scenario_author(const std::string& word, const std::string& tracker, const ContractBook& book) {
  Author author;
  for (const auto& member : book.staff) {
    const auto login = member.logins.find(tracker);
    if (login == member.logins.end() || !same_name(login->second, word)) continue;
    author.login = login->second;
    author.name = member.name;
    return author;
  }
  (word.find('@') == std::string::npos ? author.login : author.address) = word;
  return author;
}

bool same_value(Attribute what, const std::string& a, const std::string& b, const TrackerTerms& terms) {
  if (same_name(trimmed(a), trimmed(b))) return true;
  if (what != Attribute::priority) return false;
  const auto neutral = [&](const std::string& word) {
    if (const auto priority = priority_from_text(word)) return priority;
    const auto known = terms.priorities.find(folded(trimmed(word)));
    return known == terms.priorities.end() ? std::nullopt : std::optional(known->second);
  };
  const auto first = neutral(a);
  return first && first == neutral(b);
}

ScenarioHistory ScenarioHistory::read(const YamlNode& list, const TrackerTerms& terms, Instant created,
                                      const ContractBook& book, Problems& problems) {
  ScenarioHistory history;
  std::vector<std::vector<Place>> places;
  for (const auto& item : items_of(list, "the history", problems)) {
    const YamlMap map(item, "an entry of the history", keys_of("history entry"), problems);
    if (!map.ok()) continue;
    const auto* at_node = map.required("at");
    const auto* by_node = map.required("by");
    if (at_node == nullptr || by_node == nullptr) continue;
    const auto at = instant_of(*at_node, "the instant of the entry", problems);
    const auto by = word_of(*by_node, "who did it, a login or an address", problems);
    auto comment = read_comment(map);
    auto read = read_changes(map);
    if (!at || !by) continue;
    if (*at < created)
      problems.error(at_node->place, "this happened before the issue was created (" + to_iso(created) + ")");
    if (!history.events_.empty() && *at < history.events_.back().at)
      problems.error(at_node->place, "the history goes back in time: the entry before is of " +
                                         to_iso(history.events_.back().at) + "; put the oldest first");
    history.events_.push_back({std::to_string(history.events_.size() + 1), *at, scenario_author(*by, terms.name, book),
                               std::move(comment), std::move(read.changes)});
    places.push_back(std::move(read.places));
  }
  history.check_chain(terms, places, problems);
  history.index();
  return history;
}

void ScenarioHistory::check_chain(const TrackerTerms& terms, const std::vector<std::vector<Place>>& places,
                                  Problems& problems) const {
  std::map<std::pair<Attribute, std::string>, std::string> present;
  for (std::size_t event = 0; event < events_.size(); ++event) {
    for (std::size_t change = 0; change < events_[event].changes.size(); ++change) {
      const auto& [what, name, from, to] = events_[event].changes[change];
      if (what == Attribute::label) continue;
      const auto [before, first] = present.try_emplace({what, folded(name)}, to);
      if (first) continue;
      if (!same_value(what, before->second, from, terms))
        problems.error(places[event][change],
                       "this changes from " + ticked(from) + ", but the change before left " + ticked(before->second));
      before->second = to;
    }
  }
}

void ScenarioHistory::index() {
  for (const auto& event : events_) {
    for (const auto& [what, name, from, to] : event.changes) {
      const auto& known_as = what != Attribute::label ? name : to.empty() ? from : to;
      auto& told = told_[{what, folded(known_as)}];
      if (told.empty() && what == Attribute::field) field_names_.push_back(known_as);
      if (told.empty() && what == Attribute::label) label_names_.push_back(known_as);
      told.push_back({event.at, from, to});
    }
  }
}

const std::vector<ScenarioHistory::Told>& ScenarioHistory::told_of(Attribute what, const std::string& name) const {
  static const std::vector<Told> nothing;
  const auto found = told_.find({what, folded(name)});
  return found == told_.end() ? nothing : found->second;
}

std::optional<std::string> ScenarioHistory::value_at(Instant at, Attribute what, const std::string& name) const {
  std::optional<std::string> value;
  for (const auto& change : told_of(what, name)) {
    if (change.at > at) return value ? value : change.from;
    value = change.to;
  }
  return value;
}

std::optional<bool> ScenarioHistory::has_label_at(Instant at, const std::string& label) const {
  std::optional<bool> has;
  for (const auto& change : told_of(Attribute::label, label)) {
    const bool added = !change.to.empty();
    if (change.at > at) return has ? has : !added;
    has = added;
  }
  return has;
}

std::vector<Event> ScenarioHistory::events_until(Instant at) const {
  std::vector<Event> events;
  std::copy_if(events_.begin(), events_.end(), std::back_inserter(events),
               [&](const Event& event) { return event.at <= at; });
  return events;
}

}  // namespace cb
