// Random calendars against a walker that looks at every minute on the wall clock: it knows nothing of weeks, sums or
// changes of the clocks. Hours begin and end outside of gaps and folds here; calendar_test.cpp has those edges.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>

#include "rules/calendar.hpp"
#include "tests/support/effort.hpp"

namespace cb {
namespace {

using std::chrono::days;
using std::chrono::minutes;

struct Walker {
  CalendarTerms terms;
  Zone zone;

  static bool inside(const std::vector<OpeningHours>& hours, int minute) {
    return std::any_of(hours.begin(), hours.end(), [&](const OpeningHours& h) {
      return h.open < h.close ? h.open <= minute && minute < h.close : minute >= h.open;
    });
  }
  static bool in_tail(const std::vector<OpeningHours>& hours, int minute) {
    return std::any_of(hours.begin(), hours.end(),
                       [&](const OpeningHours& h) { return h.close <= h.open && minute < h.close; });
  }
  [[nodiscard]] const std::vector<OpeningHours>& weekly(Date date) const {
    return terms.week[std::chrono::weekday{date}.iso_encoding() - 1];
  }
  [[nodiscard]] bool open(Instant instant) const {
    const WallTime wall = zone.local(instant);
    const auto minute = static_cast<int>(wall.time_of_day.count() / 60);
    const Date yesterday = wall.date - days{1};
    if (const auto day = terms.short_days.find(wall.date); day != terms.short_days.end()) {
      return inside(day->second, minute);
    }
    if (terms.holidays.contains(wall.date)) return false;
    if (terms.always || inside(weekly(wall.date), minute) || in_tail(weekly(yesterday), minute)) return true;
    const auto day = terms.short_days.find(yesterday);
    return day != terms.short_days.end() && in_tail(day->second, minute);
  }
};

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  int operator()(int from, int to) { return from + static_cast<int>(engine_() % static_cast<unsigned>(to - from + 1)); }
  bool one_in(int n) { return (*this)(1, n) == 1; }

 private:
  std::mt19937 engine_;
};

// Around midnight and from four in the morning on: no change of the clocks in the zones below has an end of hours
// strictly inside its gap or fold.
int random_minute(Dice& dice) {
  return dice.one_in(4) ? 0 : dice.one_in(4) ? 1440 : dice(4 * 60, 22 * 60 + 30);
}

std::vector<OpeningHours> random_hours(Dice& dice) {
  std::vector<OpeningHours> hours;
  for (int i = dice(0, 3); i > 0; --i) {
    const OpeningHours piece{random_minute(dice), random_minute(dice)};
    if (piece.open != 1440) hours.push_back(piece);
  }
  return hours;
}

CalendarTerms random_terms(Dice& dice, const std::string& zone, Date around) {
  CalendarTerms terms;
  terms.timezone = zone;
  terms.always = dice.one_in(8);
  for (auto& day : terms.week) {
    if (!dice.one_in(3)) day = random_hours(dice);
  }
  for (int i = dice(0, 4); i > 0; --i) terms.holidays.insert(around + days{dice(-9, 9)});
  for (int i = dice(0, 3); i > 0; --i) terms.short_days[around + days{dice(-9, 9)}] = random_hours(dice);
  return terms;
}

struct Place {
  const char* zone;
  const char* around;  // a change of the clocks, or the middle of nothing
};

const Place k_places[] = {
    {"Europe/Prague", "2026-03-29"},       {"Europe/Prague", "2026-10-25"},
    {"Europe/Prague", "2120-03-31"},       {"America/New_York", "2040-11-04"},
    {"Australia/Lord_Howe", "2026-04-05"}, {"Australia/Lord_Howe", "2026-10-04"},
    {"America/Sao_Paulo", "2018-02-18"},   {"America/Sao_Paulo", "2018-11-04"},
    {"Africa/Cairo", "2024-04-26"},        {"Africa/Cairo", "2024-10-31"},
    {"Asia/Beirut", "2024-03-31"},         {"Asia/Beirut", "2024-10-27"},
    {"Pacific/Apia", "2011-12-30"},        {"America/Havana", "2026-11-01"},
    {"Africa/Casablanca", "2026-02-15"},   {"Asia/Kathmandu", "2026-06-01"},
    {"Pacific/Chatham", "2026-09-27"},     {"America/Santiago", "2026-04-05"},
    {"Europe/Moscow", "2014-10-26"},       {"Etc/UTC", "1990-01-01"},
    {"Pacific/Kiritimati", "2200-12-31"},  {"Pacific/Kwajalein", "1993-08-21"},
    {"Asia/Pyongyang", "2018-05-05"},      {"Asia/Tehran", "2021-03-22"},
};

constexpr int k_length = 16 * 1440;  // minutes looked at
constexpr int k_probes = 40;         // questions about each calendar

// Open minutes from the window's start, and the answers read off them.
struct Walked {
  Instant start;
  std::vector<bool> open;
  std::vector<int> before;  // open minutes before each
  std::vector<Date> dates;

  Walked(const Walker& walker, Instant from) : start(from), before{0} {
    for (int i = 0; i < k_length; ++i) {
      open.push_back(walker.open(at(i)));
      before.push_back(before.back() + (open.back() ? 1 : 0));
      dates.push_back(walker.zone.local(at(i)).date);
    }
  }
  [[nodiscard]] Instant at(int minute) const { return start + minutes{minute}; }
  [[nodiscard]] std::optional<int> next(int from, bool wanted) const {
    for (int i = from; i < k_length; ++i) {
      if (open[static_cast<std::size_t>(i)] == wanted) return i;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::optional<int> deadline(int from, int amount) const {
    if (amount == 0) return from;
    const auto begin = before.begin();
    const auto found = std::lower_bound(begin + from, before.end(), before[static_cast<std::size_t>(from)] + amount);
    if (found == before.end()) return std::nullopt;
    return static_cast<int>(found - begin);
  }
  // The end of the last open minute of each date with any.
  [[nodiscard]] std::optional<int> closing(int from, int n) const {
    const auto receipt = next(from, true);
    if (!receipt) return std::nullopt;
    Date date = dates[static_cast<std::size_t>(*receipt)];
    std::optional<int> last;
    for (int i = *receipt; i < k_length; ++i) {
      const auto index = static_cast<std::size_t>(i);
      if (!open[index]) continue;
      if (dates[index] != date) {
        if (n-- == 0) return last;
        date = dates[index];
      }
      last = i + 1;
    }
    return std::nullopt;  // the last date may go on after the window
  }
};

void check(const Calendar& calendar, const Walked& walked, Dice& dice) {
  const int from = dice(0, k_length - 1);
  const int to = dice(0, k_length - 1);
  CAPTURE(to_iso(walked.at(from)));
  CAPTURE(to_iso(walked.at(to)));
  CHECK(calendar.is_open(walked.at(from)) == walked.open[static_cast<std::size_t>(from)]);
  const int between = walked.before[static_cast<std::size_t>(to)] - walked.before[static_cast<std::size_t>(from)];
  CHECK(calendar.between(walked.at(from), walked.at(to)).amount == minutes{std::max(0, between)});
  if (const auto open = walked.next(from, true)) {
    CHECK(calendar.next_open(walked.at(from)) == walked.at(*open));
    if (const auto close = walked.next(*open, false))
      CHECK(calendar.closing_after(walked.at(*open)) == walked.at(*close));
  }
  const BusinessTime amount{minutes{dice.one_in(5) ? dice(0, 3) : dice(0, 4000)}};
  const auto due = calendar.add(walked.at(from), amount);
  if (const auto expected = walked.deadline(from, static_cast<int>(amount.amount.count() / 60))) {
    CHECK(due == walked.at(*expected));
  }
  if (due) CHECK(calendar.between(walked.at(from), *due) == amount);
  const int n = dice(0, 4);
  CAPTURE(n);
  if (const auto close = walked.closing(from, n)) {
    CHECK(calendar.close_of_business_day(walked.at(from), n) == walked.at(*close));
  }
}

TEST_CASE("random calendars agree with a walker over minutes") {
  Dice dice{20261123};
  int made = 0;
  for (int round = 0; round < 5; round += k_stride) {
    for (const Place& place : k_places) {
      const Date around = date_from_iso(place.around).value();
      const CalendarTerms terms = random_terms(dice, place.zone, around);
      const auto calendar = Calendar::make(terms);
      if (!calendar) continue;  // the dice gave no hours at all
      ++made;
      CAPTURE(place.zone);
      CAPTURE(round);
      const Walked walked{{terms, calendar->zone()}, calendar->zone().start_of(around) - days{8}};
      for (int i = 0; i < k_probes; ++i) check(*calendar, walked, dice);
    }
  }
  CHECK(made > 100 / k_stride);
}

std::vector<Span> random_pauses(const Walked& walked, Dice& dice) {
  std::vector<Span> pauses;
  for (int i = dice(0, 5); i > 0; --i) {
    const int from = dice(0, k_length - 1);
    pauses.push_back({walked.at(from), dice.one_in(12) ? k_never : walked.at(from + dice(-10, 3000))});
  }
  return united(pauses);
}

// By the definition: minutes that are open and in no pause count.
void check_pauses(const Calendar& calendar, const Walked& walked, Dice& dice) {
  const auto pauses = random_pauses(walked, dice);
  const auto paused = [&](Instant at) {
    return std::any_of(pauses.begin(), pauses.end(), [&](const Span& s) { return s.from <= at && at < s.to; });
  };
  const int from = dice(0, k_length / 2);
  const int amount = dice(0, 2000);
  int counted = 0;
  int minute = from;
  for (; counted < amount && minute < k_length; ++minute) {
    if (walked.open[static_cast<std::size_t>(minute)] && !paused(walked.at(minute))) ++counted;
  }
  CAPTURE(to_iso(walked.at(from)));
  CAPTURE(amount);
  const auto due = calendar.add(walked.at(from), {minutes{amount}}, pauses);
  CHECK(calendar.between(walked.at(from), walked.at(minute), pauses).amount == minutes{counted});
  if (counted == amount) {
    CHECK(due == walked.at(minute));
  } else if (!pauses.empty() && pauses.back().to == k_never) {
    CHECK_FALSE(due);
  }
}

TEST_CASE("random pauses agree with a walker over minutes") {
  Dice dice{2038};
  for (const Place& place : k_places) {
    const Date around = date_from_iso(place.around).value();
    CalendarTerms terms = random_terms(dice, place.zone, around);
    terms.week[2] = {{480, 1020}};
    const auto calendar = Calendar::make(terms);
    REQUIRE(calendar);
    CAPTURE(place.zone);
    const Walked walked{{terms, calendar->zone()}, calendar->zone().start_of(around) - days{8}};
    for (int i = 0; i < k_probes; ++i) check_pauses(*calendar, walked, dice);
  }
}

}  // namespace
}  // namespace cb
