// When the customer is reminded to confirm a solution (E4): after `remind_after` of the plan's calendar, and again
// after each further such time, `remind_times` in all, while the confirmation is awaited.
#pragma once

#include <optional>
#include <vector>

#include "rules/decision.hpp"

namespace cb {

// Those that are due by now, oldest first; `recheck` is lowered to the next one.
std::vector<Instant> reminders_of(const std::vector<ClockReading>& clocks, const Plan& plan, const Calendar& calendar,
                                  Instant now, std::optional<Instant>& recheck);

}  // namespace cb
