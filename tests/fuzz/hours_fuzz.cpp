// Opening hours and short days as calendars.yaml writes them: what is read without a problem is a calendar, and open
// time added to an instant is the open time between.
#include "bridge/settings/opening_hours.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

namespace {

void try_calendar(const Calendar& calendar) {
  const Instant from{std::chrono::sys_days{std::chrono::year{2026} / 3 / 27} + std::chrono::hours(13)};
  for (const auto amount : {Seconds{1}, Seconds{3600}, Seconds{100'000}}) {
    const auto to = calendar.add(from, {amount});
    if (to) must(calendar.between(from, *to).amount == amount, "the open time that was added lies between");
  }
  if (const auto open = calendar.next_open(from)) must(calendar.is_open(*open), "the next opening is open");
}

}  // namespace

void one_input(const std::string& bytes) {
  Problems problems;
  const auto root = read_yaml_text(bytes, "calendars.yaml", problems);
  if (!root) return;
  CalendarTerms terms;
  terms.timezone = "Europe/Prague";
  if (const auto* hours = root->find("hours")) read_week(*hours, terms, problems);
  if (const auto* days = root->find("short_days")) read_short_days(*days, terms, problems);
  for (const auto& problem : problems.sorted())
    must(is_one_clean_line(to_text(problem)), "a problem is one line of words: " + to_text(problem));
  const auto calendar = Calendar::make(terms);
  if (calendar && !problems.any_error()) try_calendar(*calendar);
}

}  // namespace cb::fuzz
