// What is to be done, portion by portion: each is read, then decided, so that the claims of all its issues are known
// before the first is decided, and is forgotten before the next one is taken. Everything waits in the store: whatever
// is not done when the run ends is found there by the next one.
#include <algorithm>
#include <limits>

#include "bridge/sync/cycle_run.hpp"
#include "bridge/sync/selection.hpp"

namespace cb {

namespace {

constexpr int k_portion = 500;
constexpr int k_repeats = 50;

}  // namespace

bool CycleRun::work() {
  while (next_portion()) {
    if (!read_all() || !decide_all()) return false;
    end_portion();
    // However much is woken meanwhile: who never asks what changed is blind.
    if (options_.until && parts_.clock.now() >= *options_.until) {
      report_.unfinished = true;
      break;
    }
  }
  return true;
}

// An issue may be woken again while it is decided; but a portion that comes again and again would come for ever: what
// keeps it from being done is a fault of ours, and is told. One that others wake again and again waits for the next
// step.
bool CycleRun::comes_again(const std::vector<IssueKey>& portion) {
  const bool is_same = portion == last_portion_;
  const bool is_woken = newest_wake_ != last_newest_wake_;
  repeated_ = is_same ? repeated_ + 1 : 0;
  last_portion_ = portion;
  last_newest_wake_ = newest_wake_;
  if (portion.empty() || repeated_ < k_repeats) return false;
  if (is_woken) {
    report_.unfinished = true;
    return true;
  }
  parts_.log.error(std::to_string(portion.size()) + " issues stay to be done, the first is " +
                       to_text(portion.front()) + ": this is a fault of the program, please report it",
                   {{"tracker", report_.tracker}});
  return true;
}

bool CycleRun::next_portion() {
  take_known();
  const auto keys = to_read_.keys();
  if (comes_again(keys)) return false;
  const auto woken = options_.dry_run ? 0 : parts_.store.woken(report_.tracker);
  total_ = done_ + std::max(woken, static_cast<int>(keys.size()));
  return !keys.empty();
}

// As of an instant, or without recording anything, what was done stays to be done: then all of it is one portion.
bool CycleRun::time_stands_still() const {
  return options_.now || options_.dry_run;
}

void CycleRun::take(const IssueKey& key) {
  const bool stands = time_stands_still();
  if (!stands && to_read_.size() >= k_portion) return;
  if (!stands || taken_.insert(key).second) to_read_.push(key);
}

// First what is due, in the order of time: after a long sleep the oldest promise comes first, and waits for nothing
// that is not due.
void CycleRun::take_known() {
  auto& store = parts_.store;
  const auto& tracker = report_.tracker;
  const auto now = parts_.clock.now();
  const int most = time_stands_still() ? std::numeric_limits<int>::max() : k_portion;
  for (const auto& key : store.due(tracker, decide_at(), most)) {
    take(key);
    hurried_.insert(key);
  }
  timers_seen_ = now;
  // Unless they are the same again, and something is wrong with them.
  if (!to_read_.empty() && !time_stands_still() && to_read_.keys() != last_portion_) return;
  for (const auto& parked : store.all_parked(tracker)) {
    if (parked.retry_at <= now && !is_stop(parked.key)) take(parked.key);
  }
  const auto waiting = waiting_for_retry(parts_, now);
  for (const auto& intent : store.open_intents(tracker)) {
    const auto stored = waiting.count(intent.key) == 0 ? store.issue(intent.key) : std::nullopt;
    if (stored && !stored->gone) take(intent.key);
  }
  for (const auto& key : listed_) take(key);
  for (const auto& wake : store.wakes(tracker, now, most)) {
    newest_wake_ = std::max(newest_wake_, wake.number);
    take(wake.key);
  }
  for (const auto& key : store.decided_otherwise(tracker, parts_.book.version, now, most)) take(key);
}

void CycleRun::end_portion() {
  seen_wakes_.clear();
  alone_.clear();
  hurried_.clear();
  rounds_.clear();
  read_at_.clear();
  decided_at_change_.clear();
  if (options_.keep_rows) return;
  for (const auto& [key, row] : rows_) count(row);
  rows_.clear();
}

}  // namespace cb
