// What falls due while other work is under way goes first.
#include <doctest/doctest.h>

#include "bridge/sync/tracker_loop.hpp"
#include "tests/bridge/sync/sync_world.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/failing.hpp"

using namespace cb;

namespace {

constexpr int k_others = 500;  // a portion

// A tracker that takes a tenth of a second for each request, and notes when issue 1 shows what fell due.
struct SlowWorld : SyncWorld {
  SlowWorld() {
    settings.trackers.front().poll_every = Seconds{3600};  // one step does all of it
    slow.decide = [this](FaultPlan&, const std::string& call) {
      calls.push_back(call);
      if (!shown_at && shows("1", Slot::sla_state) == "at_risk") shown_at = clock.now();
      if (calls.size() % 10 == 0) pass(Seconds{1});
      return false;
    };
    auto issue = consultation("1", clock.now());
    issue.priority = "High";  // four open hours: 75 % at 11:00
    tracker.add(issue);
    cycle();
    REQUIRE(shows("1", Slot::sla_state) == "ok");
  }
  // So many new issues, each read and written, just before 11:00.
  CycleReport work(const std::string& begin) {
    clock.set(at_iso(begin));
    for (int i = 2; i <= k_others + 1; ++i) tracker.add(defect(std::to_string(i), clock.now()));
    FailingTracker slow_tracker(tracker, slow);
    const EngineParts slow_parts{slow_tracker,  store, clock, chance, log, settings.trackers.front(),
                                 settings.book, texts};
    return TrackerLoop(slow_parts).step();
  }
  [[nodiscard]] Seconds late() const { return shown_at ? *shown_at - at_iso("2026-06-08T11:00:00Z") : Seconds{-1}; }

  FaultPlan slow;
  std::vector<std::string> calls;
  std::optional<Instant> shown_at;
};

}  // namespace

TEST_CASE("what falls due waits for no portion, with a tenth of a second for each request") {
  struct Row {
    const char* name;
    const char* begin;  // of the step
    std::size_t fetch_batch;
    std::size_t write_batch;
    int page_size;
  };
  const Row rows[] = {{"while issues are read", "2026-06-08T10:59:30Z", 1, 1, 100},
                      {"while issues are written", "2026-06-08T10:58:30Z", 1, 1, 100},
                      {"while issues are listed", "2026-06-08T10:59:58Z", 1, 1, 5},
                      {"before the step begins", "2026-06-08T11:00:00Z", 1, 1, 100},
                      {"where several are read in one request", "2026-06-08T10:59:59Z", 100, 1, 100},
                      {"where several are written in one request", "2026-06-08T10:59:00Z", 1, 1000, 100}};
  int number = 0;
  for (const auto& row : rows) {
    if (!is_taken(number, k_world_stride)) continue;
    CAPTURE(row.name);
    SlowWorld world;
    world.tracker.capabilities_.fetch_batch = row.fetch_batch;
    world.tracker.capabilities_.write_batch = row.write_batch;
    world.tracker.page_size = row.page_size;
    const auto report = world.work(row.begin);
    CHECK(report.complete());
    CHECK(report.written >= k_others);
    MESSAGE(std::string(row.name), ": ", world.late().count(), " s late, of a step of ",
            (world.clock.now() - at_iso(row.begin)).count(), " s");
    CHECK(world.late() >= Seconds{0});
    CHECK(world.late() <= Seconds{3});
  }
}

TEST_CASE("each issue is done once, whoever was served between") {
  SlowWorld world;
  const auto report = world.work("2026-06-08T10:59:30Z");
  CHECK(report.written == k_others + 1);
  CHECK(report.fetched <= k_others + 2);  // who falls due is read anew
  CHECK(world.store.counts("support").intended == 0);
  CHECK(world.store.counts("support").woken == 0);
  SyncWorld quick;
  auto issue = consultation("1", quick.clock.now());
  issue.priority = "High";
  quick.tracker.add(issue);
  quick.cycle();
  quick.clock.set(at_iso("2026-06-08T10:59:30Z"));
  for (int i = 2; i <= k_others + 1; ++i) quick.tracker.add(defect(std::to_string(i), quick.clock.now()));
  quick.cycle();
  quick.clock.set(world.clock.now());
  quick.cycle();
  for (int i = 1; i <= k_others + 1; ++i) {
    const auto id = std::to_string(i);
    CHECK(world.shows(id, Slot::sla_state) == quick.shows(id, Slot::sla_state));
    CHECK(world.shows(id, Slot::billing) == quick.shows(id, Slot::billing));
  }
}

TEST_CASE("one that cannot be read or written when it falls due is parked, and holds nobody up") {
  for (const bool read : {true, false}) {
    SlowWorld world;
    const Error error{ErrorKind::rejected, "support#1: refused", {}};
    (read ? world.tracker.broken : world.tracker.refused)["1"] = error;
    const auto report = world.work("2026-06-08T10:59:30Z");
    CHECK(report.complete());
    CHECK(report.written == k_others);
    CHECK(report.parked >= 1);  // a step of minutes tries it again
    CHECK(world.store.parked({"support", "1"}));
  }
}

TEST_CASE("an answer that came after its portion was read keeps a breach from being told") {
  SlowWorld world;
  NotificationTarget pager;
  pager.name = "pager";
  pager.events = {NotificationEvent::breach};
  const std::vector<NotificationTarget> targets{pager};
  bool answered = false;
  FaultPlan slow;
  slow.decide = [&](FaultPlan&, const std::string&) {
    if (!answered && world.clock.now() >= at_iso("2026-06-08T11:59:50Z")) {
      answered = true;
      world.tracker.comment("1", alena(), "We are on it.", Visibility::everybody);
    }
    world.calls.emplace_back();
    if (world.calls.size() % 10 == 0) world.pass(Seconds{1});
    return false;
  };
  // Read first, at 11:59:40, and due at noon, while the others are still read.
  world.clock.set(at_iso("2026-06-08T11:59:40Z"));
  for (int i = 2; i <= k_others; ++i) world.tracker.add(defect(std::to_string(i), world.clock.now()));
  world.store.wake({{"support", "1"}}, "test", world.clock.now());
  FailingTracker slow_tracker(world.tracker, slow);
  EngineParts parts{slow_tracker,        world.store, world.clock,
                    world.chance,        world.log,   world.settings.trackers.front(),
                    world.settings.book, world.texts};
  parts.notifications = &targets;
  CHECK(TrackerLoop(parts).step().complete());
  REQUIRE(answered);
  CHECK(world.clock.now() > at_iso("2026-06-08T12:00:10Z"));
  CHECK(world.store.next_notifications().empty());
}
