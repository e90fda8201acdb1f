// What one failure leads to for everything else, and what is seen although nothing tells of it.
#include <doctest/doctest.h>

#include <utility>

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

// A tracker whose deepest pages fail: only lists of what is new answer.
class Shallow final : public ScriptedTracker {
 public:
  using ScriptedTracker::ScriptedTracker;
  Result<Page> changed_since(std::optional<Instant> since, const std::optional<std::string>& page) override {
    if (!since && fails) return failure(ErrorKind::retry_later, "tracker support: the list failed: 504");
    return ScriptedTracker::changed_since(since, page);
  }
  bool fails = false;
};

EngineParts parts_with(SyncWorld& world, Tracker& tracker) {
  return {tracker,
          world.store,
          world.clock,
          world.chance,
          world.log,
          world.settings.trackers.front(),
          world.settings.book,
          world.texts};
}

}  // namespace

TEST_CASE("an issue that is answered with a wish for a pause, again and again, lets the others be done") {
  for (const bool reading : {true, false}) {
    CAPTURE(reading);
    SyncWorld world;
    for (const auto* id : {"1", "2", "3"}) world.tracker.add(consultation(id, world.clock.now()));
    const Error wait{ErrorKind::retry_later, "support#1: the tracker answered 503", Seconds{120}};
    (reading ? world.tracker.broken : world.tracker.refused)["1"] = wait;
    TrackerLoop loop(world.parts());
    loop.step();
    CHECK(loop.next_at() >= world.clock.now() + Seconds{120});
    run_until(world, loop, world.clock.now() + Seconds{900});
    CHECK(world.shows("2", Slot::billing) == "pool");
    CHECK(world.shows("3", Slot::billing) == "pool");
    CHECK(world.store.parked({"support", "1"}).has_value());
    (reading ? world.tracker.broken : world.tracker.refused).clear();
    world.store.retry({"support", "1"}, world.clock.now());
    run_until(world, loop, world.clock.now() + Seconds{900});
    CHECK(world.shows("1", Slot::billing) == "pool");
  }
}

TEST_CASE("where only lists fail, promises are watched all the same") {
  SyncWorld world;
  auto issue = consultation("1", world.clock.now());
  issue.priority = "High";  // four open hours: 75 % at 11:00, due at 12:00
  world.tracker.add(issue);
  TrackerLoop loop(world.parts());
  loop.step();
  world.tracker.list_fails = Error{ErrorKind::denied, "tracker support: project lms is archived (403)", {}};
  run_until(world, loop, at_iso("2026-06-08T11:10:00Z"));
  CHECK(world.shows("1", Slot::sla_state) == "at_risk");
  CHECK(loop.status().failing_since.has_value());
  CHECK(loop.status().error.find("archived") != std::string::npos);
}

TEST_CASE("where the list of everything fails, what is new is seen all the same") {
  SyncWorld world;
  Shallow tracker(world.clock);
  const auto parts = parts_with(world, tracker);
  TrackerLoop loop(parts);
  loop.step();
  tracker.fails = true;
  run_until(world, loop, world.clock.now() + Seconds{25 * 3600});
  REQUIRE(loop.status().failing_since.has_value());
  tracker.add(consultation("1", world.clock.now()));
  run_until(world, loop, world.clock.now() + 2 * k_longest_outage_wait);
  CHECK(tracker.at("1").shown.at(Slot::billing).text == "pool");
}

TEST_CASE("a tracker that asks for a pause with its second list gets one") {
  SyncWorld world;
  Shallow tracker(world.clock);
  const auto parts = parts_with(world, tracker);
  tracker.add(consultation("1", world.clock.now()));
  REQUIRE(Engine(parts).run_cycle().complete());
  tracker.fails = true;
  tracker.list_fails = Error{ErrorKind::retry_later, "tracker support: 503", Seconds{90}};
  world.pass(Seconds{25 * 3600});
  world.store.wake({{"support", "1"}}, "a webhook", world.clock.now());
  const auto fetches = tracker.fetches;
  EngineOptions lists_first;
  lists_first.serve_while_listing = false;
  CHECK(Engine(parts, lists_first).run_cycle().wait == Seconds{90});
  CHECK(tracker.fetches == fetches);
}

TEST_CASE("a write whose server was too slow may still be under way: nothing is repeated for two minutes") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.refused["1"] = {ErrorKind::retry_later, "support#1: the tracker did not answer within 30 s", {}};
  world.tracker.refused["1"].unanswered = true;
  world.cycle();
  world.tracker.refused.clear();
  const auto until = world.clock.now() + Seconds{120};
  REQUIRE(world.store.parked({"support", "1"}).has_value());
  CHECK(world.store.parked({"support", "1"})->retry_at >= until);
  world.tracker.comment("1", eva(), "Are you there?", Visibility::everybody);  // changed, it would be read at once
  while (world.clock.now() + Seconds{10} < until) {
    world.pass(Seconds{10});
    world.cycle();
  }
  CHECK(world.tracker.writes == 0);
  world.clock.set(world.store.parked({"support", "1"})->retry_at);
  world.cycle();
  CHECK(world.tracker.writes == 1);
}

TEST_CASE("our clock may be ahead of a tracker that tells no time: what is new is found all the same, and read once") {
  SyncWorld world;
  world.cycle();
  const Seconds ahead{25 * 60};
  for (int i = 1; i <= 3; ++i) {
    world.pass(Seconds{3600});
    const auto id = std::to_string(i);
    world.tracker.add(consultation(id, world.clock.now() - ahead)).issue.updated = world.clock.now() - ahead;
    world.cycle();
    CHECK(world.store.issue({"support", id}).has_value());
  }
  world.pass(Seconds{600});
  world.cycle();
  const auto fetches = world.tracker.fetches;
  world.pass(Seconds{60});
  world.cycle();
  CHECK(world.tracker.fetches == fetches);
}

TEST_CASE("another configuration may serve what was never listed: everything is listed at once") {
  SyncWorld world;
  world.cycle();
  world.pass(Seconds{7200});
  world.tracker.add(consultation("1", world.clock.now() - Seconds{10'000})).issue.updated =
      world.clock.now() - Seconds{10'000};
  world.cycle();
  CHECK_FALSE(world.store.issue({"support", "1"}).has_value());
  world.settings.book.version = "with one more project";
  world.cycle();
  CHECK(world.shows("1", Slot::billing) == "pool");
  const auto fetches = world.tracker.fetches;
  world.pass(Seconds{600});
  world.cycle();
  world.pass(Seconds{600});
  world.cycle();
  CHECK(world.tracker.fetches <= fetches + 1);
}

TEST_CASE("nobody is told of a breach by what was read before the answer came") {
  SyncWorld world;
  NotificationTarget pager;
  pager.name = "pager";
  pager.events = {NotificationEvent::breach};
  const std::vector<NotificationTarget> targets{pager};
  auto issue = consultation("1", world.clock.now());
  issue.priority = "High";  // four open hours: due at 12:00
  world.tracker.add(issue);
  world.tracker.add(consultation("2", world.clock.now()));
  world.clock.set(at_iso("2026-06-08T11:59:50Z"));
  bool answered = false;
  world.tracker.before_fetch = [&](const IssueKey& key) {
    if (key.id != "2" || std::exchange(answered, true)) return;
    world.pass(Seconds{5});
    world.tracker.comment("1", alena(), "It is a setting.", Visibility::everybody);
    world.pass(Seconds{8});  // more would begin another portion
  };
  auto parts = world.parts();
  parts.notifications = &targets;
  REQUIRE(Engine(parts).run_cycle().complete());
  CHECK(world.store.notifications("pager", world.clock.now(), 10).empty());
  CHECK(world.shows("1", Slot::sla_state) != "breached");
}

TEST_CASE("a list goes by the tracker's clock where ours is ahead of it, also where it only stamps its answers") {
  SyncWorld world;
  world.tracker.capabilities_.server_time = false;
  world.tracker.server_time_is = world.clock.now() - Seconds{600};
  world.cycle();
  CHECK(world.store.cursor("support")->since <= world.clock.now() - Seconds{600});
  world.tracker.server_time_is = world.clock.now() + Seconds{600};
  world.cycle();
  CHECK(world.store.cursor("support")->since <= world.clock.now());
}

TEST_CASE("who is deleted without a promise that falls due is missed by the list of everything") {
  SyncWorld world;
  auto issue = consultation("1", world.clock.now());
  issue.status = "Feedback";
  world.tracker.add(issue);
  world.tracker.add(consultation("2", world.clock.now()));
  world.cycle();
  REQUIRE(world.store.claims({"ACME-2026"}).size() == 2);
  world.tracker.remove("1");
  world.pass(Seconds{25 * 3600});
  EngineOptions everything;
  everything.sweep = true;
  world.cycle(everything);
  REQUIRE(world.store.parked({"support", "1"}).has_value());
  CHECK_FALSE(world.store.parked({"support", "2"}).has_value());
  world.clock.set(world.store.parked({"support", "1"})->retry_at);
  world.cycle();
  CHECK(world.store.issue({"support", "1"})->gone);
  CHECK_FALSE(world.store.issue({"support", "2"})->gone);
}

TEST_CASE("whoever wishes for lists again and again gets no more than the quickest rhythm") {
  SyncWorld world;
  world.settings.trackers.front().poll_every = Seconds{600};
  TrackerLoop loop(world.parts());
  loop.step();
  const auto lists = world.tracker.lists;
  for (int second = 0; second < 60; ++second) {
    world.pass(Seconds{1});
    loop.list_soon();
    while (loop.next_at() <= world.clock.now()) loop.step();
  }
  CHECK(world.tracker.lists >= lists + 5);
  CHECK(world.tracker.lists <= lists + 6);
}
