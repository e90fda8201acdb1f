// The endless life of one tracker's engine, on virtual time.
#include <doctest/doctest.h>

#include "tests/bridge/sync/sync_world.hpp"

#include "bridge/sync/tracker_loop.hpp"

using namespace cb;

namespace {

// Steps whenever one is due, until then.
void run_until(SyncWorld& world, TrackerLoop& loop, Instant then) {
  for (int steps = 0; loop.next_at() < then; ++steps) {
    REQUIRE(steps < 10'000);
    if (world.clock.now() < loop.next_at()) world.clock.set(loop.next_at());
    loop.step();
  }
  world.clock.set(then);
}

}  // namespace

TEST_CASE("a rhythm is quick while there is work, calm when there is none, and slow after failures") {
  Rhythm rhythm(Seconds{120});
  CHECK(rhythm.after_work() == Seconds{30});
  CHECK(rhythm.after_work() == Seconds{30});
  CHECK(rhythm.after_nothing() == Seconds{60});
  CHECK(rhythm.after_nothing() == Seconds{120});
  CHECK(rhythm.after_nothing() == Seconds{120});
  CHECK(rhythm.after_failure(0, {}) == Seconds{45});
  CHECK(rhythm.after_failure(0, {}) == Seconds{90});
  for (int i = 0; i < 20; ++i) CHECK(rhythm.after_failure(UINT64_MAX, {}) <= k_longest_outage_wait);
  CHECK(rhythm.after_failure(0, Seconds{900}) == Seconds{900});
  CHECK(rhythm.failures() == 23);
  CHECK(rhythm.after_work() == Seconds{30});
  CHECK(rhythm.failures() == 0);
  CHECK(Rhythm(Seconds{20}).after_work() == k_quickest_poll);
}

TEST_CASE("what falls due is shown at its second, without any activity in the tracker, and nothing else is asked for") {
  SyncWorld world;
  world.settings.trackers.front().poll_every = Seconds{5000};
  auto issue = consultation("1", world.clock.now());
  issue.priority = "High";  // four open hours: 75 % at 11:00, due at 12:00
  world.tracker.add(issue);
  for (int i = 2; i <= 40; ++i) {
    auto other = defect(std::to_string(i), world.clock.now());
    other.status = "Closed";
    world.tracker.add(other);
  }
  TrackerLoop loop(world.parts());
  run_until(world, loop, at_iso("2026-06-08T10:59:59Z"));
  CHECK(world.shows("1", Slot::sla_state) == "ok");
  const auto fetches = world.tracker.fetches;
  const auto lists = world.tracker.lists;
  run_until(world, loop, at_iso("2026-06-08T11:00:01Z"));
  CHECK(world.shows("1", Slot::sla_state) == "at_risk");
  CHECK(world.tracker.fetches == fetches + 1);
  CHECK(world.tracker.lists == lists);
  run_until(world, loop, at_iso("2026-06-08T12:00:00Z"));
  CHECK(world.shows("1", Slot::sla_state) == "at_risk");
  run_until(world, loop, at_iso("2026-06-08T12:00:02Z"));
  CHECK(world.shows("1", Slot::sla_state) == "breached");
}

TEST_CASE("what is woken is looked at at once") {
  SyncWorld world;
  world.settings.trackers.front().poll_every = Seconds{600};
  world.tracker.add(consultation("1", world.clock.now()));
  TrackerLoop loop(world.parts());
  run_until(world, loop, world.clock.now() + Seconds{3500});
  const auto lists = world.tracker.lists;
  const auto fetches = world.tracker.fetches;
  world.tracker.comment("1", alena(), "We are on it.", Visibility::everybody);
  world.store.wake({{"support", "1"}}, "webhook", world.clock.now());
  CHECK(loop.next_at() > world.clock.now());
  loop.wake();
  CHECK(loop.next_at() <= world.clock.now());
  loop.step();
  CHECK(world.tracker.fetches == fetches + 1);
  CHECK(world.tracker.lists == lists);
  CHECK(loop.next_at() > world.clock.now());
}

TEST_CASE(
    "a tracker that fails is left alone longer and longer, the status says so, and an outage ends within minutes") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  TrackerLoop loop(world.parts());
  world.tracker.list_fails = Error{ErrorKind::retry_later, "tracker support: no answer", {}};
  const auto began = world.clock.now();
  run_until(world, loop, began + Seconds{3 * 3600});
  CHECK(loop.status().error == "tracker support: no answer");
  CHECK(loop.status().failing_since == began + Seconds{1});
  CHECK_FALSE(loop.status().last_list.has_value());
  CHECK(loop.status().failures > 20);
  CHECK(loop.status().failures < 100);
  CHECK(loop.next_at() - world.clock.now() <= k_longest_outage_wait);
  world.store.wake({{"support", "1"}}, "webhook", world.clock.now());
  loop.wake();
  CHECK(loop.next_at() > world.clock.now());  // no wake hurries one that is down
  world.tracker.list_fails.reset();
  run_until(world, loop, world.clock.now() + k_longest_outage_wait + Seconds{60});
  CHECK(loop.status().error.empty());
  CHECK_FALSE(loop.status().failing_since.has_value());
  CHECK(loop.status().last_list.has_value());
  CHECK(world.shows("1", Slot::billing) == "pool");
}

TEST_CASE("a tracker that asks to be left alone is left alone for so long") {
  SyncWorld world;
  TrackerLoop loop(world.parts());
  world.tracker.list_fails = Error{ErrorKind::retry_later, "tracker support: 429", Seconds{1800}};
  loop.step();
  CHECK(loop.next_at() - world.clock.now() == Seconds{1800});
}

TEST_CASE("a clock that is set back does not make the loop wait for the time that was taken away") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  TrackerLoop loop(world.parts());
  loop.step();
  const auto right = world.clock.now() - Seconds{7200};
  world.clock.set(right);
  CHECK(loop.next_at() == right);
  const auto lists = world.tracker.lists;
  run_until(world, loop, right + Seconds{200});
  CHECK(world.tracker.lists >= lists + 2);
  CHECK(loop.next_at() <= right + Seconds{320});
}

TEST_CASE("what falls due while the tracker fails is shown as soon as it may be asked again, not with the next list") {
  SyncWorld world;
  world.settings.trackers.front().poll_every = Seconds{20'000};
  auto issue = consultation("1", world.clock.now());
  issue.priority = "High";  // at risk at 11:00
  world.tracker.add(issue);
  TrackerLoop loop(world.parts());
  run_until(world, loop, at_iso("2026-06-08T10:59:59Z"));
  world.tracker.broken["1"] = {ErrorKind::retry_later, "tracker support: 429", Seconds{30}};
  run_until(world, loop, at_iso("2026-06-08T11:00:05Z"));
  CHECK(world.shows("1", Slot::sla_state) == "ok");
  world.tracker.broken.clear();
  run_until(world, loop, at_iso("2026-06-08T11:02:00Z"));
  CHECK(world.shows("1", Slot::sla_state) == "at_risk");
}

TEST_CASE("a clock that jumps ahead decides nothing, also where no list is due") {
  SyncWorld world;
  world.settings.trackers.front().poll_every = Seconds{50'000};
  auto issue = consultation("1", world.clock.now());
  issue.priority = "High";
  world.tracker.add(issue);
  TrackerLoop loop(world.parts());
  run_until(world, loop, at_iso("2026-06-08T10:30:00Z"));
  world.tracker.server_time_is = world.clock.now();  // it goes on telling the right time
  world.clock.set(at_iso("2026-06-08T13:00:00Z"));
  loop.step();
  CHECK(world.shows("1", Slot::sla_state) == "ok");
  CHECK(loop.status().error.find("our clock and the tracker's differ by 2h30m") == 0);
}

TEST_CASE("a list that is wanted is made at once, where there was none a moment ago") {
  SyncWorld world;
  world.settings.trackers.front().poll_every = Seconds{600};
  TrackerLoop loop(world.parts());
  run_until(world, loop, world.clock.now() + Seconds{3500});
  world.tracker.add(consultation("1", world.clock.now()));
  const auto lists = world.tracker.lists;
  loop.list_soon();
  REQUIRE(loop.next_at() <= world.clock.now());
  loop.step();
  CHECK(world.tracker.lists == lists + 1);
  CHECK(world.shows("1", Slot::billing) == "pool");
}

TEST_CASE("a list that is wanted while a step runs is made soon after it") {
  SyncWorld world;
  world.settings.trackers.front().poll_every = Seconds{600};
  TrackerLoop loop(world.parts());
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.before_apply = [&] {
    world.tracker.before_apply = {};
    world.tracker.add(consultation("2", world.clock.now()));
    loop.list_soon();
  };
  loop.step();
  run_until(world, loop, world.clock.now() + k_quickest_poll + Seconds{1});
  CHECK(world.shows("2", Slot::billing) == "pool");
  CHECK(loop.next_at() > world.clock.now());
}

TEST_CASE("what waits for an hour of the tracker's index is found with the next sweep, once a day") {
  SyncWorld world;
  TrackerLoop loop(world.parts());
  loop.step();
  const auto lists = world.tracker.lists;
  run_until(world, loop, world.clock.now() + Seconds{24 * 3600 + 120});
  CHECK(world.tracker.lists > lists + 24 * 3600 / 60 - 5);
  CHECK(world.store.cursor("support (sweep)")->completed_at > at_iso("2026-06-09T07:59:00Z"));
}
