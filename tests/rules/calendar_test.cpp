// Calendars at their edges: a second before, at and after; changes of the clocks; the first and last years.
#include "rules/calendar.hpp"

#include <doctest/doctest.h>

#include <string>

namespace cb {
namespace {

using namespace std::chrono_literals;
using Hours = std::vector<OpeningHours>;

constexpr int h(int hour, int minute = 0) {
  return hour * 60 + minute;
}
Instant at(const char* text) {
  return instant_from_iso(text).value();
}
Date on(const char* text) {
  return date_from_iso(text).value();
}
std::string shown(std::optional<Instant> instant) {
  return instant ? to_iso(*instant) : "none";
}

// The same hours from Monday on, for so many days.
CalendarTerms terms_of(const char* zone, int number_of_days, const Hours& hours) {
  CalendarTerms terms;
  terms.timezone = zone;
  for (int day = 0; day < number_of_days; ++day) terms.week[static_cast<std::size_t>(day)] = hours;
  return terms;
}

Calendar made(const CalendarTerms& terms) {
  const auto calendar = Calendar::make(terms);
  REQUIRE(calendar);
  return *calendar;
}

Calendar always(const char* zone) {
  CalendarTerms terms;
  terms.timezone = zone;
  terms.always = true;
  return made(terms);
}

Calendar prague() {
  return made(terms_of("Europe/Prague", 5, {{h(9), h(18)}}));
}

TEST_CASE("a calendar that cannot be is not made") {
  CHECK_FALSE(Calendar::make(terms_of("Europe/Nowhere", 5, {{h(9), h(18)}})));
  CHECK_FALSE(Calendar::make(terms_of("Europe/Prague", 0, {})));
  CHECK_FALSE(Calendar::make(terms_of("Europe/Prague", 5, {{h(9), h(24, 1)}})));
  CHECK_FALSE(Calendar::make(terms_of("Europe/Prague", 5, {{-1, h(9)}})));
  CalendarTerms too_late = terms_of("Europe/Prague", 0, {});
  too_late.short_days[on("2400-01-01")] = {{h(9), h(10)}};
  CHECK_FALSE(Calendar::make(too_late));
}

TEST_CASE("deadlines in an office week") {
  const Calendar calendar = prague();
  struct Row {
    const char* name;
    const char* from;
    Seconds time;
    const char* due;
  };
  const Row rows[] = {
      {"inside a day", "2026-11-23T09:00:00Z", 2h, "2026-11-23T11:00:00Z"},
      {"a second", "2026-11-23T09:00:00Z", 1s, "2026-11-23T09:00:01Z"},
      {"a second before closing", "2026-11-23T16:59:59Z", 1s, "2026-11-23T17:00:00Z"},
      {"two seconds before closing", "2026-11-23T16:59:59Z", 2s, "2026-11-24T08:00:01Z"},
      {"at closing", "2026-11-23T17:00:00Z", 1s, "2026-11-24T08:00:01Z"},
      {"exactly to closing", "2026-11-23T08:00:00Z", 9h, "2026-11-23T17:00:00Z"},
      {"a second more", "2026-11-23T08:00:00Z", 9h + 1s, "2026-11-24T08:00:01Z"},
      {"a second before opening", "2026-11-23T07:59:59Z", 9h, "2026-11-23T17:00:00Z"},
      {"over the weekend", "2026-11-27T16:00:00Z", 2h, "2026-11-30T09:00:00Z"},
      {"a week to its closing", "2026-11-23T08:00:00Z", 45h, "2026-11-27T17:00:00Z"},
      {"over the clocks' change", "2026-03-27T16:00:00Z", 2h, "2026-03-30T08:00:00Z"},
      {"nothing", "2026-11-23T03:00:00Z", 0s, "2026-11-23T03:00:00Z"},
      {"less than nothing", "2026-11-23T03:00:00Z", -1h, "2026-11-23T03:00:00Z"},
      {"a year", "2026-11-23T08:00:00Z", 52 * 45h, "2027-11-19T17:00:00Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(shown(calendar.add(at(row.from), {row.time})) == row.due);
    CHECK(calendar.between(at(row.from), at(row.due)).amount == std::max(row.time, Seconds{0}));
  }
}

TEST_CASE("open or closed, to the second") {
  const Calendar calendar = prague();
  CHECK_FALSE(calendar.is_open(at("2026-11-23T07:59:59Z")));
  CHECK(calendar.is_open(at("2026-11-23T08:00:00Z")));
  CHECK(calendar.is_open(at("2026-11-23T16:59:59Z")));
  CHECK_FALSE(calendar.is_open(at("2026-11-23T17:00:00Z")));
  CHECK(shown(calendar.next_open(at("2026-11-23T07:59:59Z"))) == "2026-11-23T08:00:00Z");
  CHECK(shown(calendar.next_open(at("2026-11-23T08:00:00Z"))) == "2026-11-23T08:00:00Z");
  CHECK(shown(calendar.next_open(at("2026-11-27T17:00:00Z"))) == "2026-11-30T08:00:00Z");
  CHECK(shown(calendar.closing_after(at("2026-11-23T16:59:59Z"))) == "2026-11-23T17:00:00Z");
  CHECK(shown(calendar.closing_after(at("2026-11-23T17:00:00Z"))) == "none");
}

TEST_CASE("days of the changing clocks are shorter and longer") {
  struct Row {
    const char* zone;
    const char* from;
    const char* to;
    Seconds open;
  };
  const Row rows[] = {
      {"Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23h},
      {"Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25h},
      {"Europe/Berlin", "2150-03-28T23:00:00Z", "2150-03-29T22:00:00Z", 23h},
      {"Australia/Lord_Howe", "2026-10-03T13:30:00Z", "2026-10-04T13:00:00Z", 23h + 30min},
      {"Australia/Lord_Howe", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z", 24h + 30min},
      {"Pacific/Apia", "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z", 48h},
  };
  for (const Row& row : rows) {
    CAPTURE(row.zone);
    CAPTURE(row.from);
    CHECK(always(row.zone).between(at(row.from), at(row.to)).amount == row.open);
    CHECK(shown(always(row.zone).add(at(row.from), {row.open})) == row.to);
  }
}

TEST_CASE("hours that begin or end inside a gap or a fold") {
  struct Row {
    const char* name;
    const char* zone;
    const char* sunday;
    OpeningHours hours;
    const char* opens;
    const char* closes;
  };
  const Row rows[] = {
      {"opens in the gap: at its end",
       "Europe/Prague",
       "2026-03-29",
       {h(2, 30), h(5)},
       "2026-03-29T01:00:00Z",
       "2026-03-29T03:00:00Z"},
      {"closes in the gap: at its end",
       "Europe/Prague",
       "2026-03-29",
       {h(1), h(2, 30)},
       "2026-03-29T00:00:00Z",
       "2026-03-29T01:00:00Z"},
      {"opens in the fold: the first time",
       "Europe/Prague",
       "2026-10-25",
       {h(2, 30), h(5)},
       "2026-10-25T00:30:00Z",
       "2026-10-25T04:00:00Z"},
      {"closes in the fold: the second time",
       "Europe/Prague",
       "2026-10-25",
       {h(1), h(2, 30)},
       "2026-10-24T23:00:00Z",
       "2026-10-25T01:30:00Z"},
      {"both in the fold",
       "Europe/Prague",
       "2026-10-25",
       {h(2, 10), h(2, 20)},
       "2026-10-25T00:10:00Z",
       "2026-10-25T01:20:00Z"},
      {"closes where the fold begins",
       "Europe/Prague",
       "2026-10-25",
       {h(1), h(2)},
       "2026-10-24T23:00:00Z",
       "2026-10-25T00:00:00Z"},
      {"closes where the fold ends",
       "Europe/Prague",
       "2026-10-25",
       {h(1), h(3)},
       "2026-10-24T23:00:00Z",
       "2026-10-25T02:00:00Z"},
      {"half an hour's gap",
       "Australia/Lord_Howe",
       "2026-10-04",
       {h(2, 10), h(4)},
       "2026-10-03T15:30:00Z",
       "2026-10-03T17:00:00Z"},
      {"midnight in the gap",
       "America/Sao_Paulo",
       "2018-11-04",
       {h(0), h(6)},
       "2018-11-04T03:00:00Z",
       "2018-11-04T08:00:00Z"},
      {"midnight in the fold",
       "America/Havana",
       "2026-11-01",
       {h(0), h(6)},
       "2026-11-01T04:00:00Z",
       "2026-11-01T11:00:00Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CalendarTerms terms = terms_of(row.zone, 0, {});
    terms.week[6] = {row.hours};
    const Calendar calendar = made(terms);
    const Instant opens = at(row.opens);
    const Instant closes = at(row.closes);
    CHECK(shown(calendar.next_open(opens - 1h)) == row.opens);
    CHECK(shown(calendar.closing_after(opens)) == row.closes);
    CHECK_FALSE(calendar.is_open(opens - 1s));
    CHECK(calendar.is_open(closes - 1s));
    CHECK_FALSE(calendar.is_open(closes));
    CHECK(shown(calendar.closing_of(on(row.sunday))) == row.closes);
    CHECK(shown(calendar.add(opens, {closes - opens})) == row.closes);
  }
}

TEST_CASE("hours that lie in the gap as a whole are none, and make no business day") {
  CalendarTerms terms = terms_of("Europe/Prague", 0, {});
  terms.week[6] = {{h(2, 10), h(2, 50)}};
  const Calendar calendar = made(terms);
  CHECK(shown(calendar.next_open(at("2026-03-23T00:00:00Z"))) == "2026-04-05T00:10:00Z");
  CHECK(shown(calendar.closing_of(on("2026-03-29"))) == "2026-03-22T01:50:00Z");
}

TEST_CASE("a date that the zone skips has no hours") {
  const Calendar calendar = made(terms_of("Pacific/Apia", 5, {{h(8), h(16, 30)}}));
  CHECK(shown(calendar.close_of_business_day(at("2011-12-29T20:00:00Z"), 0)) == "2011-12-30T02:30:00Z");  // Thursday
  CHECK(shown(calendar.close_of_business_day(at("2011-12-29T20:00:00Z"), 1)) == "2012-01-02T02:30:00Z");  // Monday
  CHECK(shown(calendar.closing_of(on("2011-12-30"))) == "2011-12-30T02:30:00Z");
}

TEST_CASE("overnight hours are cut at midnight, each piece on its own date") {
  CalendarTerms terms = terms_of("Europe/Prague", 0, {});
  terms.week[4] = {{h(22), h(6)}};  // Friday to Saturday
  const auto friday = at("2026-11-27T12:00:00Z");
  CHECK(shown(made(terms).add(friday, {8h})) == "2026-11-28T05:00:00Z");
  CHECK(shown(made(terms).close_of_business_day(friday, 0)) == "2026-11-27T23:00:00Z");
  CHECK(shown(made(terms).close_of_business_day(friday, 1)) == "2026-11-28T05:00:00Z");

  CalendarTerms saturday_off = terms;
  saturday_off.holidays = {on("2026-11-28")};
  CHECK(shown(made(saturday_off).closing_after(at("2026-11-27T22:00:00Z"))) == "2026-11-27T23:00:00Z");

  CalendarTerms friday_off = terms;
  friday_off.holidays = {on("2026-11-27")};
  CHECK(shown(made(friday_off).next_open(friday)) == "2026-11-27T23:00:00Z");

  CalendarTerms short_saturday = terms;
  short_saturday.short_days[on("2026-11-28")] = {{h(10), h(12)}};  // replaces the tail too
  CHECK(made(short_saturday).between(friday, at("2026-11-29T00:00:00Z")).amount == 4h);

  CalendarTerms all_day = terms_of("Europe/Prague", 1, {{h(9), h(9)}});  // a day's length from nine
  CHECK(made(all_day).between(at("2026-11-23T00:00:00Z"), at("2026-11-25T00:00:00Z")).amount == 24h);
}

TEST_CASE("a short day replaces the hours of its date and wins over a holiday") {
  CalendarTerms terms = terms_of("Europe/Prague", 5, {{h(9), h(18)}});
  terms.holidays = {on("2026-12-23"), on("2026-12-24")};
  terms.short_days[on("2026-12-24")] = {{h(9), h(12)}};
  terms.short_days[on("2026-12-25")] = {};
  terms.short_days[on("2026-12-26")] = {{h(22), h(2)}};  // a Saturday, into Sunday
  const Calendar calendar = made(terms);
  const auto open_on = [&](const char* date) {
    const Zone& zone = calendar.zone();
    return calendar.between(zone.start_of(on(date)), zone.start_of(on(date) + std::chrono::days{1})).amount;
  };
  CHECK(open_on("2026-12-22") == 9h);
  CHECK(open_on("2026-12-23") == 0h);
  CHECK(open_on("2026-12-24") == 3h);
  CHECK(open_on("2026-12-25") == 0h);
  CHECK(open_on("2026-12-26") == 2h);
  CHECK(open_on("2026-12-27") == 2h);
  CHECK(open_on("2026-12-28") == 9h);
}

TEST_CASE("business days by closing") {
  CalendarTerms terms = terms_of("Europe/Prague", 5, {{h(9), h(12)}, {h(12, 30), h(17)}});
  terms.holidays = {on("2026-11-17")};
  const Calendar calendar = made(terms);
  struct Row {
    const char* name;
    const char* received;
    int n;
    const char* close;
  };
  const Row rows[] = {
      {"the day of receipt", "2026-11-16T10:00:00Z", 0, "2026-11-16T16:00:00Z"},
      {"before opening", "2026-11-16T07:59:59Z", 0, "2026-11-16T16:00:00Z"},
      {"in the lunch break", "2026-11-16T11:15:00Z", 0, "2026-11-16T16:00:00Z"},
      {"a second before closing", "2026-11-16T15:59:59Z", 0, "2026-11-16T16:00:00Z"},
      {"at closing: the next business day, over the holiday", "2026-11-16T16:00:00Z", 0, "2026-11-18T16:00:00Z"},
      {"the next over a holiday", "2026-11-16T10:00:00Z", 1, "2026-11-18T16:00:00Z"},
      {"two from a Sunday", "2026-11-22T10:00:00Z", 2, "2026-11-25T16:00:00Z"},
      {"many", "2026-11-23T10:00:00Z", 100, "2027-04-12T15:00:00Z"},
      {"less than none", "2026-11-23T10:00:00Z", -1, "none"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(shown(calendar.close_of_business_day(at(row.received), row.n)) == row.close);
  }
  CHECK(shown(calendar.closing_of(on("2026-11-16"))) == "2026-11-16T16:00:00Z");
  CHECK(shown(calendar.closing_of(on("2026-11-17"))) == "2026-11-16T16:00:00Z");
  CHECK(shown(calendar.closing_of(on("2026-11-22"))) == "2026-11-20T16:00:00Z");
}

}  // namespace
}  // namespace cb
