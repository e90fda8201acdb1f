// What a long run shows of itself.
#include "bridge/cli/progress_bar.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace cb;

namespace {
const Instant k_start = *instant_from_iso("2026-11-27T08:00:00Z");
}

TEST_CASE("on a terminal one line is written over, with a bar, the rate and the time left") {
  std::ostringstream out;
  ProgressBar bar(out, "support", true, 100);
  bar.show({"listing", 100, 0}, k_start);
  CHECK(out.str() == "\r\x1b[Ksupport: listing, 100 issues so far");
  out.str("");
  bar.show({"reading", 0, 50000}, k_start + Seconds{5});
  bar.show({"deciding", 100, 50000}, k_start + Seconds{5});  // in the same second: not shown
  bar.show({"deciding", 12500, 50000}, k_start + Seconds{1005});
  CHECK(out.str() ==
        "\r\x1b[Ksupport: [........................] 0 of 50000 issues (0 %)"
        "\r\x1b[Ksupport: [######..................] 12500 of 50000 issues (25 %), 12.5 a second, 50m left");
  out.str("");
  bar.end();
  CHECK(out.str() == "\r\x1b[K");
}

TEST_CASE("a narrow terminal gets a line that fits") {
  std::ostringstream out;
  ProgressBar bar(out, "support", true, 20);
  bar.show({"reading", 0, 50000}, k_start);
  CHECK(out.str() == "\r\x1b[Ksupport: 0 of 50000");
}

TEST_CASE("where room is short the bar is, and no number") {
  std::ostringstream out;
  ProgressBar bar(out, "support", true, 80);
  bar.show({"reading", 0, 10032}, k_start);
  bar.show({"deciding", 53, 10032}, k_start + Seconds{4});
  const std::string last = "support: [...............] 53 of 10032 issues (0 %), 13.2 a second, 12m33s left";
  CHECK(out.str().substr(out.str().size() - last.size()) == last);
  CHECK(last.size() == 79);
}

TEST_CASE("a log gets a plain line now and then") {
  std::ostringstream out;
  ProgressBar bar(out, "support", false);
  bar.show({"listing", 100, 0}, k_start);
  for (int i = 0; i <= 65; ++i) bar.show({i % 2 == 0 ? "reading" : "deciding", i * 10, 1000}, k_start + Seconds{i});
  bar.end();
  CHECK(out.str() ==
        "support: listing, 100 issues so far\n"
        "support: 0 of 1000 issues (0 %)\n"
        "support: 300 of 1000 issues (30 %), 10.0 a second, 70s left\n"
        "support: 600 of 1000 issues (60 %), 10.0 a second, 40s left\n"
        "support: 650 of 1000 issues (65 %), 10.0 a second, 35s left\n");
}

TEST_CASE("a run that goes on counts its rate from where it began") {
  std::ostringstream out;
  ProgressBar bar(out, "support", false);
  bar.show({"reading", 900, 1000}, k_start);
  bar.show({"reading", 950, 1000}, k_start + Seconds{50});
  CHECK(out.str().find("950 of 1000 issues (95 %), 1.0 a second, 50s left") != std::string::npos);
}
