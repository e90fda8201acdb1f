// A clock that is wrong, and is set right later: what it made the bridge do is stopped soon and does not stay.
#include <doctest/doctest.h>

#include "tests/bridge/sync/sync_world.hpp"

#include "bridge/sync/selection.hpp"

using namespace cb;

TEST_CASE(
    "a tracker that tells no time shows by the first write that a clock is hours off, and nothing more is written") {
  SyncWorld world;
  for (int i = 1; i <= 3; ++i) world.tracker.add(consultation(std::to_string(i), world.clock.now()));
  world.tracker.clock_error = Seconds{-7200};
  world.pass(Seconds{7200 + 60});  // ours is ahead, and a minute has passed
  const auto report = world.cycle();
  CHECK(report.held);
  CHECK(report.error.find("our clock and the tracker's differ by 2h") == 0);
  CHECK(world.tracker.writes == 1);
  world.pass(Seconds{300});
  CHECK(world.cycle().held);
  CHECK(world.tracker.writes == 1);

  SUBCASE("ours is set back: it goes on at once") {
    world.tracker.clock_error = Seconds{0};
    world.pass(Seconds{-7200});
    CHECK(world.cycle().error.empty());
    CHECK(world.tracker.writes >= 3);
    CHECK_FALSE(world.store.parked(writing_stop("support")).has_value());
  }
  SUBCASE("the tracker's is set right: it goes on within the hour") {
    world.tracker.clock_error = Seconds{0};
    world.pass(Seconds{3600});
    CHECK(world.cycle().error.empty());
    CHECK(world.tracker.writes >= 3);
  }
}

TEST_CASE("an old issue that a write leaves untouched tells nothing about clocks") {
  SyncWorld world;
  auto issue = consultation("1", world.clock.now());
  world.tracker.add(issue);
  world.cycle();
  world.pass(Seconds{20 * 24 * 3600});
  CHECK(world.cycle().error.empty());
}

TEST_CASE("what was put off by a clock that was ahead is not put off once it is set back") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.broken["1"] = {ErrorKind::bad_reply, "tracker support: 1: not JSON", {}};
  const Seconds days{3 * 24 * 3600};
  world.pass(days);
  CHECK(world.cycle().parked == 1);
  world.pass(-days);
  world.tracker.broken.clear();
  const auto report = world.cycle();
  CHECK(report.parked == 0);
  CHECK(report.written == 1);
}
