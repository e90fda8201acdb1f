// A tracker that cannot be read is told outside it: what falls due meanwhile may not be told as broken.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "bridge/sync/selection.hpp"
#include "bridge/sync/tracker_loop.hpp"
#include "tests/bridge/sync/sync_world.hpp"
#include "tests/support/failing.hpp"

using namespace cb;

namespace {

const Error k_down{ErrorKind::retry_later, "tracker support: no answer to secret-looking question", {}};

struct World : SyncWorld {
  World() {
    NotificationTarget chat;
    chat.name = "chat";
    chat.kind = NotificationKind::chat;
    chat.events = {NotificationEvent::outage};
    NotificationTarget pager;
    pager.name = "pager";
    pager.events = {NotificationEvent::risk, NotificationEvent::breach, NotificationEvent::outage};
    NotificationTarget calm;
    calm.name = "calm";
    calm.events = {NotificationEvent::urgent};
    targets = {chat, pager, calm};
    start();
  }

  void start() {
    auto with = parts();
    loop = std::make_unique<TrackerLoop>(EngineParts{with.tracker, failing, with.clock, with.chance, with.log,
                                                     with.settings, with.book, with.texts, &targets});
  }
  void run_until(const std::string& then) {
    while (loop->next_at() < at_iso(then)) {
      if (clock.now() < loop->next_at()) clock.set(loop->next_at());
      loop->step();
    }
    clock.set(at_iso(then));
  }
  void goes_down() {
    tracker.list_fails = k_down;
    tracker.broken["1"] = k_down;
  }
  void comes_back() {
    tracker.list_fails.reset();
    tracker.broken.clear();
  }
  std::vector<nlohmann::json> told(const std::string& target, const std::string& event = "") {
    std::vector<nlohmann::json> all;
    for (const auto& each : store.notifications(target, clock.now(), 100)) {
      auto json = nlohmann::json::parse(each.body);
      if (event.empty() || json.value("event", "") == event) all.push_back(std::move(json));
    }
    return all;
  }

  FaultPlan plan;
  FailingStore failing{store, plan};
  std::vector<NotificationTarget> targets;
  std::unique_ptr<TrackerLoop> loop;
};

// Four open hours: due at 12:00.
Issue due_at_noon() {
  auto issue = consultation("1", at_iso("2026-06-08T08:00:00Z"));
  issue.priority = "High";

  return issue;
}

}  // namespace

TEST_CASE("an outage is told once a day with what falls due, survives restarts, and its end is told once") {
  World world;
  world.tracker.add(due_at_noon());
  world.run_until("2026-06-08T09:00:00Z");
  const auto last_list = *world.loop->status().last_list;
  world.goes_down();
  world.run_until("2026-06-08T09:10:00Z");
  CHECK(world.told("pager").empty());  // not for long yet
  world.run_until("2026-06-08T09:30:00Z");
  REQUIRE(world.told("pager", "outage").size() == 1);
  const auto first = world.told("pager", "outage").front();
  CHECK(first["tracker"] == "support");
  CHECK(first["state"] == "unread");
  CHECK(first["last_read"] == to_iso(last_list));
  CHECK(first["fell_due"] == 0);
  CHECK(first["due_next_day"] == 1);
  CHECK(first["next_due"] == "2026-06-08T12:00:00Z");
  REQUIRE(world.told("chat").size() == 1);
  const auto text = world.told("chat").front()["text"].get<std::string>();
  CHECK(text.find("Tracker support has not been read since " + to_iso(last_list)) == 0);
  CHECK(text.find("0 promises fell due since, and 1 promise will within a day, the next at 2026-06-08T12:00:00Z") !=
        std::string::npos);
  CHECK(text.find("secret-looking") == std::string::npos);
  CHECK(world.told("calm").empty());

  world.start();  // after a crash
  world.run_until("2026-06-08T20:00:00Z");
  CHECK(world.told("pager").size() == 1);  // no breach: nobody has looked
  world.run_until("2026-06-10T08:00:00Z");
  REQUIRE(world.told("pager", "outage").size() == 2);
  world.run_until("2026-06-10T20:00:00Z");
  REQUIRE(world.told("pager", "outage").size() == 3);
  CHECK(world.told("pager", "outage").back()["fell_due"] == 1);
  CHECK(world.told("pager", "outage").back()["due_next_day"] == 0);

  world.start();
  world.comes_back();
  world.run_until("2026-06-10T21:00:00Z");
  // What nobody has been sent yet of the outage is no news any more.
  const auto over = world.told("pager", "outage");
  REQUIRE(over.size() == 1);
  CHECK(over.front()["state"] == "read again");
  CHECK(over.front()["last_read"] == to_iso(last_list));
  CHECK(over.front()["fell_due"] == 1);
  CHECK(world.told("pager", "breach").size() == 1);  // now that it was read
  world.run_until("2026-06-11T21:00:00Z");
  CHECK(world.told("pager", "outage").size() == 1);
}

TEST_CASE("a promise that was kept during an outage is never told as broken") {
  World world;
  world.tracker.add(due_at_noon());
  world.run_until("2026-06-08T09:00:00Z");
  world.goes_down();
  world.run_until("2026-06-08T11:00:00Z");
  world.tracker.comment("1", alena(), "We are on it.", Visibility::everybody);
  world.run_until("2026-06-08T14:00:00Z");
  world.comes_back();
  world.run_until("2026-06-08T15:00:00Z");
  CHECK(world.told("pager", "breach").empty());
  CHECK(world.told("pager", "outage").size() == 1);
}

TEST_CASE("a tracker that asks to be left alone for long is told at once, a short outage and a new tracker never") {
  World world;
  world.goes_down();
  world.run_until("2026-06-08T12:00:00Z");
  CHECK(world.told("pager").empty());  // it was never read: nothing is promised
  world.comes_back();
  world.run_until("2026-06-08T13:00:00Z");
  world.goes_down();
  world.run_until("2026-06-08T13:10:00Z");
  world.comes_back();
  world.run_until("2026-06-08T14:00:00Z");
  CHECK(world.told("pager").empty());
  world.goes_down();
  world.tracker.list_fails->retry_after = Seconds{6 * 3600};
  world.run_until("2026-06-08T14:03:00Z");
  CHECK(world.told("pager", "outage").size() == 1);
}

TEST_CASE("the end of an outage is told once, also where the cursor cannot move at first") {
  World world;
  world.run_until("2026-06-08T09:00:00Z");
  world.goes_down();
  world.run_until("2026-06-08T10:00:00Z");
  for (const auto& each : world.store.notifications("pager", world.clock.now(), 10))
    world.store.notification_sent(each.id, each.target, world.clock.now());
  world.comes_back();
  int failures = 0;
  world.plan.decide = [&](FaultPlan&, const std::string& call) {
    return call == "store.set_cursor" && ++failures == 1;
  };
  world.run_until("2026-06-08T11:00:00Z");
  CHECK(failures > 1);
  REQUIRE(world.told("pager", "outage").size() == 1);
  CHECK(world.told("pager", "outage").front()["state"] == "read again");
}

TEST_CASE("one failure after hours of work, or of rest, is no outage") {
  World world;
  world.run_until("2026-06-08T09:00:00Z");
  world.clock.set(at_iso("2026-06-08T13:00:00Z"));
  world.goes_down();
  world.run_until("2026-06-08T13:10:00Z");
  CHECK(world.told("pager").empty());
  world.run_until("2026-06-08T13:30:00Z");
  CHECK(world.told("pager").size() == 1);
}

TEST_CASE("where the bridge has stopped itself it says so, and accuses no tracker") {
  World world;
  world.run_until("2026-06-08T09:00:00Z");
  const auto until = at_iso("2026-06-09T09:00:00Z");
  world.store.park({writing_stop("support"), "a private note became public", world.clock.now(), until, 1});
  world.run_until("2026-06-08T10:00:00Z");
  REQUIRE(world.told("pager", "outage").size() == 1);
  CHECK(world.told("pager", "outage").front()["state"] == "stopped");
  CHECK(world.told("chat").front()["text"].get<std::string>().find(
            "The bridge has stopped itself for tracker support") == 0);
}

TEST_CASE("who is told of outages from today on hears of the one that lasts") {
  World world;
  world.run_until("2026-06-08T09:00:00Z");
  world.goes_down();
  world.run_until("2026-06-08T10:00:00Z");
  world.targets.back().events.insert(NotificationEvent::outage);
  world.start();
  world.run_until("2026-06-08T11:00:00Z");
  CHECK(world.told("calm").size() == 1);
  CHECK(world.told("pager").size() == 1);
}
