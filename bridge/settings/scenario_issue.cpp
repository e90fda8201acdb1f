#include "bridge/settings/scenario_issue.hpp"

#include <algorithm>
#include <set>

#include "bridge/settings/key_catalogue.hpp"
#include "bridge/settings/scenario_history.hpp"
#include "rules/cycle.hpp"
#include "rules/roles.hpp"
#include "rules/text.hpp"
#include "rules/timeline.hpp"

namespace cb {
namespace {

// The tracker that the id names, else the only one.
std::optional<IssueKey> read_key(const YamlNode& node, const ContractBook& book, StrangeTracker strange,
                                 Problems& problems) {
  const auto id = word_of(node, "the issue's id, as support#123", problems);
  if (!id) return std::nullopt;
  const auto mark = id->find('#');
  const IssueKey key{mark == std::string::npos ? "" : id->substr(0, mark),
                     mark == std::string::npos ? *id : id->substr(mark + 1)};
  const bool named = mark != std::string::npos;
  if (key.id.empty() || (mark == 0 && strange == StrangeTracker::refused)) {
    problems.error(node.place, "expected the issue's id, as support#123, but found " + ticked(*id));
    return std::nullopt;
  }
  if (book.trackers.count(key.tracker) != 0) return key;
  if (book.trackers.size() == 1 && (!named || strange == StrangeTracker::only_one))
    return IssueKey{book.trackers.begin()->first, key.id};
  std::vector<std::string> known;
  for (const auto& [name, terms] : book.trackers) known.push_back(name);
  problems.error(node.place, key.tracker.empty()
                                 ? "the id does not say which tracker it is of: " + listed(known)
                                 : "there is no tracker " + ticked(key.tracker) + word_hint(key.tracker, known));
  return std::nullopt;
}

struct Reading {
  const YamlMap& map;
  const TrackerTerms& terms;
  const ScenarioHistory& history;
  Instant now;
};

std::string plain(const Reading& reading, const std::string& key) {
  const auto* node = reading.map.optional(key);
  return node == nullptr ? "" : word_of(*node, "the issue's " + key, reading.map.problems()).value_or("");
}

void refuse_contradiction(const Reading& reading, const Place& place, const std::string& what, const std::string& given,
                          const std::string& told) {
  reading.map.problems().error(
      place, what + " is " + ticked(given) + ", but at " + to_iso(reading.now) + " the history leaves " + ticked(told));
}

// A present value: given and in agreement with the history, or derived from it (ruling 12).
std::optional<std::string> present(const Reading& reading, const std::string& key, Attribute what) {
  auto told = reading.history.value_at(reading.now, what, "");
  const auto* node = reading.map.optional(key);
  if (node == nullptr) return told;
  auto given = word_of(*node, "the issue's " + key, reading.map.problems());
  if (given && told && !same_value(what, *given, *told, reading.terms))
    refuse_contradiction(reading, node->place, "the " + key, *given, *told);
  return given;
}

std::string first_waiting_status(const TrackerTerms& terms) {
  const auto found = std::find_if(terms.statuses.begin(), terms.statuses.end(),
                                  [](const auto& entry) { return entry.second == Phase::waiting_for_us; });
  return found == terms.statuses.end() ? std::string() : found->first;
}

std::vector<std::string> field_values(const YamlNode& node, const std::string& name, Problems& problems) {
  if (node.kind == YamlNode::Kind::nothing) return {};
  if (node.kind == YamlNode::Kind::scalar && node.text.empty()) return {};
  return word_or_words_of(node, "the field " + ticked(name), problems);
}

Fields read_fields(const Reading& reading) {
  Fields fields;
  std::set<std::string> given;  // folded
  if (const auto* node = reading.map.optional("fields")) {
    for (const auto& entry : named_entries(*node, "the issue's fields, by name", reading.map.problems())) {
      auto values = field_values(entry.value, entry.key, reading.map.problems());
      const auto told = reading.history.value_at(reading.now, Attribute::field, entry.key);
      const auto present = values.empty() ? std::string() : values.front();
      if (told && values.size() < 2 && !same_value(Attribute::field, present, *told, reading.terms))
        refuse_contradiction(reading, entry.place, "the field " + ticked(entry.key), present, *told);
      given.insert(folded(entry.key));
      fields[entry.key] = std::move(values);
    }
  }
  for (const auto& name : reading.history.field_names()) {
    if (given.count(folded(name)) != 0) continue;
    const auto told = reading.history.value_at(reading.now, Attribute::field, name).value_or("");
    fields[name] = told.empty() ? std::vector<std::string>{} : std::vector<std::string>{told};
  }
  return fields;
}

std::vector<std::string> read_labels(const Reading& reading) {
  const auto* node = reading.map.optional("labels");
  std::vector<std::string> labels;
  if (node != nullptr) labels = word_or_words_of(*node, "the issue's labels", reading.map.problems());
  std::set<std::string> given;  // folded
  for (const auto& label : labels) given.insert(folded(label));
  for (const auto& label : reading.history.label_names()) {
    const bool told = reading.history.has_label_at(reading.now, label).value_or(false);
    if (node == nullptr) {
      if (told) labels.push_back(label);
    } else if (told != (given.count(folded(label)) != 0)) {
      reading.map.problems().error(node->place, "at " + to_iso(reading.now) + " the history leaves the label " +
                                                    ticked(label) + (told ? " on" : " off") + " the issue");
    }
  }
  return labels;
}

// Facts whose place the configuration names are found there as an adapter would find them, unless they are given.
void read_mapped_facts(Issue& issue, const ReadTerms& read) {
  const auto fill = [&](std::string& fact, const std::optional<Source>& source) {
    if (!fact.empty() || !source) return;
    if (!source->field.empty()) fact = field_value(issue, source->field);
    if (!source->label.empty() && contains_name(issue.labels, source->label)) fact = source->value;
  };
  fill(issue.organisation, read.organisation);
  fill(issue.product, read.product);
  fill(issue.version, read.version);
  fill(issue.type, read.type);
  fill(issue.resolution, read.resolution);
  fill(issue.channel, read.channel);
  fill(issue.language, read.language);
}

// A resolution without a change of its own came with the change of status that resolved the issue, as in trackers that
// have resolutions (ruling 35: what is established then undoes no clock). One by the customer is left as it is.
void date_resolution(Issue& issue, const TrackerTerms& terms, const ContractBook& book) {
  if (issue.resolution.empty()) return;
  Event* last = nullptr;
  for (auto& event : issue.history) {
    for (const auto& change : event.changes) {
      if (change.what == Attribute::resolution) return;
      if (change.what != Attribute::status) continue;
      const auto before = phase_of(change.from, "", terms).value_or(Phase::waiting_for_us);
      const auto after = phase_of(change.to, issue.resolution, terms).value_or(Phase::waiting_for_us);
      if (is_done(after) && !is_done(before)) last = &event;
    }
  }
  if (last == nullptr || !is_ours(role_of(last->by, terms, book))) return;
  last->changes.push_back({Attribute::resolution, "", "", issue.resolution});
}

void read_present_values(const Reading& reading, const ContractBook& book, Issue& issue) {
  issue.project = plain(reading, "project");
  issue.product = plain(reading, "product");
  issue.component = plain(reading, "component");
  issue.version = plain(reading, "version");
  issue.type = plain(reading, "type");
  issue.channel = plain(reading, "channel");
  issue.language = plain(reading, "language");
  issue.summary = plain(reading, "summary");
  issue.description = plain(reading, "description");
  issue.reporter = scenario_author(plain(reading, "reporter"), reading.terms.name, book);
  issue.status = present(reading, "status", Attribute::status).value_or(first_waiting_status(reading.terms));
  issue.priority = present(reading, "priority", Attribute::priority).value_or(to_text(Priority::normal));
  issue.resolution = present(reading, "resolution", Attribute::resolution).value_or("");
  const auto assignee = present(reading, "assignee", Attribute::assignee).value_or("");
  if (!assignee.empty()) issue.assignee = scenario_author(assignee, reading.terms.name, book);
  issue.fields = read_fields(reading);
  issue.labels = read_labels(reading);
  if (issue.status.empty())
    reading.map.problems().error(reading.map.node().place,
                                 "the issue needs a `status`: the tracker has none that waits for us");
}

}  // namespace

std::optional<Issue> read_scenario_issue(const YamlNode& node, const std::string& what, const ContractBook& book,
                                         Instant now, Problems& problems, StrangeTracker strange) {
  const auto errors_before = problems.error_count();
  const YamlMap map(node, what, keys_of("scenario issue"), problems);
  if (!map.ok()) return std::nullopt;
  const auto* id = map.required("id");
  const auto* created_node = map.required("created");
  if (id == nullptr || created_node == nullptr) return std::nullopt;
  const auto key = read_key(*id, book, strange, problems);
  const auto created = instant_of(*created_node, "when the issue was created", problems);
  if (!key || !created) return std::nullopt;
  const auto& terms = book.trackers.at(key->tracker);
  ScenarioHistory history;
  if (const auto* entries = map.optional("history"))
    history = ScenarioHistory::read(*entries, terms, *created, book, problems);
  Issue issue;
  issue.key = *key;
  issue.created = *created;
  issue.history = history.events_until(now);
  issue.updated = issue.history.empty() ? *created : issue.history.back().at;
  read_present_values({map, terms, history, now}, book, issue);
  read_mapped_facts(issue, terms.read);
  date_resolution(issue, terms, book);
  if (problems.error_count() > errors_before) return std::nullopt;
  return issue;
}

}  // namespace cb
