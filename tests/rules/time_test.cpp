#include "rules/time.hpp"

#include <doctest/doctest.h>

#include <string>

namespace cb {
namespace {

using namespace std::chrono_literals;

TEST_CASE("an instant is written and read in one form") {
  struct Row {
    const char* name;
    long long seconds;
    const char* text;
  };
  const Row rows[] = {
      {"the epoch", 0, "1970-01-01T00:00:00Z"},
      {"a second before the epoch", -1, "1969-12-31T23:59:59Z"},
      {"a day like any other", 1795357800, "2026-11-22T14:30:00Z"},
      {"leap day", 1709164800, "2024-02-29T00:00:00Z"},
      {"the last second of 32 bits", 2147483647, "2038-01-19T03:14:07Z"},
      {"a second later", 2147483648, "2038-01-19T03:14:08Z"},
      {"far ahead", 7289654399, "2200-12-31T23:59:59Z"},
      {"the first year", -62167219200, "0000-01-01T00:00:00Z"},
      {"the last year", 253402300799, "9999-12-31T23:59:59Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(to_iso(Instant{Seconds{row.seconds}}) == row.text);
    CHECK(instant_from_iso(row.text) == Instant{Seconds{row.seconds}});
  }
}

TEST_CASE("what four digits cannot write is shown as the nearest they can") {
  CHECK(to_iso(k_never) == "9999-12-31T23:59:59Z");
  CHECK(to_iso(Instant::min()) == "0000-01-01T00:00:00Z");
  CHECK(to_iso(Date::max()) == "9999-12-31");
}

TEST_CASE("other forms of an instant are refused") {
  const char* texts[] = {"",
                         "2026-11-22",
                         "2026-11-22T14:30Z",
                         "2026-11-22T14:30:00",
                         "2026-11-22T14:30:00z",
                         "2026-11-22t14:30:00Z",
                         "2026-11-22 14:30:00Z",
                         "2026-11-22T14:30:00.0Z",
                         "2026-11-22T14:30:00+00:00",
                         " 2026-11-22T14:30:00Z",
                         "2026-11-22T14:30:00Z ",
                         "2026-11-22T24:00:00Z",
                         "2026-11-22T14:60:00Z",
                         "2026-11-22T14:30:60Z",
                         "2026-11-22T-4:30:00Z",
                         "2026-11-22T+4:30:00Z",
                         "2026-11-22T14:30: 0Z",
                         "2026-02-29T00:00:00Z",
                         "2026-13-01T00:00:00Z",
                         "2026-00-01T00:00:00Z",
                         "2026-01-00T00:00:00Z",
                         "2026-04-31T00:00:00Z",
                         "026-11-22T14:30:00ZZ"};
  for (const char* text : texts) {
    CAPTURE(text);
    CHECK_FALSE(instant_from_iso(text));
  }
}

TEST_CASE("a date is written and read in one form") {
  CHECK(to_iso(Date{std::chrono::days{20779}}) == "2026-11-22");
  CHECK(date_from_iso("2026-11-22") == Date{std::chrono::days{20779}});
  CHECK(date_from_iso("2000-02-29"));
  for (const char* text : {"1900-02-29", "2026-11-22Z", "2026-1-22", "20261122", "", "2026/11/22", "2026-11-2x"}) {
    CAPTURE(text);
    CHECK_FALSE(date_from_iso(text));
  }
}

TEST_CASE("durations are shown for people and read back") {
  struct Row {
    Seconds amount;
    const char* text;
  };
  const Row rows[] = {
      {0s, "0m"},
      {14h + 30min, "14h30m"},
      {45min, "45m"},
      {90s, "90s"},
      {1s, "1s"},
      {60s, "1m"},
      {119s, "119s"},
      {120s, "2m"},
      {121s, "2m1s"},
      {1h, "1h"},
      {1h + 1s, "1h1s"},
      {-2h, "-2h"},
      {-(1h + 30min), "-1h30m"},
      {-1s, "-1s"},
      {1000h, "1000h"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(duration_text(row.amount) == row.text);
    CHECK(duration_from_text(row.text) == row.amount);
  }
  CHECK(duration_text(Seconds::min()).starts_with("-"));
}

TEST_CASE("durations may be written with more than sixty of a unit") {
  CHECK(duration_from_text("90m") == 5400s);
  CHECK(duration_from_text("1h90m") == 9000s);
  CHECK(duration_from_text("-0m") == 0s);
  CHECK(duration_from_text("999999999h") == 999999999h);
}

TEST_CASE("what is no duration is refused") {
  for (const char* text : {"", "-", "5", "h", "1d", "2bd", "30m1h", "1h1h", "1.5h", "+1h", "1h ", " 1h", "1H", "1h-30m",
                           "--1h", "1hm", "9999999999h"}) {
    CAPTURE(text);
    CHECK_FALSE(duration_from_text(text));
  }
}

TEST_CASE("united spans are sorted, apart and not empty") {
  const auto at = [](int second) { return Instant{Seconds{second}}; };
  struct Row {
    const char* name;
    std::vector<Span> spans;
    std::vector<Span> expected;
  };
  const Row rows[] = {
      {"none", {}, {}},
      {"unsorted", {{at(5), at(6)}, {at(1), at(2)}}, {{at(1), at(2)}, {at(5), at(6)}}},
      {"touching", {{at(1), at(2)}, {at(2), at(3)}}, {{at(1), at(3)}}},
      {"a second apart", {{at(1), at(2)}, {at(3), at(4)}}, {{at(1), at(2)}, {at(3), at(4)}}},
      {"inside", {{at(1), at(9)}, {at(2), at(3)}}, {{at(1), at(9)}}},
      {"empty and backwards", {{at(1), at(1)}, {at(3), at(2)}}, {}},
      {"an empty one between does not join", {{at(1), at(2)}, {at(2), at(2)}}, {{at(1), at(2)}}},
      {"open", {{at(5), k_never}, {at(1), at(6)}}, {{at(1), k_never}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(united(row.spans) == row.expected);
  }
}

}  // namespace
}  // namespace cb
