// What falls due while a portion, or a long list, is under way goes first, between two requests for others: a promise
// is shown at its second also where a thousand other issues are to be read. It is decided by what the store knows of
// the claims of others, as it would have been a moment before the portion.
#include "bridge/sync/cycle_run.hpp"

namespace cb {

// The store is asked once a second at most: no instant is finer.
bool CycleRun::serve_due(int most) {
  const auto now = parts_.clock.now();
  if (time_stands_still() || now == timers_seen_) return true;
  timers_seen_ = now;
  int served = 0;
  // Those that stay due come first, and must not hide the others.
  for (const auto& key : parts_.store.due(report_.tracker, now, most + static_cast<int>(hurried_.size()))) {
    // Until it is recorded: one that fails and stays due is its next portion's.
    if (!hurried_.insert(key).second) continue;
    if (asked_to_stop() || !serve(key)) return false;
    if (++served == most) break;
  }
  return true;
}

// It is written by itself: the others of its request would wait for the portion.
bool CycleRun::serve(const IssueKey& key) {
  const bool was_to_read = to_read_.erase(key), was_to_decide = to_decide_.erase(key), was_late = later_.erase(key);
  if (!was_to_read && !was_to_decide && !was_late) ++total_;
  tell("deciding", done_, total_);
  // What was read with its portion may be minutes old, and a breach that is told outside cannot be taken back.
  pending_.take_back(key);
  fetched_.erase(key);
  alone_.insert(key);
  if (!decide(key)) return false;
  ++done_;
  return true;
}

}  // namespace cb
