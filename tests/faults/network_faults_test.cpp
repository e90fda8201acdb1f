// Whatever the network and the server do to requests: afterwards everything is as if nothing had happened, nothing was
// asked far more often than without faults, and no issue has waited for another.
#include "tests/faults/fault_world.hpp"
#include "tests/support/effort.hpp"

using namespace cb;
using namespace cb::faults;

namespace {

using Kind = NetFault::Kind;

struct Row {
  std::string name;
  NetFault fault;
};

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const auto kind : all_net_faults())
    if (kind != Kind::status && kind != Kind::refused) all.push_back({to_text(kind), {kind}});
  for (const int status : {429, 500, 502, 503, 504})
    all.push_back({"status " + std::to_string(status), {Kind::status, status}});
  all.push_back({"429, Retry-After in seconds", {Kind::status, 429, 20}});
  all.push_back({"429, Retry-After as a date", {Kind::status, 429, 90, true}});
  all.push_back({"503, Retry-After in seconds", {Kind::status, 503, 45}});
  return all;
}

// A receipt tells what was left of a pool when it was written: another number where an earlier issue was read later.
std::string without_pool_sentences(const std::string& state) {
  std::istringstream lines(state);
  std::string result;
  for (std::string line; std::getline(lines, line);)
    if (line.rfind("It uses one of your free requests", 0) != 0) result += line + "\n";
  return result;
}

// Each fault costs a repetition or two, never a storm.
constexpr int k_most_times = 4;

void check_like_undisturbed(FaultWorld& world, TrackerKind kind) {
  const auto& wanted = undisturbed(kind);
  CHECK(difference(without_pool_sentences(wanted.end_state), without_pool_sentences(world.end_state())) == "");
  CHECK(world.store().all_parked(world.tracker()).empty());
  CHECK(world.store().open_intents(world.tracker()).empty());
  CHECK(static_cast<int>(world.sent.size()) <= k_most_times * wanted.requests);
}

int struck(FaultWorld& world) {
  int count = 0;
  for (const auto& each : world.proxy().seen()) count += each.fault ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("every fourth request fails for a while, in every way there is") {
  int number = 0;
  for (const auto kind : k_kinds) {
    for (const auto& row : rows()) {
      if (++number % k_stride != 0) continue;
      CAPTURE(name_of(kind));
      CAPTURE(row.name);
      FaultWorld world({kind});
      NetFaultRule rule{row.fault};
      rule.every = 4;
      rule.at_most = 6;
      world.proxy().set_plan(NetFaultPlan({rule}));
      world.run_until(the_end());
      CHECK(struck(world) == 6);
      check_like_undisturbed(world, kind);
    }
  }
}

TEST_CASE("a third of all requests fails, in any way, as the dice fall") {
  for (const auto kind : k_kinds) {
    for (std::uint64_t seed = 1; seed <= 3; seed += k_stride) {
      CAPTURE(name_of(kind));
      CAPTURE(seed);
      FaultWorld world({kind});
      std::vector<NetFaultRule> rules;
      for (const auto& row : rows()) {
        NetFaultRule rule{row.fault};
        rule.percent = 2;
        rule.until = start() + Seconds(15 * 60);
        rules.push_back(rule);
      }
      world.proxy().set_plan(NetFaultPlan(rules, seed));
      world.run_until(the_end());
      CHECK(struck(world) > 5);
      check_like_undisturbed(world, kind);
    }
  }
}

TEST_CASE("nobody listens for a moment, from any of the first requests on") {
  int number = 0;
  for (const auto kind : k_kinds) {
    for (const int nth : {1, 2, 3, 5, 8, 13}) {
      if (number++ % k_stride != 0) continue;
      CAPTURE(name_of(kind));
      CAPTURE(nth);
      FaultWorld world({kind});
      NetFaultRule rule{{Kind::refused}};
      rule.nth = nth;
      world.proxy().set_plan(NetFaultPlan({rule}));
      world.step();
      CHECK(struck(world) == 1);
      world.proxy().listen_again();
      world.run_until(the_end());
      check_like_undisturbed(world, kind);
    }
  }
}

TEST_CASE("an issue that cannot be read or written blocks no other, is listed with its error, and is done after it") {
  int number = 0;
  for (const auto kind : k_kinds) {
    for (const auto fault : {NetFault{Kind::status, 500}, NetFault{Kind::wrong_json}, NetFault{Kind::cut_json},
                             NetFault{Kind::reset_in_body}, NetFault{Kind::silence}}) {
      if (!is_taken(number, k_world_stride)) continue;
      CAPTURE(name_of(kind));
      CAPTURE(to_text(fault.kind));
      FaultWorld world({kind});
      const auto keys = world.issues();
      REQUIRE(keys.size() == 6);
      const auto& broken = keys[4];
      NetFaultRule rule{fault};
      rule.about = world.about(broken);
      world.proxy().set_plan(NetFaultPlan({rule}));
      const auto report = world.step();
      CHECK(report.complete());
      for (const auto& key : keys) {
        CAPTURE(to_text(key));
        CHECK(world.shown(key).shown.at(Slot::billing).text.empty() == (key == broken));
      }
      const auto parked = world.store().all_parked(world.tracker());
      REQUIRE(parked.size() == 1);
      CHECK(parked.front().key == broken);
      CAPTURE(parked.front().error);
      CHECK(parked.front().error.find("tracker " + world.tracker() + ": ") != std::string::npos);
      CHECK(parked.front().error.find(broken.id) != std::string::npos);
      CHECK(parked.front().retry_at > world.clock.now());
      CHECK(parked.front().retry_at <= world.clock.now() + Seconds(120));
      world.proxy().set_plan(NetFaultPlan());
      world.run_until(parked.front().retry_at + Seconds(2));
      CHECK(world.store().all_parked(world.tracker()).empty());
      CHECK(!world.shown(broken).shown.at(Slot::billing).text.empty());
      world.run_until(the_end());
      check_like_undisturbed(world, kind);
    }
  }
}
