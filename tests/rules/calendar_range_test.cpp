// Calendars far away and far apart: the first and last years, sparse hours, hours without end, pauses, open spans.
#include <doctest/doctest.h>

#include <string>

#include "rules/calendar.hpp"

namespace cb {
namespace {

using namespace std::chrono_literals;

Instant at(const char* text) {
  return instant_from_iso(text).value();
}
Date on(const char* text) {
  return date_from_iso(text).value();
}
std::string shown(std::optional<Instant> instant) {
  return instant ? to_iso(*instant) : "none";
}

Calendar made(const CalendarTerms& terms) {
  const auto calendar = Calendar::make(terms);
  REQUIRE(calendar);
  return *calendar;
}

Calendar office(const char* zone) {
  CalendarTerms terms;
  terms.timezone = zone;
  for (std::size_t day = 0; day < 5; ++day) terms.week[day] = {{540, 1080}};
  return made(terms);
}

Calendar always(const char* zone) {
  CalendarTerms terms;
  terms.timezone = zone;
  terms.always = true;
  return made(terms);
}

// One half hour a week, Tuesday from ten.
Calendar sparse() {
  CalendarTerms terms;
  terms.timezone = "Europe/Warsaw";
  terms.week[1] = {{600, 630}};
  return made(terms);
}

TEST_CASE("no year is refused between 1990 and 2200, anywhere") {
  for (const char* zone : {"Europe/Prague", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kolkata"}) {
    CAPTURE(zone);
    const Calendar calendar = office(zone);
    for (int year = 1990; year <= 2200; ++year) {
      CAPTURE(year);
      const Date new_year{std::chrono::local_days{std::chrono::year{year} / 1 / 1}};
      const Instant start = calendar.zone().start_of(new_year);
      const auto due = calendar.add(start, {45h});
      REQUIRE(due);
      CHECK(calendar.between(start, *due).amount == 45h);
      CHECK(*due - start <= std::chrono::days{7});
      CHECK(calendar.closing_after(*due - 1s) == due);
    }
  }
}

TEST_CASE("summer time after 2037, and the seconds beyond 32 bits") {
  const Calendar calendar = office("Europe/Prague");
  CHECK(shown(calendar.next_open(at("2037-07-05T00:00:00Z"))) == "2037-07-06T07:00:00Z");
  CHECK(shown(calendar.next_open(at("2038-01-18T17:00:00Z"))) == "2038-01-19T08:00:00Z");
  CHECK(shown(calendar.next_open(at("2038-07-04T00:00:00Z"))) == "2038-07-05T07:00:00Z");
  CHECK(shown(calendar.next_open(at("2200-07-06T00:00:00Z"))) == "2200-07-07T07:00:00Z");
  CHECK(shown(always("Etc/UTC").add(at("2038-01-19T03:14:07Z"), {1s})) == "2038-01-19T03:14:08Z");
}

TEST_CASE("a deadline from the last day goes on for a century, and there is an end to it") {
  const Calendar calendar = office("Europe/Prague");
  const Instant last = at("2200-12-31T22:59:59Z");
  CHECK(shown(calendar.add(last, {9h})) == "2201-01-01T17:00:00Z");
  CHECK(calendar.add(last, {2000 * 9h}));
  CHECK(sparse().add(last, {1000 * 30min}));
  CHECK(shown(calendar.add(last, {Seconds::max()})) == "none");
  CHECK(shown(calendar.add(at("2301-01-01T00:00:00Z"), {1s})) == "none");
  CHECK(shown(calendar.add(at("1969-12-31T23:59:59Z"), {1s})) == "none");
  CHECK(shown(calendar.add(k_never, {1s})) == "none");
  CHECK(shown(calendar.add(at("1969-12-31T23:59:59Z"), {})) == "1969-12-31T23:59:59Z");
  CHECK(shown(calendar.next_open(at("1960-01-01T00:00:00Z"))) == "none");
  CHECK_FALSE(calendar.is_open(k_never));
  CHECK_FALSE(calendar.is_open(Instant::min()));
  CHECK(calendar.close_of_business_day(last, 100000) == std::nullopt);
  CHECK(calendar.closing_of(on("1960-01-01")) == std::nullopt);
}

TEST_CASE("elapsed time at the ends of what is known") {
  const Calendar calendar = always("Etc/UTC");
  const Instant from = at("2026-11-23T00:00:00Z");
  CHECK(calendar.between(from, from).amount == 0s);
  CHECK(calendar.between(from, from - 1s).amount == 0s);
  CHECK(calendar.between(from, k_never).amount == at("2301-01-01T00:00:00Z") - from);
  CHECK(calendar.between(Instant::min(), from).amount == from.time_since_epoch());
  CHECK(calendar.between(Instant::min(), k_never).amount == at("2301-01-01T00:00:00Z").time_since_epoch());
}

TEST_CASE("a half hour a week") {
  const Calendar calendar = sparse();
  CHECK(shown(calendar.add(at("2026-11-23T00:00:00Z"), {30min})) == "2026-11-24T09:30:00Z");
  CHECK(shown(calendar.add(at("2026-11-23T00:00:00Z"), {30min + 1s})) == "2026-12-01T09:00:01Z");
  CHECK(shown(calendar.add(at("2026-11-23T00:00:00Z"), {53 * 30min})) == "2027-11-23T09:30:00Z");
  CHECK(shown(calendar.close_of_business_day(at("2026-11-24T09:30:00Z"), 1)) == "2026-12-08T09:30:00Z");
}

TEST_CASE("open on short days alone") {
  CalendarTerms terms;
  terms.timezone = "Asia/Kolkata";
  terms.short_days[on("2026-11-08")] = {{1095, 1155}};
  terms.short_days[on("2045-10-31")] = {{1095, 1155}};
  const Calendar calendar = made(terms);
  CHECK(shown(calendar.next_open(at("1990-01-01T00:00:00Z"))) == "2026-11-08T12:45:00Z");
  CHECK(shown(calendar.add(at("2026-11-08T13:00:00Z"), {1h})) == "2045-10-31T13:00:00Z");
  CHECK(shown(calendar.close_of_business_day(at("2026-11-09T00:00:00Z"), 0)) == "2045-10-31T13:45:00Z");
  CHECK(shown(calendar.add(at("2045-10-31T13:45:00Z"), {1s})) == "none");
}

// Most of the open time in few of the weeks: the index over open time has long stretches to jump.
TEST_CASE("uneven calendars find their weeks") {
  CalendarTerms terms;
  terms.timezone = "Europe/Prague";
  terms.week[0] = {{0, 1}};
  for (int day = 0; day < 400; ++day) terms.short_days[on("2030-01-01") + std::chrono::days{day}] = {{0, 1440}};
  const Calendar calendar = made(terms);
  for (const char* from :
       {"1990-01-01T00:00:00Z", "2029-12-31T22:59:00Z", "2030-06-01T00:00:00Z", "2031-03-01T00:00:00Z"}) {
    for (const Seconds time :
         {Seconds{1}, Seconds{60}, Seconds{61}, Seconds{3600}, Seconds{200h}, Seconds{61min * 40}}) {
      CAPTURE(from);
      CAPTURE(time.count());
      const auto due = calendar.add(at(from), {time});
      REQUIRE(due);
      CHECK(calendar.between(at(from), *due).amount == time);
      CHECK(calendar.between(at(from), *due - 1s).amount == time - 1s);
    }
  }
}

TEST_CASE("many short hours in one day") {
  CalendarTerms terms;
  terms.timezone = "Europe/Prague";
  for (int minute = 0; minute < 1440; minute += 2) terms.week[2].push_back({minute, minute + 1});
  const Calendar calendar = made(terms);
  const Instant midnight = at("2026-11-24T23:00:00Z");
  for (int minute = 1; minute <= 720; ++minute) {
    CAPTURE(minute);
    CHECK(calendar.add(midnight, {Seconds{minute * 60}}) == midnight + Seconds{minute * 120 - 60});
    CHECK(calendar.between(midnight, midnight + Seconds{minute * 120 - 90}).amount == Seconds{minute * 60 - 30});
  }
}

TEST_CASE("hours without end do not close") {
  const Calendar calendar = always("Europe/Prague");
  CHECK(shown(calendar.closing_after(at("2026-11-23T00:00:00Z"))) == "none");
  CHECK(shown(calendar.close_of_business_day(at("2026-11-23T12:00:00Z"), 0)) == "2026-11-23T23:00:00Z");
  CalendarTerms terms;
  terms.timezone = "Europe/Prague";
  terms.always = true;
  terms.holidays = {on("2030-06-05")};
  const Calendar until = made(terms);
  CHECK(shown(until.closing_after(at("2026-11-23T00:00:00Z"))) == "2030-06-04T22:00:00Z");
  CHECK(shown(until.next_open(at("2030-06-04T22:00:00Z"))) == "2030-06-05T22:00:00Z");
}

TEST_CASE("open spans are cut to what is asked for, and touching ones are one") {
  const Calendar calendar = office("Europe/Prague");
  using Spans = std::vector<Span>;
  CHECK(calendar.open_spans({at("2026-11-27T16:00:00Z"), at("2026-11-30T09:00:00Z")}) ==
        Spans{{at("2026-11-27T16:00:00Z"), at("2026-11-27T17:00:00Z")},
              {at("2026-11-30T08:00:00Z"), at("2026-11-30T09:00:00Z")}});
  CHECK(calendar.open_spans({at("2026-11-28T00:00:00Z"), at("2026-11-29T00:00:00Z")}).empty());
  CHECK(calendar.open_spans({at("2026-11-23T09:00:00Z"), at("2026-11-23T09:00:00Z")}).empty());
  const Span month{at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z")};
  CHECK(always("Europe/Prague").open_spans(month) == Spans{month});
  CHECK(always("Etc/UTC").open_spans({Instant::min(), k_never}) == Spans{{Instant{}, at("2301-01-01T00:00:00Z")}});
}

TEST_CASE("pauses at the edges") {
  const Calendar calendar = office("Europe/Prague");
  const Instant start = at("2026-11-23T08:00:00Z");
  struct Row {
    const char* name;
    std::vector<Span> pauses;
    const char* due;
  };
  const Row rows[] = {
      {"none", {}, "2026-11-23T10:00:00Z"},
      {"before the start", {{start - 2h, start}}, "2026-11-23T10:00:00Z"},
      {"over the start", {{start - 2h, start + 1h}}, "2026-11-23T11:00:00Z"},
      {"outside hours", {{at("2026-11-23T17:00:00Z"), at("2026-11-24T08:00:00Z")}}, "2026-11-23T10:00:00Z"},
      {"inside", {{start + 1h, start + 2h}}, "2026-11-23T11:00:00Z"},
      {"begins at the deadline", {{start + 2h, k_never}}, "2026-11-23T10:00:00Z"},
      {"begins a second before it", {{start + 2h - 1s, start + 3h}}, "2026-11-23T11:00:01Z"},
      {"open, a second before it", {{start + 2h - 1s, k_never}}, "none"},
      {"over night", {{start + 1h, at("2026-11-24T08:00:00Z")}}, "2026-11-24T09:00:00Z"},
      {"open before the start", {{start - 1h, k_never}}, "none"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto due = calendar.add(start, {2h}, row.pauses);
    CHECK(shown(due) == row.due);
    if (due) CHECK(calendar.between(start, *due, row.pauses).amount == 2h);
    CHECK(calendar.add(start, {}, row.pauses) == start);
  }
}

}  // namespace
}  // namespace cb
