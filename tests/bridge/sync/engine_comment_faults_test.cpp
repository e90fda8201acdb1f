// The engine may die or be lied to at every single call while it writes comments, assigns and puts people in copy.
// Whatever call it is, each comment stands there once in the end, as in the run that nobody disturbed.
#include <doctest/doctest.h>

#include "tests/bridge/sync/fault_runs.hpp"

using namespace cb;

namespace {

// Two issues, one of them resolved soon.
void prepare(SyncWorld& world) {
  auto& write = world.settings.trackers.front().write;
  for (const auto* kind : {"reclassified", "breach"}) write.comments[kind] = CommentMode::everybody;
  write.comments["escalation"] = CommentMode::internal;
  write.labels = {{"at_risk", "sla-risk"}};
  write.assign_consultant = true;
  write.copy_escalation = true;
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.add(consultation("2", world.clock.now()));
  FaultPlan nothing_fails;
  run_once(world, nothing_fails);
  world.tracker.change_status("1", alena(), "Resolved");
  run_until_calm(world);
}

// Four days later: a reminder, a reclassification with an apology, an escalation with people, a mismatch, and an
// approval by somebody who may not order.
void bring_about(SyncWorld& world) {
  world.clock.set(at_iso("2026-06-12T07:00:00Z"));
  world.tracker.change_field("2", alena(), "Category confirmed", "defect");
  auto at_risk = consultation("3", world.clock.now());
  at_risk.priority = "High";
  world.tracker.add(at_risk);
  auto urgent = defect("4", world.clock.now());
  urgent.priority = "Low";
  urgent.summary = "Production is down, nobody can work";
  world.tracker.add(urgent);
  auto paid = consultation("5", world.clock.now());
  paid.type = "Training";
  world.tracker.add(paid);
  world.tracker.change_field("5", eva(), "Order approved", "yes");
  world.clock.set(at_iso("2026-06-12T10:05:00Z"));
}

void run_all(SyncWorld& world, FaultPlan& plan) {
  prepare(world);
  bring_about(world);
  run_once(world, plan);
  run_until_calm(world);
}

}  // namespace

TEST_CASE("no comment is written twice or lost, and nobody is put in copy twice, whichever call fails") {
  SyncWorld undisturbed;
  FaultPlan counting;
  run_all(undisturbed, counting);
  const auto wanted = undisturbed.tracker.state_text();
  for (const std::string part :
       {"We believe that this request was solved on 8 June 2026", "We have looked into your request",
        "The category moved from consultation to defect", "We had promised", "is overdue", "To act now: Alena.",
        "is at risk", "in copy vera.d", "The description sounds urgent", "may not order", "assigned to alena.k",
        "label sla-risk"}) {
    CAPTURE(part);
    CHECK_MESSAGE(wanted.find(part) != std::string::npos, wanted);
  }
  const auto calls = static_cast<int>(counting.calls.size());
  CHECK(calls > 40);
  for (const auto& disturbance : k_disturbances) {
    CAPTURE(disturbance.name);
    for (int n = 1; n <= calls; n += k_call_stride) {
      CAPTURE(n);
      SyncWorld world;
      FaultPlan fault;
      fault.fail_at = n;
      fault.when = disturbance.when;
      fault.how = disturbance.how;
      run_all(world, fault);
      CHECK(fault.failed);
      REQUIRE(world.tracker.state_text() == wanted);
    }
  }
}

TEST_CASE("a store that is lost between any two cycles makes no comment be written again") {
  SyncWorld world;
  FaultPlan nothing_fails;
  run_all(world, nothing_fails);
  const auto wanted = world.tracker.state_text();
  for (int i = 0; i < 3; ++i) {
    world.store = MemoryStore();
    run_until_calm(world);
    CHECK(world.tracker.state_text() == wanted);
  }
}
