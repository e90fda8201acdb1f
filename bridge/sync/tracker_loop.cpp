#include "bridge/sync/tracker_loop.hpp"

#include <algorithm>

namespace cb {

TrackerLoop::TrackerLoop(const EngineParts& parts, std::function<bool()> stop_asked, Progress progress,
                         const std::optional<LoopStatus>& before)
    : parts_(parts),
      stop_asked_(std::move(stop_asked)),
      progress_(std::move(progress)),
      rhythm_(parts.settings.poll_every),
      outages_(parts_),
      list_at_(parts_.clock.now()),
      known_at_(list_at_),
      not_before_(list_at_),
      planned_at_(list_at_) {
  if (before) status_ = *before;
  status_.tracker = parts.settings.name;
  status_.next_at = list_at_;
  try {
    if (const auto cursor = parts_.store.cursor(status_.tracker)) status_.last_list = cursor->completed_at;
  } catch (const StoreError&) {
    // The first step tells.
  }
}

CycleReport TrackerLoop::step() {
  const auto began = parts_.clock.now();
  {
    const std::lock_guard lock(mutex_);
    woken_ = false;
    // Whoever wishes for lists again and again gets no more than the quickest rhythm.
    const auto soonest = status_.last_list ? std::min(*status_.last_list, began) + k_quickest_poll : began;
    if (list_wanted_) list_at_ = std::min(list_at_, std::max(began, soonest));
    list_wanted_ = false;
  }
  // A clock that was set back would keep us waiting for the time that was taken away.
  if (began < planned_at_) list_at_ = not_before_ = began;
  const bool list = began >= list_at_;
  auto report = run(list);
  plan_next(report, list, began);
  tell_outside(report);
  tell(report);
  return report;
}

CycleReport TrackerLoop::run(bool list) {
  EngineOptions options;
  options.keep_rows = false;
  options.list = list;
  options.serve_while_listing = !status_.failing_since;
  // Then the next list is due.
  options.until = list ? parts_.clock.now() + parts_.settings.poll_every : list_at_;
  options.stop_asked = stop_asked_;
  return Engine(parts_, options, progress_).run_cycle();
}

void TrackerLoop::plan_next(const CycleReport& report, bool list, Instant began) {
  const auto now = parts_.clock.now();
  planned_at_ = now;
  if (report.stopped) return;
  if (!report.complete()) {
    not_before_ = now + rhythm_.after_failure(parts_.chance.next(), report.wait);
    if (list && !report.listed) list_at_ = not_before_;
  } else {
    not_before_ = now;
  }
  if (report.listed) {
    const bool worked = report.fetched + report.written > 0;
    list_at_ = now + (worked ? rhythm_.after_work() : rhythm_.after_nothing());
  } else if (report.complete() && report.written > 0) {
    list_at_ = std::min(list_at_, now + rhythm_.after_work());
  }
  // What fell due and met a failure is due again as soon as the tracker may be asked.
  known_at_ = !report.complete() || report.unfinished ? not_before_ : next_known(began).value_or(list_at_);
}

// What is due later than the step began. What was due before and is not done any more waits for its retry or for the
// next list.
std::optional<Instant> TrackerLoop::next_known(Instant began) {
  try {
    return parts_.store.next_due(status_.tracker, began);
  } catch (const StoreError&) {
    return {};
  }
}

bool TrackerLoop::something_is_woken() {
  try {
    return !parts_.store.wakes(status_.tracker, parts_.clock.now(), 1).empty();
  } catch (const StoreError&) {
    return false;
  }
}

// A store that fails now is told by the step's own error, or by that of the next one.
void TrackerLoop::tell_outside(const CycleReport& report) {
  try {
    if (report.complete() || report.listed) return;
    const auto cursor = parts_.store.cursor(status_.tracker);
    if (!cursor) return;  // nothing is promised before the first list
    const auto failing_since = status_.failing_since.value_or(parts_.clock.now());
    outages_.failed({cursor->completed_at, failing_since, not_before_, report.held});
  } catch (const StoreError&) {
    // As said.
  }
}

void TrackerLoop::tell(const CycleReport& report) {
  const auto now = parts_.clock.now();
  {
    // In this order: what is woken from now on calls wake() after that. Who wished for a list while the step ran still
    // waits for it.
    const std::lock_guard lock(mutex_);
    woken_ = list_wanted_ || something_is_woken();
  }
  const auto next = next_at();
  const std::lock_guard lock(mutex_);
  status_.last_step = now;
  status_.next_at = next;
  status_.error = report.error;
  status_.needs_staff = report.held || report.refused;
  if (report.complete()) {
    status_.failing_since.reset();
  } else if (!status_.failing_since) {
    status_.failing_since = now;
  }
  if (report.listed) status_.last_list = report.listed_at;
  status_.lists += report.listed ? 1 : 0;
  status_.fetched += report.fetched;
  status_.written += report.written;
  status_.unchanged += report.unchanged;
  status_.parked += report.parked;
  status_.failures += report.complete() ? 0 : 1;
}

Instant TrackerLoop::next_at() const {
  // A clock that was set back would keep us waiting for the time that was taken away.
  if (const auto now = parts_.clock.now(); now < planned_at_) return now;
  const auto planned = std::max(std::min(list_at_, known_at_), not_before_);
  const std::lock_guard lock(mutex_);
  return woken_ ? not_before_ : planned;
}

void TrackerLoop::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
}

void TrackerLoop::list_soon() {
  const std::lock_guard lock(mutex_);
  woken_ = list_wanted_ = true;
}

LoopStatus TrackerLoop::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

}  // namespace cb
