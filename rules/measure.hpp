// One promise measured over time: the terms that were in force (eras), the pauses, the deadline that follows, the open
// time that counted. Deadlines under changing terms: rulings 8 and 30; edges: rulings 17, 18, 50, 58.
#pragma once

#include <optional>
#include <vector>

#include "rules/calendar.hpp"
#include "rules/decision.hpp"
#include "rules/plan.hpp"

namespace cb {

// Terms of one promise from `from` until the next era.
struct Era {
  Instant from;
  std::optional<Target> target;  // empty: nothing is promised under this priority
  const Calendar* calendar = nullptr;
  CalendarId calendar_id;
  bool urgent_procedure = false;
  Priority priority = Priority::normal;  // effective
};

struct EraRules {
  bool restart = false;       // on_priority_change: restart
  double raise_share = 0.25;  // of the new target's open time, at least, from the change on
};

struct Measure {
  std::optional<Instant> due;          // empty while an open pause keeps it uncertain, or without a target
  std::optional<Instant> breached_at;  // the deadline that was missed
  bool cancelled = false;              // the terms in force promise nothing
  std::optional<Instant> cancelled_at;
  BusinessTime target;  // with what a change of priority added
  BusinessTime used;    // to the end, or to where the promise was cancelled
  CalendarId calendar;
  bool urgent_procedure = false;
  std::vector<Span> counted;
};

// Measures from `start` until `end` (stopped or now). `eras` are in order and the first holds at `start`; `pauses` are
// united. Empty when a calendar cannot answer (outside 1990 to 2200).
std::optional<Measure> measure(const std::vector<Era>& eras, const EraRules& rules, Instant start, Instant end,
                               const std::vector<Span>& pauses);

// The instant at which this share of the target is used up, if nothing changes; empty in an open pause.
std::optional<Instant> instant_of_share(const std::vector<Era>& eras, Instant start, const Measure& measured,
                                        double share, Instant end, const std::vector<Span>& pauses);

// Open time of a target that starts then (a bd target is turned into open time once, as if nothing paused).
std::optional<BusinessTime> open_time_of(const Target& target, const Calendar& calendar, Instant start);

}  // namespace cb
