#include "adapters/bugzilla/bugzilla_zone.hpp"

#include <doctest/doctest.h>

namespace cb {

namespace {

using namespace std::chrono_literals;

Zone zone_of(const std::string& name) {
  const auto zone = Zone::find(name);
  REQUIRE(zone.has_value());
  return *zone;
}

Instant at(const char* iso) {
  return instant_from_iso(iso).value();
}

}  // namespace

TEST_CASE("a server's wall time is read as the server reads it") {
  struct Row {
    const char* name;
    const char* zone;
    const char* text;
    const char* instant;  // empty: none
  };
  const Row rows[] = {
      {"winter (recording 315)", "Europe/Berlin", "2026-11-22 15:00:00", "2026-11-22T14:00:00Z"},
      {"summer (320)", "Europe/Berlin", "2027-07-01 12:00:00", "2027-07-01T10:00:00Z"},
      {"of a doubled hour the second (322)", "Europe/Berlin", "2027-10-31 02:30:00", "2027-10-31T01:30:00Z"},
      {"in the gap (324)", "Europe/Berlin", "2027-03-28 02:30:00", ""},
      {"the gap's first second", "Europe/Berlin", "2027-03-28 02:00:00", ""},
      {"after the gap", "Europe/Berlin", "2027-03-28 03:00:00", "2027-03-28T01:00:00Z"},
      {"without seconds", "UTC", "2026-11-22 15:00", "2026-11-22T15:00:00Z"},
      {"a date only", "Europe/Berlin", "2026-11-23", "2026-11-22T23:00:00Z"},
      {"a zone, which the server dropped", "Europe/Berlin", "2026-11-22 15:00:00 +0200", ""},
      {"the form that is read", "UTC", "2026-11-22T15:00:00Z", ""},
      {"nothing", "UTC", "", ""},
      {"zeros", "UTC", "0000-00-00 00:00:00", ""},
      {"no such hour", "UTC", "2026-11-22 25:00:00", ""},
      {"no such day", "UTC", "2026-02-30 10:00:00", ""},
      {"letters", "UTC", "2026-11-22 15:0x:00", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto instant = bugzilla_instant(row.text, zone_of(row.zone));
    CHECK((instant ? to_iso(*instant) : "") == row.instant);
  }
}

TEST_CASE("what is sent for an instant") {
  struct Row {
    const char* name;
    const char* zone;
    const char* instant;
    const char* text;  // empty: cannot be sent
  };
  const Row rows[] = {
      {"winter", "Europe/Berlin", "2026-11-22T14:00:01Z", "2026-11-22 15:00:01"},
      {"summer", "Europe/Berlin", "2027-07-01T10:00:00Z", "2027-07-01 12:00:00"},
      {"the day before", "America/Los_Angeles", "2026-11-22T05:00:00Z", "2026-11-21 21:00:00"},
      {"the doubled hour's first pass", "Europe/Berlin", "2027-10-31T00:30:00Z", ""},
      {"its second pass", "Europe/Berlin", "2027-10-31T01:30:00Z", ""},
      {"a second before", "Europe/Berlin", "2027-10-30T23:59:59Z", "2027-10-31 01:59:59"},
      {"a second after", "Europe/Berlin", "2027-10-31T02:00:00Z", "2027-10-31 03:00:00"},
      {"when the clocks are set forward", "Europe/Berlin", "2027-03-28T01:00:00Z", "2027-03-28 03:00:00"},
      {"a second before that", "Europe/Berlin", "2027-03-28T00:59:59Z", "2027-03-28 01:59:59"},
      {"UTC", "UTC", "2027-10-31T00:30:00Z", "2027-10-31 00:30:00"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(bugzilla_date_time(at(row.instant), zone_of(row.zone)).value_or("") == row.text);
  }
  CHECK_FALSE(bugzilla_date_time(k_never, zone_of("UTC")).has_value());
}

// At every half hour, a second before and after it, and at an odd time in between.
TEST_CASE("every instant of the weeks in which clocks change is read back, or not sent") {
  for (const char* name : {"Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"}) {
    CAPTURE(name);
    const auto zone = zone_of(name);
    auto change = zone.next_change(at("2026-01-01T00:00:00Z"));
    int unsent = 0;
    for (int week = 0; week < 4; ++week) {
      const auto middle = change.value_or(at("2026-03-29T01:00:00Z") + week * 100 * 24h);
      for (auto instant = middle - 84h; instant < middle + 84h; instant += 30min)
        for (const auto second : {-1s, 0s, 1s, 777s}) {
          const auto text = bugzilla_date_time(instant + second, zone);
          if (!text) {
            ++unsent;
            REQUIRE(is_doubled(instant + second, zone));
            continue;
          }
          REQUIRE(bugzilla_instant(*text, zone) == instant + second);
        }
      if (change) change = zone.next_change(*change);
    }
    // Of four changes two set the clocks back, mostly by an hour: two hours of instants each.
    const int expected =
        zone.next_change(at("2026-01-01T00:00:00Z")) ? (std::string(name) == "Australia/Lord_Howe" ? 16 : 32) : 0;
    CHECK(unsent == expected);
  }
}

TEST_CASE("a date field is the day of the server") {
  struct Row {
    const char* name;
    const char* read;
    const char* zone;  // empty: not configured
    const char* date;
  };
  const Row rows[] = {
      {"east: the day before", "2026-05-02T22:00:00Z", "Europe/Berlin", "2026-05-03"},
      {"winter", "2026-12-02T23:00:00Z", "Europe/Berlin", "2026-12-03"},
      {"west", "2026-05-03T07:00:00Z", "America/Los_Angeles", "2026-05-03"},
      {"UTC", "2026-05-03T00:00:00Z", "UTC", "2026-05-03"},
      {"no midnight there", "2026-05-02T22:00:00Z", "America/Los_Angeles", "2026-05-02T22:00:00Z"},
      {"no zone", "2026-05-02T22:00:00Z", "", "2026-05-02T22:00:00Z"},
      {"a date already", "2026-05-03", "Europe/Berlin", "2026-05-03"},
      {"empty", "", "Europe/Berlin", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(bugzilla_date(row.read, Zone::find(row.zone)) == row.date);
  }
}

TEST_CASE("the zone that a message names") {
  struct Row {
    const char* message;
    const char* zone;
  };
  const Row rows[] = {
      {"Bugzilla refuses (100500): Invalid local time for date in time zone: Europe/Berlin", "Europe/Berlin"},
      {"<pre>Invalid local time for date in time zone: America/Argentina/Buenos_Aires\n</pre>",
       "America/Argentina/Buenos_Aires"},
      {"Invalid local time for date in time zone: ", ""},
      {"Not a HASH reference", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    CHECK(bugzilla_zone_in(row.message).value_or("") == row.zone);
  }
}

}  // namespace cb
