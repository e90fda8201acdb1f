#include "rules/reading.hpp"

#include <algorithm>

namespace cb {
namespace {

bool is_paused(const std::vector<Span>& pauses, Instant now) {
  return std::any_of(pauses.begin(), pauses.end(),
                     [&](const Span& pause) { return pause.from <= now && now < pause.to; });
}

bool at_share(const Measure& measured, double share) {
  const auto used = static_cast<double>(measured.used.amount.count());
  return used >= share * static_cast<double>(measured.target.amount.count());
}

ClockState open_state(const Measure& measured, const Course& course, const std::vector<double>& warn_at, Instant now) {
  if (is_paused(course.pauses, now)) return ClockState::paused;
  const bool risk =
      std::any_of(warn_at.begin(), warn_at.end(), [&](double share) { return at_share(measured, share); });
  return risk ? ClockState::at_risk : ClockState::running;
}

}  // namespace

void recheck_no_later(std::optional<Instant>& recheck, std::optional<Instant> at, Instant now) {
  if (at && *at > now && (!recheck || *at < *recheck)) recheck = at;
}

ClockReading not_started(ClockName name, const CalendarId& calendar, int cycle) {
  ClockReading out;
  out.name = name;
  out.calendar = calendar;
  out.cycle = cycle;
  return out;
}

ClockReading read_course(ClockName name, const std::vector<Era>& eras, const EraRules& rules, const Course& course,
                         const std::vector<double>& warn_at, Instant now, std::optional<Instant>& recheck) {
  ClockReading out;
  out.name = name;
  out.start = course.start;
  // what happened first ended it
  auto stopped = course.stopped;
  auto cancelled = course.cancelled;
  if (stopped && cancelled) (*stopped <= *cancelled ? cancelled : stopped).reset();
  const auto end = stopped ? *stopped : cancelled ? *cancelled : now;
  const auto measured = measure(eras, rules, course.start, std::max(end, course.start), course.pauses);
  if (!measured) return out;  // outside the years that a calendar answers
  out.calendar = measured->calendar;
  out.urgent_procedure = measured->urgent_procedure;
  out.counted = measured->counted;
  for (const auto& pause : course.pauses) {
    if (pause.from < end) out.paused.push_back({pause.from, std::min(pause.to, end)});
  }
  out.target = measured->target;
  out.used = measured->used;
  out.left = measured->target - measured->used;
  out.due = measured->due;
  if (measured->breached_at) {
    out.state = ClockState::breached;
    out.stopped = stopped ? stopped : cancelled;
  } else if (cancelled || measured->cancelled) {
    out.state = ClockState::cancelled;
    out.stopped = cancelled ? cancelled : measured->cancelled_at;
    out.due.reset();
  } else if (stopped) {
    out.state = ClockState::met;
    out.stopped = stopped;
  } else {
    out.state = open_state(*measured, course, warn_at, now);
    if (out.state == ClockState::paused) {
      out.due.reset();
    } else {
      for (const auto share : warn_at) {
        if (!at_share(*measured, share)) {
          recheck_no_later(recheck, instant_of_share(eras, course.start, *measured, share, now, course.pauses), now);
        }
      }
      if (out.due) recheck_no_later(recheck, *out.due + Seconds{1}, now);
    }
  }
  return out;
}

}  // namespace cb
