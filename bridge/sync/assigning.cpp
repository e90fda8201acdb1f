// Who could not be assigned: kept among what is parked, so that it is not tried again and again.
#include "bridge/sync/cycle_run.hpp"
#include "bridge/sync/people.hpp"
#include "bridge/sync/retry.hpp"
#include "bridge/sync/selection.hpp"

namespace cb {

// Redmine may answer success, assign nobody and wake us by it: who could not be assigned is not tried again for a day.
void CycleRun::remember_unreached(const Issue& issue, const Changes& changes, const Applied& applied) {
  for (const auto& each : applied.unreached) {
    parts_.log.warning(to_text(issue.key) + ": " + each, {{"issue", to_text(issue.key)}});
  }
  if (changes.assign.empty() || applied.after.issue.assignee) return;
  const auto now = parts_.clock.now();
  parts_.store.park({assigning_stop(issue, changes.assign), applied.unreached.front(), now, now + k_longest_stop, 1});
}

bool CycleRun::is_unassignable(const Issue& issue, const PersonRef& person) {
  if (person.empty()) return false;
  const auto stopped = parts_.store.parked(assigning_stop(issue, person));
  return stopped && stopped->retry_at > parts_.clock.now();
}

// What came to pass is not told as kept back any more.
void CycleRun::forget_assigning_stop(const Issue& issue, const PersonRef& person) {
  if (person.empty()) return;
  const auto stop = assigning_stop(issue, person);
  if (parts_.store.parked(stop)) parts_.store.unpark(stop);
}

// Of people whom nobody is to assign by this configuration.
void CycleRun::forget_unasked_stops() {
  const auto asked =
      parts_.settings.write.assign_consultant ? consultants(parts_.book, report_.tracker) : std::vector<PersonRef>{};
  for (const auto& parked : parts_.store.all_parked(report_.tracker)) {
    if (is_assigning_stop(parked.key) && !is_assigning_stop(parked.key, asked)) parts_.store.unpark(parked.key);
  }
}

}  // namespace cb
