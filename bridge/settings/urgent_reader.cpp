// A plan's urgent procedure: when it holds, the calendar and the targets that serve then.
#include <algorithm>

#include "bridge/settings/condition_reader.hpp"
#include "bridge/settings/plan_reader.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

using TrackerMap = std::map<std::string, TrackerTerms>;

// A plan speaks of the neutral priorities: a tracker's own word counts as the one that it is mapped to.
void make_neutral(std::vector<std::string>& words, const TrackerMap& trackers) {
  for (auto& word : words) {
    for (const auto& [name, terms] : trackers) {
      const auto found = terms.priorities.find(folded(word));
      if (!priority_from_text(folded(word)) && found != terms.priorities.end()) word = to_text(found->second);
    }
  }
}

void make_neutral(Condition& condition, const TrackerMap& trackers) {
  make_neutral(condition.priority, trackers);
  for (auto* nested : {&condition.any, &condition.all, &condition.none}) {
    for (auto& each : *nested) make_neutral(each, trackers);
  }
}

// The marker that the procedure itself puts on must not be what makes it hold.
void read_when(const YamlNode& node, UrgentProcedure& urgent, Loading& loading) {
  const auto& book = loading.settings.book;
  if (node.kind == YamlNode::Kind::map && node.entries.empty()) {
    loading.problems.error(node.place,
                           "`when` is empty, so every issue would be urgent; say when, as in `{ priority: urgent }`");
    return;
  }
  auto own = loading.own;
  if (!urgent.marker.empty()) own.labels[folded(urgent.marker)] = "`marker` of this procedure";
  auto condition = ConditionReader(book.classification.text, loading.priority_words, own, loading.problems).read(node);
  make_neutral(condition, book.trackers);
  for (const auto& word : condition.priority) {
    if (const auto priority = priority_from_text(folded(word))) urgent.when.push_back(*priority);
  }
  condition.priority.clear();
  const bool more = std::any_of(node.entries.begin(), node.entries.end(),
                                [](const YamlEntry& entry) { return entry.key != "priority"; });
  if (more) urgent.also = std::make_shared<const Condition>(std::move(condition));
}

// Flat targets name promises, a table names priorities.
TargetTable read_targets(const YamlNode& node, Problems& problems) {
  const std::string what = "`targets` of the urgent procedure";
  const auto& priorities = keys_of("targets by priority");
  const bool by_priority = std::any_of(node.entries.begin(), node.entries.end(), [&](const YamlEntry& entry) {
    return std::find(priorities.begin(), priorities.end(), entry.key) != priorities.end();
  });
  if (by_priority) return target_table_of(node, what + ", by priority", problems);
  return {{}, targets_of(node, what, problems)};
}

std::string team_of(const YamlNode& node, Problems& problems) {
  return word_of(node, "the team that takes urgent issues", problems).value_or("");
}

void read_urgent_calendar(const YamlNode& item, UrgentProcedure& urgent, Loading& loading) {
  auto& problems = loading.problems;
  const YamlMap map(
      item,
      "a calendar of the urgent procedure (`{ language: en, local: closed, use: CALENDAR, team: NAME }` or "
      "`{ otherwise: CALENDAR }`)",
      keys_of("urgent calendar"), problems);
  if (!map.ok()) return;
  if (const auto* otherwise = map.optional("otherwise")) {
    const auto name = reference_of(*otherwise, loading.calendars, "calendar", "calendars.yaml", problems);
    UrgentCalendar rest{"", CalendarId{name.value_or("")}};
    if (const auto* team = map.optional("team")) rest.team = team_of(*team, problems);
    urgent.calendars.push_back(std::move(rest));
    if (map.optional("language") || map.optional("local") || map.optional("use"))
      problems.error(otherwise->place, "`otherwise` stands alone, without `language`, `local` and `use`");
    return;
  }
  const auto* local = map.optional("local");
  const auto* language = local ? map.optional("language") : map.required("language");
  const auto* use = map.required("use");
  if (!use || (!language && !local)) return;
  const auto name = reference_of(*use, loading.calendars, "calendar", "calendars.yaml", problems);
  UrgentCalendar entry{"", CalendarId{name.value_or("")}};
  if (local) {
    entry.local_open = choice_of<bool>(*local, "whether the local calendar is `open` or `closed`",
                                       {{"open", true}, {"closed", false}}, problems);
  }
  if (const auto* team = map.optional("team")) entry.team = team_of(*team, problems);
  if (!language) {
    urgent.calendars.push_back(std::move(entry));
    return;
  }
  const auto add = [&](const YamlNode& node) {
    if (const auto code = language_of(node, "a language", problems)) {
      entry.language = *code;
      urgent.calendars.push_back(entry);
    }
  };
  if (language->kind != YamlNode::Kind::list) add(*language);
  for (const auto& one : language->items) add(one);
}

void read_urgent_calendars(const YamlNode& node, UrgentProcedure& urgent, Loading& loading) {
  if (node.kind == YamlNode::Kind::scalar) {
    const auto name = reference_of(node, loading.calendars, "calendar", "calendars.yaml", loading.problems);
    urgent.calendars.push_back({"", CalendarId{name.value_or("")}});
    return;
  }
  const auto& items = items_of(node, "`calendar` of the urgent procedure", loading.problems);
  for (const auto& item : items) {
    const bool after_otherwise =
        !urgent.calendars.empty() && urgent.calendars.back().language.empty() && !urgent.calendars.back().local_open;
    if (after_otherwise) loading.problems.error(item.place, "this is never reached: `otherwise` stands before it");
    read_urgent_calendar(item, urgent, loading);
  }
}

}  // namespace

std::optional<UrgentProcedure> urgent_of(const YamlNode& node, Loading& loading) {
  const YamlMap map(node, "`urgent`, the urgent procedure", keys_of("urgent"), loading.problems);
  if (!map.ok()) return std::nullopt;
  UrgentProcedure urgent;
  if (const auto* marker = map.optional("marker")) {
    urgent.marker = word_of(*marker, "the label that marks urgent issues", loading.problems).value_or("");
  }
  if (const auto* when = map.required("when")) read_when(*when, urgent, loading);
  if (const auto* calendar = map.optional("calendar")) read_urgent_calendars(*calendar, urgent, loading);
  if (const auto* targets = map.optional("targets")) {
    urgent.targets = read_targets(*targets, loading.problems);
  }
  return urgent;
}

}  // namespace cb
