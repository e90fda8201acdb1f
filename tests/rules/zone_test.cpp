#include "rules/zone.hpp"

#include <doctest/doctest.h>

#include <string>

namespace cb {
namespace {

using namespace std::chrono_literals;

Zone zone_of(const std::string& name) {
  const auto zone = Zone::find(name);
  REQUIRE(zone.has_value());
  return *zone;
}

Date date_of(const char* text) {
  return date_from_iso(text).value();
}

TEST_CASE("a zone is found by its IANA name only") {
  for (const char* name : {"UTC", "Etc/UTC", "Europe/Prague", "America/Argentina/Buenos_Aires", "Etc/GMT+5"}) {
    CAPTURE(name);
    REQUIRE(Zone::find(name).has_value());
    CHECK(Zone::find(name)->name() == name);
  }
  for (const char* name : {"", "Europe", "Europe/Nowhere", "europe/prague", "Europe/Prague ",
                           "/usr/share/zoneinfo/Europe/Prague", "../zoneinfo/Europe/Prague", "Europe/../Europe/Prague",
                           "right/Europe/Prague", "Fixed/UTC+01:00:00", "+01:00", "CET-1CEST"}) {
    CAPTURE(name);
    CHECK_FALSE(Zone::find(name).has_value());
  }
  CHECK(Zone::utc().name() == "UTC");
}

TEST_CASE("wall time to instant, at the edges") {
  struct Row {
    const char* name;
    const char* zone;
    const char* date;
    Seconds time;
    const char* first;
    const char* last;
  };
  const Row rows[] = {
      {"plain", "Europe/Prague", "2026-11-22", 15h, "2026-11-22T14:00:00Z", "2026-11-22T14:00:00Z"},
      {"24:00 is the next midnight", "Europe/Prague", "2026-11-22", 24h, "2026-11-22T23:00:00Z",
       "2026-11-22T23:00:00Z"},
      {"a second before the gap", "Europe/Prague", "2026-03-29", 2h - 1s, "2026-03-29T00:59:59Z",
       "2026-03-29T00:59:59Z"},
      {"the gap's start", "Europe/Prague", "2026-03-29", 2h, "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"},
      {"inside the gap", "Europe/Prague", "2026-03-29", 2h + 30min, "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"},
      {"the gap's last second", "Europe/Prague", "2026-03-29", 3h - 1s, "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"},
      {"after the gap", "Europe/Prague", "2026-03-29", 3h, "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"},
      {"a second before the fold", "Europe/Prague", "2026-10-25", 2h - 1s, "2026-10-24T23:59:59Z",
       "2026-10-24T23:59:59Z"},
      {"the fold's start", "Europe/Prague", "2026-10-25", 2h, "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"},
      {"the fold's last second", "Europe/Prague", "2026-10-25", 3h - 1s, "2026-10-25T00:59:59Z",
       "2026-10-25T01:59:59Z"},
      {"after the fold", "Europe/Prague", "2026-10-25", 3h, "2026-10-25T02:00:00Z", "2026-10-25T02:00:00Z"},
      {"after 2037 summer time goes on", "Europe/Prague", "2150-07-01", 12h, "2150-07-01T10:00:00Z",
       "2150-07-01T10:00:00Z"},
      {"half an hour's gap", "Australia/Lord_Howe", "2026-10-04", 2h + 15min, "2026-10-03T15:30:00Z",
       "2026-10-03T15:30:00Z"},
      {"skipped midnight", "America/Sao_Paulo", "2018-11-04", 0h, "2018-11-04T03:00:00Z", "2018-11-04T03:00:00Z"},
      {"skipped date", "Pacific/Apia", "2011-12-30", 12h, "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Zone zone = zone_of(row.zone);
    CHECK(to_iso(zone.first(date_of(row.date), row.time)) == row.first);
    CHECK(to_iso(zone.last(date_of(row.date), row.time)) == row.last);
  }
}

TEST_CASE("instant to wall time") {
  const Zone prague = zone_of("Europe/Prague");
  const WallTime wall = prague.local(instant_from_iso("2026-11-22T23:30:05Z").value());
  CHECK(to_iso(wall.date) == "2026-11-23");
  CHECK(wall.time_of_day == 30min + 5s);
  CHECK(prague.local(instant_from_iso("1969-12-31T22:59:59Z").value()).time_of_day == 24h - 1s);
  CHECK(prague.start_of(date_of("2026-11-23")) == instant_from_iso("2026-11-22T23:00:00Z"));
}

TEST_CASE("the next change of the clocks") {
  const Zone prague = zone_of("Europe/Prague");
  struct Row {
    const char* name;
    const char* after;
    const char* change;
  };
  const Row rows[] = {
      {"a second before", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z"},
      {"at it", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"},
      {"after 2037", "2100-01-01T00:00:00Z", "2100-03-28T01:00:00Z"},
      {"2300", "2300-01-01T00:00:00Z", "2300-03-25T01:00:00Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto change = prague.next_change(instant_from_iso(row.after).value());
    REQUIRE(change);
    CHECK(to_iso(*change) == row.change);
  }
  CHECK_FALSE(Zone::utc().next_change(Instant{}));
  CHECK_FALSE(zone_of("Asia/Kolkata").next_change(instant_from_iso("1990-01-01T00:00:00Z").value()));
}

TEST_CASE("an instant whose wall time comes twice") {
  struct Row {
    const char* name;
    const char* zone;
    const char* instant;
    bool doubled;
  };
  const Row rows[] = {
      {"a second before the first pass", "Europe/Berlin", "2026-10-24T23:59:59Z", false},
      {"the first pass begins", "Europe/Berlin", "2026-10-25T00:00:00Z", true},
      {"the first pass ends", "Europe/Berlin", "2026-10-25T00:59:59Z", true},
      {"the second pass begins", "Europe/Berlin", "2026-10-25T01:00:00Z", true},
      {"the second pass ends", "Europe/Berlin", "2026-10-25T01:59:59Z", true},
      {"after the second pass", "Europe/Berlin", "2026-10-25T02:00:00Z", false},
      {"the clocks are set forward", "Europe/Berlin", "2026-03-29T01:00:00Z", false},
      {"a second before that", "Europe/Berlin", "2026-03-29T00:59:59Z", false},
      {"half an hour is set back", "Australia/Lord_Howe", "2026-04-04T14:30:00Z", true},
      {"a second before that half hour", "Australia/Lord_Howe", "2026-04-04T14:29:59Z", false},
      {"its second pass ends", "Australia/Lord_Howe", "2026-04-04T15:29:59Z", true},
      {"after it", "Australia/Lord_Howe", "2026-04-04T15:30:00Z", false},
      {"a zone without summer time", "Asia/Kolkata", "2026-10-25T00:30:00Z", false},
      {"UTC", "UTC", "2026-10-25T00:30:00Z", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(is_doubled(instant_from_iso(row.instant).value(), zone_of(row.zone)) == row.doubled);
  }
}

TEST_CASE("local text is sortable and names the zone") {
  const Instant instant = instant_from_iso("2026-11-22T14:30:59Z").value();
  CHECK(local_text(instant, zone_of("Europe/Prague")) == "2026-11-22 15:30 CET");
  CHECK(local_text(instant, zone_of("America/New_York")) == "2026-11-22 09:30 EST");
  CHECK(local_text(instant, Zone::utc()) == "2026-11-22 14:30 UTC");
  CHECK(local_text(instant_from_iso("2026-07-01T00:05:00Z").value(), zone_of("Europe/Prague")) ==
        "2026-07-01 02:05 CEST");
}

}  // namespace
}  // namespace cb
