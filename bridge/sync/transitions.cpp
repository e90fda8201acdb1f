#include "bridge/sync/transitions.hpp"

#include <algorithm>

#include "bridge/sync/marks.hpp"
#include "rules/text.hpp"
#include "rules/timeline.hpp"

namespace cb {

namespace {

bool is_finishing(Phase phase) {
  return phase == Phase::resolved || phase == Phase::closed || phase == Phase::withdrawn;
}

// When a person last reopened the issue. A robot that reopens what we move would give us the same move again for ever.
Instant reopened_at(const Timeline& timeline) {
  auto at = Instant::min();
  for (std::size_t i = 1; i < timeline.phases.size(); ++i) {
    const auto& change = timeline.phases[i];
    const bool by_a_person = change.by != Role::bridge && change.by != Role::bot;
    if (by_a_person && is_finishing(timeline.phases[i - 1].phase) && !is_finishing(change.phase)) at = change.at;
  }
  return at;
}

bool was_moved_by_us(const Issue& issue, const std::string& to, Instant since) {
  const auto moves = [&](const FieldChange& change) {
    return change.what == Attribute::status && same_name(change.to, to);
  };
  return std::any_of(issue.history.begin(), issue.history.end(), [&](const Event& event) {
    return event.by.self && event.at >= since && std::any_of(event.changes.begin(), event.changes.end(), moves);
  });
}

}  // namespace

void plan_status(Changes& changes, const Decision& decision, const Issue& issue, const PlanTerms& terms, Instant now) {
  if (terms.write.transitions.empty() || !terms.capabilities.transitions || !issue.history_known) return;
  const auto tracker = terms.book.trackers.find(issue.key.tracker);
  if (tracker == terms.book.trackers.end()) return;
  const auto timeline = read_timeline(issue, tracker->second, terms.book, now);
  if (!timeline.problem.empty()) return;
  const auto since = reopened_at(timeline);
  for (const auto& each : terms.write.transitions) {
    if (!same_name(each.from, issue.status) || !state_holds(each.state, decision)) continue;
    if (was_moved_by_us(issue, each.to, since)) continue;
    changes.status = each.to;
    return;
  }
}

}  // namespace cb
