#include "bridge/cli/compare_sla_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "bridge/cli/table.hpp"
#include "bridge/report/layout.hpp"

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

constexpr int k_name_width = 40;

std::string instant_text(const std::optional<Instant>& instant, const Zone& zone) {
  return instant ? local_text(*instant, zone) : "–";
}

std::string time_text(const std::optional<Seconds>& time) {
  return time ? duration_text(*time) : "–";
}

std::optional<Seconds> seconds_of(const std::optional<BusinessTime>& time) {
  return time ? std::optional(time->amount) : std::nullopt;
}

std::string name_of(const ClockReading& clock) {
  return to_text(clock.name) + (clock.cycle > 1 ? " (cycle " + std::to_string(clock.cycle) + ")" : "");
}

std::string quoted(const OwnClock& clock) {
  return "\"" + one_line(shortened(clock.name, k_name_width)) + "\"";
}

// One column of the table, from the name to the goal.
std::vector<std::string> cells_of(const std::optional<ClockReading>& clock, const Zone& zone) {
  if (!clock) return std::vector<std::string>(8, "–");
  return {name_of(*clock),
          to_text(clock->state),
          instant_text(clock->start, zone),
          instant_text(clock->due, zone),
          instant_text(clock->stopped, zone),
          time_text(seconds_of(clock->used)),
          time_text(seconds_of(clock->left)),
          time_text(seconds_of(clock->target))};
}

std::vector<std::string> cells_of(const std::optional<OwnClock>& clock, const Zone& zone) {
  if (!clock) return std::vector<std::string>(8, "–");
  return {one_line(clock->name),
          state_of(*clock),
          instant_text(clock->started, zone),
          instant_text(clock->due, zone),
          instant_text(clock->stopped, zone),
          time_text(clock->used),
          time_text(clock->left),
          time_text(clock->goal)};
}

std::string table_of(const IssueKey& issue, const std::vector<SlaPair>& pairs, const Zone& zone, int columns) {
  static const std::vector<std::string> k_lines{"name", "state", "started", "due", "stopped", "used", "left", "goal"};
  std::vector<TableRow> table{{"", "contract-bridge (here)", issue.tracker + " (there)"}};
  for (const auto& pair : pairs) {
    if (table.size() > 1) table.push_back({"", "", ""});
    const auto ours = cells_of(pair.ours, zone);
    const auto theirs = cells_of(pair.theirs, zone);
    for (std::size_t i = 0; i < k_lines.size(); ++i) table.push_back({k_lines[i], ours[i], theirs[i]});
  }
  return table_text(table, columns);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

std::string sentence(const SlaPair& pair) {
  if (!pair.theirs) return name_of(*pair.ours) + ": there is nothing like it there.";
  if (!pair.ours) return quoted(*pair.theirs) + ": there is nothing like it here.";
  const auto both = name_of(*pair.ours) + " and " + quoted(*pair.theirs);
  if (pair.differences.empty()) return both + " agree.";
  auto text = both + " differ: " + joined(pair.differences) + ".";
  if (!pair.reasons.empty()) text += " Why that can be: " + joined(pair.reasons) + ".";
  return text;
}

Json json_of(const std::optional<Instant>& instant) {
  return instant ? Json(to_iso(*instant)) : Json(nullptr);
}

Json json_of(const std::optional<Seconds>& time) {
  return time ? Json(time->count()) : Json(nullptr);
}

Json json_of(const ClockReading& clock) {
  return {{"name", to_text(clock.name)},
          {"cycle", clock.cycle},
          {"state", to_text(clock.state)},
          {"started", json_of(clock.start)},
          {"due", json_of(clock.due)},
          {"stopped", json_of(clock.stopped)},
          {"used", json_of(seconds_of(clock.used))},
          {"left", json_of(seconds_of(clock.left))},
          {"goal", json_of(seconds_of(clock.target))}};
}

Json json_of(const OwnClock& clock) {
  return {{"name", clock.name},          {"state", state_of(clock)},
          {"ongoing", clock.ongoing},    {"started", json_of(clock.started)},
          {"due", json_of(clock.due)},   {"stopped", json_of(clock.stopped)},
          {"used", json_of(clock.used)}, {"left", json_of(clock.left)},
          {"goal", json_of(clock.goal)}};
}

Json json_of(const SlaPair& pair) {
  return {{"ours", pair.ours ? json_of(*pair.ours) : Json(nullptr)},
          {"theirs", pair.theirs ? json_of(*pair.theirs) : Json(nullptr)},
          {"agree", pair.is_compared() ? Json(pair.differences.empty()) : Json(nullptr)},
          {"differences", pair.differences},
          {"reasons", pair.reasons}};
}

}  // namespace

bool all_agree(const std::vector<SlaPair>& pairs) {
  return std::all_of(pairs.begin(), pairs.end(), [](const SlaPair& pair) { return pair.differences.empty(); });
}

int compared(const std::vector<SlaPair>& pairs) {
  return static_cast<int>(
      std::count_if(pairs.begin(), pairs.end(), [](const SlaPair& pair) { return pair.is_compared(); }));
}

std::string compare_sla_text(const IssueKey& issue, const std::vector<SlaPair>& pairs, const Zone& zone, int columns) {
  auto text = to_text(issue) + "\n\n";
  if (!pairs.empty()) text += table_of(issue, pairs, zone, columns) + "\n";
  for (const auto& pair : pairs) text += wrapped("", sentence(pair), columns);
  if (compared(pairs) == 0) text += "Nothing could be compared: no promise is measured on both sides.\n";
  return text;
}

std::string compare_sla_json(const IssueKey& issue, const std::vector<SlaPair>& pairs) {
  auto list = Json::array();
  for (const auto& pair : pairs) list.push_back(json_of(pair));
  const Json json = {{"issue", to_text(issue)},
                     {"compared", compared(pairs)},
                     {"agree", compared(pairs) > 0 && all_agree(pairs)},
                     {"pairs", std::move(list)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cb
