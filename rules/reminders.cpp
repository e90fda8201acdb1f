#include "rules/reminders.hpp"

#include <algorithm>

#include "rules/measure.hpp"
#include "rules/reading.hpp"

namespace cb {

std::vector<Instant> reminders_of(const std::vector<ClockReading>& clocks, const Plan& plan, const Calendar& calendar,
                                  Instant now, std::optional<Instant>& recheck) {
  std::vector<Instant> out;
  const auto clock = std::find_if(clocks.begin(), clocks.end(),
                                  [](const ClockReading& each) { return each.name == ClockName::confirmation; });
  if (clock == clocks.end() || clock->state != ClockState::running || !clock->start) return out;
  if (!plan.confirmation || !plan.confirmation->remind_after) return out;
  for (int number = 1; number <= plan.confirmation->remind_times; ++number) {
    auto after = *plan.confirmation->remind_after;
    after.business_days *= number;
    after.open_time *= number;
    const auto open_time = open_time_of(after, calendar, *clock->start);
    const auto at = open_time ? calendar.add(*clock->start, *open_time) : std::nullopt;
    if (!at || (clock->due && *at > *clock->due)) break;
    if (*at > now) {
      recheck_no_later(recheck, at, now);
      break;
    }
    out.push_back(*at);
  }
  return out;
}

}  // namespace cb
