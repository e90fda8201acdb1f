#include "bridge/cli/status_text.hpp"

#include "bridge/cli/table.hpp"
#include "bridge/report/layout.hpp"

namespace cb {

namespace {

constexpr int k_columns = 100;

std::string verdict(const ServiceState& state) {
  if (!state.ready()) return "Something needs people, see below.";
  for (const auto& each : state.trackers) {
    if (!each.why.empty()) return "It works, and tries again what failed, see below.";
  }
  return "All is well.";
}

std::string headline(const ServiceState& state) {
  if (!state.started) return "No service runs.\n";
  return "contract-bridge " + state.version + " runs since " + to_iso(*state.started) + " (" +
         duration_text(state.now - *state.started) + "). " + verdict(state) + "\n";
}

std::string next_look(const TrackerState& state, Instant now) {
  if (!state.running) return "–";
  return state.loop.next_at <= now ? "now" : "in " + duration_text(state.loop.next_at - now);
}

std::string table_of(const ServiceState& state) {
  std::vector<TableRow> rows{{"Tracker", "Standing", "Behind", "Next look", "Open", "Undecided", "Parked", "Woken",
                              "Overdue", "Next hour", "Next day"}};
  for (const auto& each : state.trackers) {
    rows.push_back({each.loop.tracker, to_text(each.standing), each.behind ? duration_text(*each.behind) : "?",
                    next_look(each, state.now), std::to_string(each.counts.open), std::to_string(each.counts.undecided),
                    std::to_string(each.counts.parked), std::to_string(each.counts.woken), std::to_string(each.overdue),
                    std::to_string(each.due_next_hour), std::to_string(each.due_next_day)});
  }
  return table_text(rows, k_columns);
}

std::string needs_of(const ServiceState& state) {
  std::string text;
  for (const auto& each : state.trackers) {
    if (each.why.empty()) continue;
    text += wrapped(each.loop.tracker + ": ", each.why, k_columns);
    if (!each.advice.empty()) text += wrapped("  ", each.advice, k_columns);
  }
  return text;
}

std::string totals_of(const StoreTotals& totals) {
  std::string lines;
  for (const auto& [action, number] : totals.ledger_lines)
    lines += (lines.empty() ? "" : ", ") + action + " " + std::to_string(number);
  auto text = "Decisions kept: " + std::to_string(totals.decisions) +
              ". Ledger: " + (lines.empty() ? "empty" : one_line(lines)) +
              ". Notifications waiting: " + std::to_string(totals.notifications_waiting);
  if (totals.notifications_failing > 0) text += ", failing: " + std::to_string(totals.notifications_failing);
  return text + ".\n";
}

}  // namespace

std::string status_text(const ServiceState& state) {
  auto text = headline(state);
  if (!state.store_error.empty()) text += wrapped("The store failed: ", state.store_error, k_columns);
  text += "\n" + table_of(state);
  if (const auto needs = needs_of(state); !needs.empty()) text += "\n" + needs;
  if (state.store_error.empty()) text += "\n" + totals_of(state.totals);
  return text;
}

}  // namespace cb
