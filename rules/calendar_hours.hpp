// The hours of each date in wall time, before any zone is asked: overnight spans cut at midnight, holidays and short
// days put in their places. Source: vectors/README.md 2 and 3.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "rules/calendar.hpp"
#include "rules/time.hpp"

namespace cb {

using HoursOfDay = std::vector<OpeningHours>;  // open < close <= 1440, sorted, apart

struct CalendarHours {
  std::array<HoursOfDay, 7> week;      // Monday first
  std::map<Date, HoursOfDay> special;  // dates that differ from the week; closed ones are empty
  [[nodiscard]] const HoursOfDay& on(Date date) const;
};

// Empty when an hour lies outside of 0 to 1440.
std::optional<CalendarHours> hours_of(const CalendarTerms& terms);

}  // namespace cb
