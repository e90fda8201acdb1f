// What keeps one issue, or a flood of deliveries, from making the bridge blind for everything else of its tracker.
#include <doctest/doctest.h>

#include "tests/bridge/sync/sync_world.hpp"

#include "bridge/sync/tracker_loop.hpp"

using namespace cb;

namespace {

void add_issues(SyncWorld& world, int number) {
  for (int i = 1; i <= number; ++i) world.tracker.add(consultation(std::to_string(i), world.clock.now()));
}

bool reports_a_fault(const SyncWorld& world) {
  return world.log_text.str().find("fault of the program") != std::string::npos;
}

}  // namespace

TEST_CASE("however many deliveries come, a tracker is asked what changed, and a new issue is found") {
  SyncWorld world;
  world.settings.trackers.front().poll_every = Seconds{60};
  add_issues(world, 7);
  const auto until = world.clock.now() + Seconds{900};
  TrackerLoop loop(world.parts());
  world.tracker.before_fetch = [&](const IssueKey& key) {
    world.pass(Seconds{1});
    if (world.clock.now() < until) world.store.wake({key}, "webhook", world.clock.now());
    if (world.tracker.fetches == 100) world.tracker.add(consultation("8", world.clock.now()));
  };
  bool found = false;
  for (int steps = 0; world.clock.now() < until; ++steps) {
    REQUIRE(steps < 1000);
    if (world.clock.now() < loop.next_at()) world.clock.set(loop.next_at());
    loop.step();
    if (world.tracker.fetches < 250) found = found || world.store.issue({"support", "8"}).has_value();
  }
  CHECK(world.tracker.lists >= 10);
  CHECK(found);
  CHECK_FALSE(reports_a_fault(world));
}

TEST_CASE("an issue that is woken again and again while it is looked at is no fault of ours") {
  SyncWorld world;
  add_issues(world, 1);
  TrackerLoop loop(world.parts());
  int left = 300;
  world.tracker.before_fetch = [&](const IssueKey& key) {
    if (--left > 0) world.store.wake({key}, "webhook", world.clock.now());
  };
  for (int steps = 0; steps < 100; ++steps) loop.step();
  CHECK(left <= 0);
  CHECK_FALSE(reports_a_fault(world));
  CHECK(world.store.wakes("support", world.clock.now(), 10).empty());
}

TEST_CASE("what a slow tracker has told is decided before more is asked, so that a stop loses little") {
  SyncWorld world;
  add_issues(world, 40);
  world.tracker.before_fetch = [&](const IssueKey&) { world.pass(Seconds{1}); };
  EngineOptions options;
  options.stop_asked = [&] { return world.tracker.fetches >= 25; };
  const auto first = world.cycle(options);
  CHECK(first.stopped);
  CHECK(first.written >= 20);
  options.stop_asked = {};
  options.list = false;
  const auto second = world.cycle(options);
  CHECK(first.written + second.written == 40);
  CHECK(world.tracker.fetches <= 40 + 10);
}

TEST_CASE("who asks to be left alone when asked whether he is there is left alone for so long") {
  SyncWorld world;
  for (int i = 1; i <= 5; ++i) {
    world.tracker.add(defect(std::to_string(i), world.clock.now()));
    world.tracker.broken[std::to_string(i)] = {ErrorKind::retry_later, "tracker support: 503", {}};
  }
  world.tracker.before_fetch = [&](const IssueKey&) {
    world.tracker.denied = Error{ErrorKind::retry_later, "tracker support: 429", Seconds{900}};
  };
  const auto report = world.cycle();
  CHECK_FALSE(report.complete());
  CHECK(report.wait == Seconds{900});
}

TEST_CASE("an answer that took long to fail is not waited for twice, and the others are done") {
  SyncWorld world;
  for (int i = 1; i <= 3; ++i) world.tracker.add(defect(std::to_string(i), world.clock.now()));
  world.tracker.broken["1"] = {ErrorKind::retry_later, "tracker support: did not finish its answer within 60 s", {}};
  world.tracker.before_fetch = [&](const IssueKey& key) {
    if (key.id == "1") world.pass(Seconds{60});
  };
  const auto began = world.clock.now();
  const auto report = world.cycle();
  CHECK(report.parked == 1);
  CHECK(report.written == 2);
  CHECK(world.tracker.fetches == 3);
  CHECK(world.clock.now() - began < Seconds{70});
}
