// Clocks that are hours apart stop a tracker; once they agree again it goes on by itself, and nothing is lost or
// doubled.
#include <doctest/doctest.h>

#include "bridge/sync/tracker_loop.hpp"
#include "tests/bridge/sync/sync_world.hpp"

using namespace cb;

namespace {

struct World : SyncWorld {
  World() {
    tracker.capabilities_.server_time = true;
    auto answered = consultation("1", clock.now());
    answered.priority = "High";  // four open hours: 75 % at 11:00, due at 12:00
    tracker.add(answered);
    auto late = answered;
    late.key.id = "2";
    tracker.add(late);
    run_until("2026-06-08T09:00:00Z");
    REQUIRE(shows("1", Slot::sla_state) == "ok");
  }
  // The tracker tells a time that is so far from the right one; ours is so far from it.
  void run_until(const std::string& then) {
    for (;;) {
      const auto next = std::max(loop.next_at() - ours, right());
      if (next >= at_iso(then)) break;
      set_right(next);
      loop.step();
    }
    set_right(at_iso(then));
  }
  Instant right() { return clock.now() - ours; }
  void set_right(Instant now) {
    clock.set(now + ours);
    if (tracker.capabilities_.server_time) tracker.server_time_is = now + theirs;
  }

  Seconds theirs{0};
  Seconds ours{0};
  TrackerLoop loop{parts()};
};

void check_end(World& world) {
  CHECK(world.loop.status().error.empty());
  CHECK_FALSE(world.loop.status().failing_since.has_value());
  CHECK(world.shows("1", Slot::sla_state) != "breached");  // it was answered at 10:30
  CHECK(world.shows("2", Slot::sla_state) == "breached");  // nobody answered
  CHECK(world.shows("3", Slot::billing) == "pool");        // it came while the clocks were apart
  CHECK(world.store.all_parked("support").empty());
  CHECK(world.store.counts("support").woken == 0);
  for (const auto* id : {"1", "2", "3"}) {
    CAPTURE(id);
    int units = 0;
    for (const auto& line : world.store.ledger({"support", id})) units += line.action == "reserve" ? 1 : 0;
    CHECK(units == 1);
    CHECK(world.tracker.own_comments(id, "Dear") <= 1);
  }
}

}  // namespace

TEST_CASE("after a clock was hours off the tracker goes on by itself, with what came meanwhile") {
  struct Row {
    const char* name;
    Seconds theirs;
    Seconds ours;
  };
  const Row rows[] = {{"the tracker's was ahead", Seconds{3 * 3600}, {}},
                      {"the tracker's was behind", Seconds{-3 * 3600}, {}},
                      {"ours was ahead", {}, Seconds{5 * 3600}},
                      {"ours was behind", {}, Seconds{-5 * 3600}}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    World world;
    world.theirs = row.theirs;
    world.ours = row.ours;
    world.set_right(at_iso("2026-06-08T10:00:00Z"));
    const auto writes = world.tracker.writes;
    world.run_until("2026-06-08T10:30:00Z");
    CHECK(world.loop.status().error.find("our clock and the tracker's differ by ") == 0);
    const auto ours = std::exchange(world.ours, Seconds{0});  // people's clocks are right
    world.clock.set(at_iso("2026-06-08T10:30:00Z"));
    world.tracker.comment("1", alena(), "We are on it.", Visibility::everybody);
    world.tracker.add(consultation("3", at_iso("2026-06-08T10:30:00Z")));
    world.ours = ours;
    world.set_right(at_iso("2026-06-08T10:30:00Z"));
    world.run_until("2026-06-08T12:30:00Z");  // the second one is broken meanwhile
    CHECK(world.tracker.writes == writes);    // nothing is decided by a wrong clock
    world.theirs = world.ours = Seconds{0};
    world.set_right(at_iso("2026-06-08T12:30:00Z"));
    world.run_until("2026-06-08T12:40:00Z");
    check_end(world);
  }
}

TEST_CASE("what a clock that was ahead decided is decided anew once it is set back, where the tracker tells no time") {
  World world;
  world.tracker.capabilities_.server_time = false;
  world.tracker.server_time_is.reset();
  world.ours = Seconds{5 * 3600};
  world.tracker.clock_error = -world.ours;
  world.clock.set(at_iso("2026-06-08T09:10:00Z") + world.ours);
  while (world.loop.next_at() <= world.clock.now()) world.loop.step();
  REQUIRE(world.shows("1", Slot::sla_state) == "breached");  // it cannot know better
  world.ours = world.tracker.clock_error = Seconds{0};
  world.clock.set(at_iso("2026-06-08T09:20:00Z"));
  world.run_until("2026-06-08T09:30:00Z");
  CHECK(world.shows("1", Slot::sla_state) == "ok");
  CHECK(world.shows("2", Slot::sla_state) == "ok");
}
