// What falls due while a portion, or a long list, is under way goes first, between two requests for others: a promise
// is shown at its second also where a thousand other issues are to be read. It is decided by what the store knows of
// the claims of others, as it would have been a moment before the portion.
#include <algorithm>

#include "bridge/sync/cycle_run.hpp"

namespace cb {

namespace {
constexpr int k_at_once = 20;
}

// The store is asked once a second at most: no instant is finer.
bool CycleRun::serve_due() {
  const auto now = parts_.clock.now();
  if (time_stands_still() || now == timers_seen_) return true;
  timers_seen_ = now;
  for (const auto& key : parts_.store.due(report_.tracker, now, k_at_once)) {
    // Once for each portion: one that stays due is its next portion's.
    if (!hurried_.insert(key).second) continue;
    if (asked_to_stop() || !serve(key)) return false;
  }
  return true;
}

// It is written by itself: the others of its request would wait for the portion.
bool CycleRun::serve(const IssueKey& key) {
  const bool was_counted = to_read_.erase(key) || to_decide_.erase(key) || later_.erase(key);
  if (!was_counted) ++total_;
  alone_.insert(key);
  if (!decide(key)) return false;
  ++done_;
  return true;
}

}  // namespace cb
