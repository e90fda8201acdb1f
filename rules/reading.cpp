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

// Terms and pauses that begin at the end or later do not concern what was stopped (ruling 8: only clocks still open).
std::vector<Era> eras_before(const std::vector<Era>& eras, Instant end) {
  std::vector<Era> out;
  for (const auto& era : eras) {
    if (out.empty() || era.from < end) out.push_back(era);
  }
  return out;
}

std::vector<Span> pauses_before(const std::vector<Span>& pauses, Instant end) {
  std::vector<Span> out;
  for (const auto& pause : pauses) {
    if (pause.from < end) out.push_back({pause.from, std::min(pause.to, end)});
  }
  return out;
}

// Promised at all: by the terms of any priority while the clock was open.
bool promised(const std::vector<Era>& eras) {
  return std::any_of(eras.begin(), eras.end(), [](const Era& era) { return era.target.has_value(); });
}

void recheck_open(const std::vector<Era>& eras, const Course& course, const Measure& measured,
                  const std::vector<double>& warn_at, Instant now, std::optional<Instant>& recheck) {
  for (const auto share : warn_at) {
    if (at_share(measured, share)) continue;
    recheck_no_later(recheck, instant_of_share(eras, course.start, measured, share, now, course.pauses), now);
  }
  if (measured.due) recheck_no_later(recheck, *measured.due + Seconds{1}, now);
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

std::optional<ClockReading> read_course(ClockName name, const std::vector<Era>& all_eras, const EraRules& rules,
                                        const Course& course, const std::vector<double>& warn_at, Instant now,
                                        std::optional<Instant>& recheck) {
  ClockReading out;
  out.name = name;
  out.start = course.start;
  // what happened first ended it
  auto stopped = course.stopped;
  auto cancelled = course.cancelled;
  if (stopped && cancelled) (*stopped <= *cancelled ? cancelled : stopped).reset();
  const bool ended = stopped || cancelled;
  const auto end = stopped ? *stopped : cancelled ? *cancelled : now;
  const auto eras = ended ? eras_before(all_eras, end) : all_eras;
  const auto pauses = ended ? pauses_before(course.pauses, end) : course.pauses;
  if (!promised(eras)) return std::nullopt;
  const auto measured = measure(eras, rules, course.start, std::max(end, course.start), pauses);
  if (!measured) return out;  // outside the years that a calendar answers
  out.calendar = measured->calendar;
  out.urgent_procedure = measured->urgent_procedure;
  out.counted = measured->counted;
  out.paused = pauses_before(pauses, end);
  out.target = measured->target;
  out.used = measured->used;
  out.left = measured->target - measured->used;
  out.due = measured->due;
  if (measured->breached_at) {
    out.state = ClockState::breached;
    out.stopped = stopped ? stopped : cancelled;
  } else if (measured->cancelled || cancelled) {
    out.state = ClockState::cancelled;
    out.stopped = measured->cancelled ? measured->cancelled_at : cancelled;
    out.due.reset();
  } else if (stopped) {
    out.state = ClockState::met;
    out.stopped = stopped;
  } else {
    out.state = open_state(*measured, course, warn_at, now);
    if (out.state == ClockState::paused) {
      out.due.reset();
    } else {
      recheck_open(eras, course, *measured, warn_at, now, recheck);
    }
  }
  return out;
}

}  // namespace cb
