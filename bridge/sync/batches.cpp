// Several issues a request, where the tracker can. What holds for one holds for each of them: a failure is that of the
// issue alone, and each is intended before the request and recorded after it.
#include <algorithm>

#include "bridge/sync/change_text.hpp"
#include "bridge/sync/cycle_run.hpp"

namespace cb {

bool CycleRun::may_pass(const Error& error) {
  return !error.retry_after && (error.kind == ErrorKind::retry_later || error.kind == ErrorKind::bad_reply);
}

// Those that failed are asked for once more, each by itself, after one rest for all.
bool CycleRun::read_together(const std::vector<IssueKey>& keys) {
  for (const auto& key : keys) seen_wakes_[key] = parts_.store.last_wake(key);
  const auto asked_at = parts_.clock.now();
  auto answers = parts_.tracker.fetch_all(keys);
  bool rested = false;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    auto& answer = answers.at(i);
    auto this_asked_at = asked_at;
    if (!answer && may_pass(answer.error())) {
      if (!rested) parts_.clock.sleep(k_before_asking_again);
      rested = true;
      this_asked_at = parts_.clock.now();
      answer = parts_.tracker.fetch(keys[i]);
    }
    if (!take_read(keys[i], std::move(answer), this_asked_at, false)) return false;
  }
  return true;
}

bool CycleRun::may_wait(const IssueKey& key, const Changes& changes) {
  return parts_.tracker.capabilities().write_batch > 1 && PendingWrites::may_share(changes) && alone_.count(key) == 0;
}

// What was written is recorded before anything is done about what was not.
bool CycleRun::write_together(const std::vector<PendingWrite>& writes) {
  if (writes.empty()) return true;
  std::vector<WriteTarget> targets;
  for (const auto& each : writes) {
    const auto& own = each.planned.changes;
    targets.push_back({each.decision.issue, each.fetched.issue.revision, own.record, own.links});
    parts_.store.intend(
        {each.decision.issue, parts_.clock.now(), text_of(own), notices_of(each.decision, each.fetched.issue)});
  }
  const auto applied = parts_.tracker.apply_all(targets, PendingWrites::shared_part(writes.front().planned.changes));
  for (std::size_t i = 0; i < writes.size(); ++i) {
    const auto& write = writes[i];
    const auto take = [&] { return written(write.decision, write.fetched, write.planned, *applied[i]); };
    if (applied.at(i) && !contained(write.decision.issue, take)) return false;
  }
  for (std::size_t i = 0; i < writes.size(); ++i) {
    const auto& write = writes[i];
    const auto look = [&] { return not_written(write, applied[i].error()); };
    if (!applied[i] && !contained(write.decision.issue, look)) return false;
  }
  return true;
}

// It goes on as one that is written alone.
bool CycleRun::not_written(const PendingWrite& write, const Error& error) {
  const auto& key = write.decision.issue;
  alone_.insert(key);
  if (error.kind == ErrorKind::stale) {
    tell_stale(key);
    return decide_once(key, 1);
  }
  show_failed(write.decision, write.fetched);
  return failed_write(key, error);
}

// Once nothing else is to be decided. A group that wakes others comes before the next one: theirs may wait in it.
bool CycleRun::write_waiting() {
  while (to_decide_.empty()) {
    const auto group = pending_.next();
    if (group.empty()) return true;
    if (!contained(group.front().decision.issue, [&] { return write_together(group); })) return false;
  }
  return true;
}

}  // namespace cb
