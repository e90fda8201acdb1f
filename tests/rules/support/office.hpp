// Opening hours as somebody would read them off the door: open or closed is asked of every minute by the wall clock,
// and every answer is a count of those minutes. A second opinion on rules/calendar.hpp, which it never calls. Instants
// are UTC, hours are wall time of the terms' zone. Meant for the hours of tests, which begin and end on whole minutes.
#pragma once

#include <map>
#include <vector>

#include "rules/calendar.hpp"

namespace cb::testing {

class Office {
 public:
  explicit Office(const CalendarTerms& terms);

  [[nodiscard]] bool open(Instant instant) const;
  [[nodiscard]] Seconds open_between(Instant from, Instant to) const;
  // The earliest instant at which this much open time has passed since `from`; ends at the closing, not the opening.
  [[nodiscard]] Instant after(Instant from, Seconds open_time) const;
  // Closing of the n-th business day after the day of receipt.
  [[nodiscard]] Instant closing_of_day(Instant received, int n) const;
  // Closing of a date; of a closed date, of the last open date before it.
  [[nodiscard]] Instant closing_of(Date date) const;

 private:
  struct Run {
    Instant from, to;
    Date date;
  };
  [[nodiscard]] const std::vector<Run>& runs_of(std::chrono::sys_days day) const;
  [[nodiscard]] std::vector<Run> look(std::chrono::sys_days day) const;

  CalendarTerms terms_;
  Zone zone_;
  mutable std::map<std::chrono::sys_days, std::vector<Run>> looked_;  // open minutes of a UTC day, joined
};

}  // namespace cb::testing
