// Turns one measured promise into a reading: state, due, used, left. Shared by all clocks.
#pragma once

#include <optional>
#include <vector>

#include "rules/clock.hpp"
#include "rules/measure.hpp"

namespace cb {

struct Course {
  Instant start;
  std::optional<Instant> stopped;
  std::optional<Instant> cancelled;
  std::vector<Span> pauses;  // united
};

// Empty when no era before its end promised anything. What comes after the end moves nothing any more.
std::optional<ClockReading> read_course(ClockName name, const std::vector<Era>& eras, const EraRules& rules,
                                        const Course& course, const std::vector<double>& warn_at, Instant now,
                                        std::optional<Instant>& recheck);

ClockReading not_started(ClockName name, const CalendarId& calendar, int cycle);

// Keeps the earliest instant after now.
void recheck_no_later(std::optional<Instant>& recheck, std::optional<Instant> at, Instant now);

}  // namespace cb
