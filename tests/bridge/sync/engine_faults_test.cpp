// The engine may die or be lied to at every single call. Whatever call it is, and whether its effect took place or not,
// the next runs must lead to the state of the run that nobody disturbed: the same fields, the same comments once, the
// same ledger.
#include <doctest/doctest.h>

#include "tests/bridge/sync/fault_runs.hpp"

using namespace cb;

namespace {

constexpr int k_issues = 4;

// A first cycle over three issues of a pool of two, and one that takes no unit; then activity that consumes a unit and
// gives one back.
void first_day(SyncWorld& world) {
  for (auto& customer : world.settings.book.customers) {
    for (auto& contract : customer.contracts) {
      if (contract.plan.pool) contract.plan.pool->requests = 2;
    }
  }
  for (int i = 1; i < k_issues; ++i) {
    world.tracker.add(consultation(std::to_string(i), world.clock.now() - Seconds{600} + Seconds{i}));
  }
  world.tracker.add(defect(std::to_string(k_issues), world.clock.now()));
}

void second_day(SyncWorld& world) {
  world.clock.set(at_iso("2026-06-09T08:00:00Z"));
  world.tracker.change_status("1", alena(), "Rejected");
  world.tracker.comment("2", alena(), "This is how.", Visibility::everybody);
  world.tracker.change_status("2", alena(), "Resolved");
}

// Ledger lines without the time at which they were written.
std::string ledger_text(SyncWorld& world) {
  std::string text;
  for (int i = 1; i <= k_issues; ++i) {
    for (const auto& line : world.store.ledger({"support", std::to_string(i)})) {
      text += to_text(line.issue) + " " + line.action + " " + line.contract.value + " " + line.period + " " +
              line.note + "\n";
    }
  }
  return text;
}

std::string end_state(SyncWorld& world) {
  return world.tracker.state_text() + ledger_text(world);
}

// One day's cycle with that fault, then runs until calm.
void run_day(SyncWorld& world, FaultPlan& plan, void (*day)(SyncWorld&)) {
  day(world);
  run_once(world, plan);
  run_until_calm(world);
}

void check_faults(int day, int calls, const std::string& wanted) {
  for (const auto& disturbance : k_disturbances) {
    CAPTURE(disturbance.name);
    for (int n = 1; n <= calls; n += k_call_stride) {
      SyncWorld world;
      FaultPlan nothing_fails;
      FaultPlan fault;
      fault.fail_at = n;
      fault.when = disturbance.when;
      fault.how = disturbance.how;
      run_day(world, day == 1 ? fault : nothing_fails, first_day);
      if (day == 2) run_day(world, fault, second_day);
      const auto call = fault.failed ? fault.calls[static_cast<std::size_t>(n) - 1] : "none";
      CAPTURE(n);
      CAPTURE(call);
      CHECK(fault.failed);
      REQUIRE(end_state(world) == wanted);
    }
  }
}

}  // namespace

TEST_CASE("whichever call fails in the first cycle, the end is that of the undisturbed run") {
  SyncWorld world;
  FaultPlan counting;
  run_day(world, counting, first_day);
  CHECK(end_state(world).find("support#3") != std::string::npos);
  check_faults(1, static_cast<int>(counting.calls.size()), end_state(world));
}

TEST_CASE("whichever call fails in a later cycle, the end is that of the undisturbed run") {
  SyncWorld world;
  FaultPlan ignored;
  run_day(world, ignored, first_day);
  FaultPlan counting;
  run_day(world, counting, second_day);
  const auto wanted = end_state(world);
  CHECK(wanted.find("support#1 release ACME-2026") != std::string::npos);
  CHECK(wanted.find("support#2 consume ACME-2026") != std::string::npos);
  CHECK(wanted.find("support#3 reserve ACME-2026") != std::string::npos);
  check_faults(2, static_cast<int>(counting.calls.size()), wanted);
}
