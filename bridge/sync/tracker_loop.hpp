// The endless life of one tracker's engine, step by step: list when the rhythm says so, and in between what falls due,
// was woken or comes back from a failure, at its second. Knows no thread and never waits: whoever drives it (a thread
// of the service, or a test on virtual time) calls step() and then again at next_at(), or earlier when something woke
// an issue in the store. One thread at a time; status() from any. Instants are UTC by our clock.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "bridge/sync/engine.hpp"
#include "bridge/sync/outages.hpp"
#include "bridge/sync/rhythm.hpp"

namespace cb {

// What people and monitors are told about a tracker.
struct LoopStatus {
  std::string tracker;
  std::optional<Instant> last_list;      // the last complete list: what changed before it is known
  std::optional<Instant> last_step;      // end of the last step, whatever came of it
  std::optional<Instant> failing_since;  // empty: the last step was complete
  std::string error;                     // of the last step; empty when it was complete
  bool needs_staff = false;              // what failed does not pass by itself
  Instant next_at;
  std::int64_t lists = 0, fetched = 0, written = 0, unchanged = 0, parked = 0,
               failures = 0;  // since it was served first
};

class TrackerLoop {
 public:
  // What `parts` refers to must outlive the loop. `stop_asked` is asked between two issues. `before`: of the loop whose
  // place it takes, whose counts and failure go on.
  explicit TrackerLoop(const EngineParts& parts, std::function<bool()> stop_asked = {}, Progress progress = {},
                       const std::optional<LoopStatus>& before = {});

  // Does what is to be done now, and never throws but what the ports throw on purpose (a test's crash).
  CycleReport step();
  // When to call step() next; in the past: now.
  [[nodiscard]] Instant next_at() const;
  // Something was woken in the store: the next step is due at once, unless the tracker asked to be left alone.
  void wake();
  // The same, and the step lists: something is new of which only a list tells whether it is served here.
  void list_soon();
  [[nodiscard]] LoopStatus status() const;

 private:
  [[nodiscard]] CycleReport run(bool list);
  void plan_next(const CycleReport& report, bool list, Instant began);
  void tell(const CycleReport& report);
  void tell_outside(const CycleReport& report);
  [[nodiscard]] bool something_is_woken();
  [[nodiscard]] std::optional<Instant> next_known(Instant began);

  EngineParts parts_;
  std::function<bool()> stop_asked_;
  Progress progress_;
  Rhythm rhythm_;
  Outages outages_;
  Instant list_at_;           // the next list
  Instant known_at_;          // the next that is due or woken
  Instant not_before_;        // a failing tracker is left alone until then
  Instant planned_at_;        // when these three were set: a clock that was set back must not make us wait for hours
  mutable std::mutex mutex_;  // guards what follows
  bool woken_ = false;
  bool list_wanted_ = false;
  LoopStatus status_;
};

}  // namespace cb
