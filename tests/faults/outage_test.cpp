// A tracker that is away for an hour, that asks to be left alone, or whose clock is wrong.
#include <algorithm>
#include <sstream>

#include "tests/faults/fault_world.hpp"
#include "tests/support/effort.hpp"

using namespace cb;
using namespace cb::faults;

namespace {

using Kind = NetFault::Kind;

int sent_between(const FaultWorld& world, Instant from, Instant until) {
  int count = 0;
  for (const auto& each : world.sent) count += each.at >= from && each.at < until ? 1 : 0;
  return count;
}

// The issue in which the first write after that moment is, then the second, and so on.
std::vector<IssueKey> written_after(FaultWorld& world, Instant after) {
  std::vector<IssueKey> order;
  const auto keys = world.issues();
  for (const auto& each : world.sent) {
    if (each.at < after || each.method == "GET") continue;
    for (const auto& key : keys) {
      if (!world.about(key)({each.method, each.target, {}, {}})) continue;
      if (std::find(order.begin(), order.end(), key) == order.end()) order.push_back(key);
    }
  }
  return order;
}

const char* const k_warning = "internal: The first response is at risk";

int warnings(const std::string& state) {
  int count = 0;
  for (auto at = state.find(k_warning); at != std::string::npos; at = state.find(k_warning, at + 1)) ++count;
  return count;
}

// Each with all of its lines, up to the next comment or ledger line.
std::string without_warnings(const std::string& state) {
  std::istringstream lines(state);
  std::string result;
  bool skips = false;
  for (std::string line; std::getline(lines, line);) {
    const bool begins = line.rfind("  ", 0) == 0 || line.rfind("#") != std::string::npos;
    if (begins) skips = line.find(k_warning) != std::string::npos;
    if (!skips) result += line + "\n";
  }
  return result;
}

}  // namespace

TEST_CASE("after an hour's outage what fell due is shown at once, in its order, and nothing twice") {
  for (const auto kind : k_kinds) {
    for (const bool refuses : {true, false}) {
      CAPTURE(name_of(kind));
      CAPTURE(refuses);
      FaultWorld world({kind});
      const auto from = start() + Seconds(40 * 60);
      const auto until = from + Seconds(3600);
      if (!refuses) {
        NetFaultRule rule{{Kind::status, 503}};
        rule.from = from;
        rule.until = until;
        world.proxy().set_plan(NetFaultPlan({rule}));
      }
      world.run_until(from);
      if (refuses) world.proxy().refuse();
      world.run_until(until);
      CHECK(!world.loop().status().error.empty());
      // Twice each five minutes, and somewhat more while the waits still grow.
      CHECK(sent_between(world, from, until) <= 50);
      CHECK(sent_between(world, from, until) >= 10);
      if (refuses) world.proxy().listen_again();
      const auto keys = world.issues();
      for (const auto* key : {&keys[1], &keys[3]})
        CHECK(world.shown(*key).shown.at(Slot::sla_state).text.find("breached") == std::string::npos);
      world.run_until(until + k_longest_outage_wait * 5 / 4 + Seconds(2));
      for (const auto* key : {&keys[1], &keys[3]})
        CHECK(world.shown(*key).shown.at(Slot::sla_state).text.find("breached") != std::string::npos);
      const auto order = written_after(world, until);
      REQUIRE(order.size() >= 2);
      CHECK(order[0] == keys[1]);
      CHECK(order[1] == keys[3]);
      world.run_until(the_end());
      // But for the warnings: what is overdue is not said to be at risk any more.
      const auto wanted = without_warnings(undisturbed(kind).end_state);
      CHECK(difference(wanted, without_warnings(world.end_state())) == "");
      CHECK(warnings(undisturbed(kind).end_state) == 4);
      CHECK(warnings(world.end_state()) == 0);
    }
  }
}

TEST_CASE("Retry-After is obeyed to the second: no request before it, and one soon after it") {
  struct Row {
    const char* name;
    int status;
    int seconds;
    bool as_date;
    bool tells_time;
  };
  const Row rows[] = {{"429 in seconds", 429, 400, false, false},
                      {"503 in seconds", 503, 700, false, false},
                      {"429 as a date", 429, 400, true, true},
                      {"a short one", 429, 40, false, false}};
  int number = 0;
  for (const auto kind : k_kinds) {
    for (const auto& row : rows) {
      for (const int nth : {1, 3, 6}) {
        if (!is_taken(number, k_world_stride)) continue;
        CAPTURE(name_of(kind));
        CAPTURE(row.name);
        CAPTURE(nth);
        WorldOptions options{kind};
        options.tells_time = row.tells_time;
        FaultWorld world(options);
        NetFaultRule rule{{Kind::status, row.status, row.seconds, row.as_date}};
        rule.nth = nth;
        world.proxy().set_plan(NetFaultPlan({rule}));
        world.run_until(start() + Seconds(1200));
        Instant asked;
        Instant next;
        for (const auto& each : world.sent) {
          if (each.status == row.status && asked == Instant()) {
            asked = each.at;
          } else if (asked != Instant() && next == Instant()) {
            next = each.at;
          }
        }
        REQUIRE(asked != Instant());
        CHECK(next >= asked + Seconds(row.seconds));
        CHECK(next <= asked + Seconds(row.seconds + 120));
        world.run_until(the_end());
        CHECK(difference(undisturbed(kind).end_state, world.end_state()) == "");
      }
    }
  }
}

TEST_CASE("a tracker whose clock is minutes off ends up as any other") {
  int number = 0;
  for (const auto kind : k_kinds) {
    for (const int minutes : {-12, -3, 3, 12}) {
      if (!is_taken(number, k_world_stride)) continue;
      CAPTURE(name_of(kind));
      CAPTURE(minutes);
      WorldOptions options{kind};
      options.tracker_ahead = Seconds(minutes * 60);
      options.tells_time = true;
      FaultWorld world(options);
      world.run_until(the_end());
      CHECK(difference(undisturbed(kind).end_state, world.end_state()) == "");
      CHECK(world.sent.size() <= 2 * static_cast<std::size_t>(undisturbed(kind).requests));
    }
  }
}

TEST_CASE("a tracker whose clock is hours off is left alone, and told why, until it is set right") {
  for (const auto kind : k_kinds) {
    for (const int hours : {-2, 2}) {
      CAPTURE(name_of(kind));
      CAPTURE(hours);
      WorldOptions options{kind};
      options.tracker_ahead = Seconds(hours * 3600);
      options.tells_time = true;
      FaultWorld world(options);
      world.run_until(start() + Seconds(1800));
      CHECK(world.fake().writes() == 0);
      const auto& error = world.loop().status().error;
      CAPTURE(error);
      CHECK(error.find("differ by 2h") != std::string::npos);
      CHECK(error.find("nothing is done until one of them is set right") != std::string::npos);
    }
  }
}
