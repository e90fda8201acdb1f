// Calendars of holidays: whatever the file holds, its days lie in the years that are read, and what is wrong is said.
#include "bridge/settings/ical_reader.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

void one_input(const std::string& bytes) {
  Problems problems;
  const Place place{std::make_shared<const std::string>("calendars.yaml"), 3, 5};
  const auto days = read_ical_text(bytes, "holidays.ics", place, problems);
  for (const auto day : days) {
    const auto year = static_cast<int>(std::chrono::year_month_day(day).year());
    must(year >= 1990 && year <= 2200, "holidays lie in the years that are read");
  }
  for (const auto& problem : problems.sorted())
    must(is_one_clean_line(to_text(problem)), "a problem is one line of words: " + to_text(problem));
}

}  // namespace cb::fuzz
