// Runs of an engine in which the n-th call to the outside fails, and those after it until nothing is left to do.
#pragma once

#include "tests/bridge/sync/sync_world.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/failing.hpp"

namespace cb {

inline void run_once(SyncWorld& world, FaultPlan& plan) {
  FailingTracker tracker(world.tracker, plan);
  FailingStore store(world.store, plan);
  const EngineParts parts{
      tracker,    store, world.clock, world.chance, world.log, world.settings.trackers.front(), world.settings.book,
      world.texts};
  try {
    Engine(parts).run_cycle();
  } catch (const Crash&) {
    // The process died; the next run is a new one on the same store.
  }
}

inline bool is_calm(SyncWorld& world) {
  return world.store.all_parked("support").empty() && world.store.open_intents("support").empty();
}

// Runs until nothing is parked or open; the clock goes on to the next retry. Always within the same working day.
inline void run_until_calm(SyncWorld& world) {
  FaultPlan nothing_fails;
  for (int i = 0; i < 8; ++i) {
    world.pass(Seconds{120});
    run_once(world, nothing_fails);
    if (i > 1 && is_calm(world)) return;
  }
  FAIL("the engine does not come to rest");
}

struct Disturbance {
  const char* name;
  FaultPlan::When when;
  FaultPlan::How how;
};

inline const Disturbance k_disturbances[] = {
    {"fails before its effect", FaultPlan::When::before, FaultPlan::How::error},
    {"fails after its effect", FaultPlan::When::after, FaultPlan::How::error},
    {"dies before its effect", FaultPlan::When::before, FaultPlan::How::crash},
    {"dies after its effect", FaultPlan::When::after, FaultPlan::How::crash},
};

}  // namespace cb
