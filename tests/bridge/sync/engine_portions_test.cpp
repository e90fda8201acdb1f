// How a cycle takes its work from the store: what a list named waits there, what is due comes first, and a run can be
// stopped between two issues, as often as somebody likes.
#include <doctest/doctest.h>

#include "tests/bridge/sync/sync_world.hpp"

using namespace cb;

namespace {

constexpr Seconds k_minute{60};

EngineOptions without_list() {
  EngineOptions options;
  options.list = false;
  return options;
}

std::size_t woken(SyncWorld& world) {
  return world.store.wakes("support", world.clock.now(), 1000).size();
}

}  // namespace

TEST_CASE("a run that is stopped after each issue ends where one that is not ends, and reads each issue once") {
  constexpr int k_issues = 12;
  SyncWorld undisturbed;
  SyncWorld world;
  for (auto* each : {&undisturbed, &world}) {
    for (int i = 1; i <= k_issues; ++i) each->tracker.add(consultation(std::to_string(i), each->clock.now()));
  }
  undisturbed.cycle();
  int runs = 0;
  for (; runs < 100; ++runs) {
    int asked = 0;
    EngineOptions options;
    options.list = runs == 0;
    options.stop_asked = [&] { return ++asked > k_issues + 4; };
    const auto report = world.cycle(options);
    CHECK(report.error.empty());
    if (!report.stopped) break;
    CHECK(woken(world) > 0);
  }
  CHECK(runs > 1);
  CHECK(woken(world) == 0);
  CHECK(world.tracker.state_text() == undisturbed.tracker.state_text());
  CHECK(world.tracker.writes == undisturbed.tracker.writes);
}

TEST_CASE("the cursor moves once everything that a list named is in the store") {
  SyncWorld world;
  for (int i = 1; i <= 3; ++i) world.tracker.add(consultation(std::to_string(i), world.clock.now()));
  EngineOptions options;
  int asked = 0;
  options.stop_asked = [&] { return ++asked > 1; };  // the list is done, and nothing else
  const auto report = world.cycle(options);
  CHECK(report.stopped);
  CHECK(report.listed);
  CHECK(world.store.cursor("support").has_value());
  CHECK(woken(world) == 3);
  CHECK(world.tracker.fetches == 0);
  world.pass(Seconds{3600});
  CHECK(world.cycle(without_list()).written == 3);
  CHECK(world.tracker.lists == 1);
}

TEST_CASE("without a list only what is known to the store is done, and nobody is asked who we are") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.cycle();
  const auto identities = world.tracker.identities;
  const auto fetches = world.tracker.fetches;
  world.tracker.comment("1", alena(), "We are on it.", Visibility::everybody);
  CHECK(world.cycle(without_list()).fetched == 0);
  world.store.wake({{"support", "1"}}, "webhook", world.clock.now());
  CHECK(world.cycle(without_list()).fetched == 1);
  CHECK(world.tracker.identities == identities);
  CHECK(world.tracker.fetches == fetches + 1);
  CHECK(woken(world) == 0);
}

TEST_CASE("after a long sleep what fell due first is looked at first, and each is told only how it stands now") {
  SyncWorld world;
  world.settings.trackers.front().write.comments["risk"] = CommentMode::internal;
  world.settings.trackers.front().write.comments["breach"] = CommentMode::internal;
  // The higher the number, the earlier the promise.
  const std::vector<std::pair<std::string, std::string>> issues{{"1", "Low"}, {"2", "Normal"}, {"3", "High"}};
  for (const auto& [id, priority] : issues) {
    auto issue = consultation(id, world.clock.now());
    issue.priority = priority;
    world.tracker.add(issue);
  }
  world.cycle();
  std::vector<Instant> due;
  for (const auto& [id, priority] : issues) due.push_back(*world.store.issue({"support", id})->recheck_at);
  REQUIRE(due[2] < due[1]);
  world.clock.set(at_iso("2026-07-06T08:00:00Z"));
  std::vector<std::string> order;
  std::ostringstream text;
  Log log(LogLevel::info, Log::Form::json, text);
  const EngineParts parts{world.tracker,       world.store, world.clock,
                          world.chance,        log,         world.settings.trackers.front(),
                          world.settings.book, world.texts};
  CHECK(Engine(parts, without_list()).run_cycle().written == 3);
  const auto at = [&](const std::string& id) { return text.str().find("\"issue\":\"support#" + id + "\""); };
  CHECK(at("3") < at("2"));
  CHECK(at("2") <= at("1"));
  for (const auto& entry : issues) {
    const auto& [id, priority] = entry;
    CAPTURE(entry.first);
    CHECK(world.shows(id, Slot::sla_state) == "breached");
    CHECK(world.tracker.own_comments(id, "at risk") == 0);
  }
  const auto writes = world.tracker.writes;
  for (int i = 0; i < 5; ++i) {
    world.pass(k_minute);
    world.cycle();
  }
  CHECK(world.tracker.writes == writes);
}

TEST_CASE("a cursor from the future is not believed: a clock that was wrong hides no change") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  const auto right = world.clock.now();
  world.tracker.capabilities_.server_time = false;
  world.clock.set(right + Seconds{3 * 24 * 3600});
  world.cycle();
  world.clock.set(right + k_minute);
  world.tracker.add(defect("2", world.clock.now()));
  world.cycle();
  CHECK(world.store.issue({"support", "2"}).has_value());
  CHECK(world.store.cursor("support")->completed_at == world.clock.now());
}

TEST_CASE("a report that only counts counts what one with rows shows") {
  SyncWorld with_rows;
  SyncWorld counting;
  for (auto* each : {&with_rows, &counting}) {
    for (int i = 1; i <= 6; ++i) each->tracker.add(consultation(std::to_string(i), each->clock.now()));
    each->tracker.broken["2"] = {ErrorKind::bad_reply, "support#2: no JSON", {}};
  }
  EngineOptions options;
  options.keep_rows = false;
  for (int i = 0; i < 3; ++i) {
    const auto rows = with_rows.cycle();
    const auto counts = counting.cycle(options);
    CAPTURE(i);
    CHECK(counts.rows.empty());
    CHECK(counts.written == rows.written);
    CHECK(counts.unchanged == rows.unchanged);
    if (i == 0) CHECK(counts.parked == 1);
    with_rows.pass(k_minute / 2);
    counting.pass(k_minute / 2);
  }
}

TEST_CASE("a dry run after a change of the configuration shows every issue, however many they are") {
  SyncWorld world;
  for (int i = 1; i <= 1100; ++i) world.tracker.add(defect(std::to_string(i), world.clock.now() - Seconds{i}));
  world.cycle();
  world.pass(Seconds{3600});
  world.settings.book.version = "another";
  EngineOptions options;
  options.dry_run = true;
  CHECK(world.cycle(options).rows.size() == 1100);
}
