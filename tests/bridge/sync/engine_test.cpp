#include "bridge/sync/engine.hpp"

#include <doctest/doctest.h>

#include "bridge/sync/selection.hpp"
#include "tests/bridge/sync/sync_world.hpp"

using namespace cb;

namespace {

constexpr Seconds k_minute{60};

const CycleRow& row_of(const CycleReport& report, const std::string& id) {
  for (const auto& row : report.rows) {
    if (row.key.id == id) return row;
  }
  FAIL("no row for " << id);
  throw std::logic_error("unreachable");
}

int pool_lines(Store& store, const std::string& id, const std::string& action) {
  int count = 0;
  for (const auto& line : store.ledger({"support", id})) count += line.action == action ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("a cycle decides, writes and records") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.add(defect("2", world.clock.now()));
  const auto report = world.cycle();
  CHECK(report.complete());
  CHECK(report.written == 2);
  CHECK(report.parked == 0);
  CHECK(world.shows("1", Slot::billing) == "pool");
  CHECK(world.shows("1", Slot::entitlement) == "Standard support until 2027-02-28, 4 of 5 left");
  CHECK(world.shows("1", Slot::response_due) == "2026-06-08 18:00 CEST");
  CHECK(world.shows("2", Slot::billing) == "free");
  CHECK(world.shows("2", Slot::entitlement) == "Standard support until 2027-02-28, 4 of 5 left");
  CHECK(world.tracker.own_comments("1", "It uses one of your free requests; 4 of 5 are left this contract year.") == 1);
  CHECK(world.tracker.own_comments("2", "Handling it is free of charge") == 1);
  CHECK(pool_lines(world.store, "1", "reserve") == 1);
  CHECK(row_of(report, "1").customer == "ACME University");
  CHECK(world.store.cursor("support")->since == at_iso("2026-06-08T07:27:00Z"));
  CHECK(world.store.open_intents("support").empty());
}

TEST_CASE("a run with nothing changed writes nothing, and after our own write reads at most once more") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.cycle();
  const auto writes = world.tracker.writes;
  const auto fetches = world.tracker.fetches;
  world.pass(k_minute);
  CHECK(world.cycle().fetched == 1);
  world.pass(k_minute);
  CHECK(world.cycle().settled == 1);
  world.pass(k_minute * 30);
  CHECK(world.cycle().fetched == 0);
  CHECK(world.tracker.writes == writes);
  CHECK(world.tracker.fetches == fetches + 1);
}

TEST_CASE("an issue that changed in the second of our read is read again") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.cycle();
  // The same second as our write: the list shows an unchanged time.
  world.tracker.comment("1", alena(), "We look into it.", Visibility::everybody);
  world.pass(k_minute);
  world.cycle();
  CHECK(world.shows("1", Slot::sla_state) == "ok");
  CHECK(world.store.ledger({"support", "1"}).size() == 2);
  CHECK(world.store.issue({"support", "1"})->decision.find("\"met\"") != std::string::npos);
}

TEST_CASE("a dry run writes nothing, neither to the tracker nor to the store") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.add(consultation("2", world.clock.now()));
  const auto report = world.cycle({true, {}, true});
  CHECK(world.tracker.writes == 0);
  CHECK_FALSE(world.store.cursor("support").has_value());
  CHECK_FALSE(world.store.issue({"support", "1"}).has_value());
  CHECK(world.store.configs().empty());
  const auto& row = row_of(report, "2");
  CHECK(row.before.at(Slot::billing).text.empty());
  CHECK(row.after.at(Slot::billing).text == "pool");
  CHECK(row.after.at(Slot::entitlement).text == "Standard support until 2027-02-28, 3 of 5 left");
  CHECK(row.decision.has_value());
}

TEST_CASE("the clock that a run decides by can be given, and the cursor still goes by the real one") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.cycle({false, at_iso("2026-06-08T17:00:00Z"), false});
  CHECK(world.shows("1", Slot::sla_state) == "breached");
  CHECK(world.store.cursor("support")->since == at_iso("2026-06-08T07:27:00Z"));
}

TEST_CASE("what was decided as of another time does not stay after that run") {
  for (const auto* other_time : {"2026-12-20T00:00:00Z", "2020-01-01T00:00:00Z"}) {
    CAPTURE(other_time);
    SyncWorld world;
    world.tracker.add(consultation("1", world.clock.now()));
    world.cycle();
    const auto shown = world.tracker.at("1").shown;
    // Three times, so that the issue is settled by its time stamps.
    for (int i = 0; i < 3; ++i) {
      world.pass(k_minute);
      world.cycle({false, at_iso(other_time), false});
    }
    world.pass(k_minute);
    const auto report = world.cycle();
    CHECK(world.tracker.at("1").shown == shown);
    CHECK(report.written + report.unchanged + report.settled == 1);
    world.pass(k_minute);
    world.cycle();
    world.pass(k_minute);
    CHECK(world.cycle().fetched == 0);
  }
}

TEST_CASE("time passes without any activity in the tracker: risk, then breach, each told once") {
  SyncWorld world;
  auto issue = consultation("1", world.clock.now());
  issue.priority = "High";  // answered within four open hours
  world.tracker.add(issue);
  world.cycle();
  CHECK(world.shows("1", Slot::sla_state) == "ok");
  world.clock.set(at_iso("2026-06-08T11:00:00Z"));
  world.cycle();
  CHECK(world.shows("1", Slot::sla_state) == "at_risk");
  CHECK(world.tracker.own_comments("1", "The first response is at risk: due 2026-06-08 14:00 CEST.") == 1);
  world.clock.set(at_iso("2026-06-08T12:00:01Z"));
  world.cycle();
  world.pass(k_minute);
  world.cycle();
  CHECK(world.shows("1", Slot::sla_state) == "breached");
  CHECK(world.tracker.own_comments("1", "is at risk") == 1);
  CHECK(world.tracker.own_comments("1", "The first response is overdue") == 1);
}

TEST_CASE("a concurrent change is read again and decided anew; one that never rests is parked") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  int changes = 0;
  world.tracker.before_apply = [&] {
    if (changes++ == 0) world.tracker.change_status("1", alena(), "Feedback");
  };
  CHECK(world.cycle().parked == 0);
  CHECK(world.tracker.writes == 1);
  CHECK(world.shows("1", Slot::sla_state) == "ok");
  CHECK(world.shows("1", Slot::resolution_due).rfind("paused, ", 0) == 0);

  SyncWorld restless;
  restless.tracker.add(consultation("1", restless.clock.now()));
  restless.tracker.before_apply = [&] {
    restless.tracker.comment("1", eva(), "And another thing.", Visibility::everybody);
  };
  const auto report = restless.cycle();
  CHECK(report.parked == 1);
  CHECK(restless.tracker.writes == 0);
  CHECK(restless.store.parked({"support", "1"}).has_value());
  CHECK(report.complete());
}

TEST_CASE("an issue that cannot be read is parked, retried with back-off, and holds nobody up") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.add(consultation("2", world.clock.now()));
  world.tracker.broken["1"] = {ErrorKind::retry_later, "support#1: the tracker answered 500", {}};
  const auto report = world.cycle();
  CHECK(report.complete());
  CHECK(report.parked == 1);
  CHECK(row_of(report, "1").error == "support#1: the tracker answered 500");
  CHECK(world.shows("2", Slot::billing) == "pool");
  const auto parked = *world.store.parked({"support", "1"});
  CHECK(parked.attempts == 1);
  CHECK(parked.retry_at > world.clock.now());

  const auto fetches = world.tracker.fetches;
  world.clock.set(parked.retry_at - Seconds{1});
  world.cycle();
  CHECK(world.store.parked({"support", "1"})->attempts == 1);
  world.clock.set(parked.retry_at);
  world.cycle();
  CHECK(world.tracker.fetches > fetches);
  CHECK(world.store.parked({"support", "1"})->attempts == 2);
  CHECK(world.store.parked({"support", "1"})->since == parked.since);

  world.tracker.broken.clear();
  world.clock.set(world.store.parked({"support", "1"})->retry_at);
  world.cycle();
  CHECK_FALSE(world.store.parked({"support", "1"}).has_value());
  CHECK(world.shows("1", Slot::billing) == "pool");
  // The earlier issue came late and takes its unit; the other one is woken and shows what is left now.
  CHECK(world.shows("2", Slot::entitlement) == "Standard support until 2027-02-28, 3 of 5 left");
}

TEST_CASE("a failure that is gone a moment later parks nothing") {
  for (const auto kind : {ErrorKind::retry_later, ErrorKind::bad_reply}) {
    CAPTURE(to_text(kind));
    SyncWorld world;
    world.tracker.add(consultation("1", world.clock.now()));
    world.tracker.broken["1"] = {kind, "support#1: half an answer", {}};
    // The engine pauses before it asks again.
    struct Healing : Clock {
      explicit Healing(SyncWorld& of) : of_world(of) {}
      Instant now() override { return of_world.clock.now(); }
      void sleep(Seconds duration) override {
        of_world.tracker.broken.clear();
        of_world.clock.sleep(duration);
      }
      SyncWorld& of_world;
    } healing(world);
    const EngineParts parts{world.tracker,       world.store, healing,
                            world.chance,        world.log,   world.settings.trackers.front(),
                            world.settings.book, world.texts};
    const auto report = Engine(parts).run_cycle();
    CHECK(report.parked == 0);
    CHECK(world.shows("1", Slot::billing) == "pool");
  }
}

TEST_CASE("a key that is not valid stops the cycle, at the start and in the middle, and nothing is written") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.denied = Error{ErrorKind::denied, "tracker support: the key is refused (401)", {}};
  const auto report = world.cycle();
  CHECK(report.error == "tracker support: the key is refused (401)");
  CHECK(report.rows.empty());
  CHECK(world.tracker.lists == 0);
  CHECK_FALSE(world.store.cursor("support").has_value());

  SyncWorld later;
  later.tracker.add(consultation("1", later.clock.now()));
  later.tracker.add(consultation("2", later.clock.now()));
  later.tracker.before_apply = [&] {
    later.tracker.denied = Error{ErrorKind::denied, "tracker support: the key is refused (401)", {}};
  };
  CHECK_FALSE(later.cycle().complete());
  CHECK(later.tracker.writes == 0);
  CHECK(later.store.wakes("support", later.clock.now(), 10).size() == 2);
  later.tracker.before_apply = nullptr;
  later.tracker.denied.reset();
  CHECK(later.cycle().written == 2);
}

TEST_CASE("an empty list was proven by the tracker's adapter: the cycle asks who we are once") {
  SyncWorld world;
  CHECK(world.cycle().complete());
  CHECK(world.tracker.lists == 1);
  CHECK(world.tracker.identities == 1);
}

TEST_CASE("one issue that our account may not see blocks only itself") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.add(consultation("2", world.clock.now()));
  world.tracker.broken["1"] = {ErrorKind::denied, "support#1: 403", {}};
  const auto report = world.cycle();
  CHECK(report.complete());
  CHECK(report.parked == 1);
  CHECK(world.shows("2", Slot::billing) == "pool");
}

TEST_CASE("what an issue gave back just before it was deleted goes to who waits for it") {
  SyncWorld world;
  for (int i = 1; i <= 6; ++i) {
    world.tracker.add(consultation(std::to_string(i), world.clock.now()));
    world.cycle();
    world.pass(k_minute);
  }
  REQUIRE(world.shows("6", Slot::billing) != "pool");
  world.tracker.change_status("2", alena(), "Rejected");
  world.tracker.refused["2"] = {ErrorKind::not_found, "support#2: 404", {}};  // deleted before it is written
  world.pass(k_minute);
  world.cycle();
  REQUIRE(pool_lines(world.store, "2", "release") == 0);
  world.tracker.remove("2");
  world.clock.set(world.store.parked({"support", "2"})->retry_at);
  world.cycle();
  CHECK(world.store.issue({"support", "2"})->gone);
  CHECK(world.shows("6", Slot::billing) == "pool");
}

TEST_CASE("an issue that is not found is asked for again before it is believed, and never taken for closed") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.cycle();
  world.tracker.remove("1");
  world.clock.set(at_iso("2026-06-08T17:00:00Z"));  // its deadline has passed: it is due
  CHECK(world.cycle().parked == 1);
  CHECK_FALSE(world.store.issue({"support", "1"})->gone);
  world.clock.set(world.store.parked({"support", "1"})->retry_at);
  world.cycle();
  CHECK(world.store.issue({"support", "1"})->gone);
  CHECK(world.store.claims({"ACME-2026"}).size() == 1);
  CHECK(pool_lines(world.store, "1", "release") == 0);
  const auto fetches = world.tracker.fetches;
  world.pass(k_minute * 60 * 24);
  world.cycle();
  CHECK(world.tracker.fetches == fetches);
}

TEST_CASE("an unknown status and a missing history leave an issue undecided, and visibly so") {
  SyncWorld world;
  auto odd = consultation("1", world.clock.now());
  odd.status = "Cooking";
  world.tracker.add(odd);
  auto bare = consultation("2", world.clock.now());
  bare.history_known = false;
  world.tracker.add(bare);
  const auto report = world.cycle();
  CHECK(report.parked == 0);
  for (const auto* id : {"1", "2"}) {
    CHECK(world.shows(id, Slot::billing) == "undecided");
    CHECK(world.shows(id, Slot::sla_state) == "none");
    CHECK(world.tracker.own_comments(id, "") == 0);
  }
}

TEST_CASE("a list that fails leaves the cursor, and a tracker that asks to be left alone is") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.list_fails = Error{ErrorKind::retry_later, "tracker support: time-out", {}};
  CHECK(world.cycle().error == "tracker support: time-out");
  CHECK_FALSE(world.store.cursor("support").has_value());
  world.tracker.list_fails.reset();

  world.tracker.broken["1"] = {ErrorKind::retry_later, "tracker support: 429", Seconds{90}};
  const auto report = world.cycle();
  CHECK(report.wait == Seconds{90});
  CHECK_FALSE(report.complete());
  // It comes later than the pause ends: others may be read then.
  const auto retry_at = world.store.parked({"support", "1"})->retry_at;
  CHECK(retry_at > world.clock.now() + Seconds{90});
  world.tracker.broken.clear();
  world.clock.set(retry_at);
  CHECK(world.cycle().written == 1);
}

TEST_CASE("a tracker that goes down in the middle is an outage, not many broken issues") {
  SyncWorld world;
  for (int i = 1; i <= 9; ++i) world.tracker.add(consultation(std::to_string(i), world.clock.now()));
  for (int i = 1; i <= 9; ++i) {
    world.tracker.broken[std::to_string(i)] = {ErrorKind::retry_later, "tracker support: no answer", {}};
  }
  // Broken issues in a row, but the tracker answers: each is parked and the cycle goes on.
  CHECK(world.cycle().parked == 9);

  SyncWorld down;
  for (int i = 1; i <= 9; ++i) down.tracker.add(consultation(std::to_string(i), down.clock.now()));
  for (int i = 1; i <= 9; ++i) {
    down.tracker.broken[std::to_string(i)] = {ErrorKind::retry_later, "tracker support: no answer", {}};
  }
  struct Failing : Clock {
    explicit Failing(SyncWorld& of) : of_world(of) {}
    Instant now() override { return of_world.clock.now(); }
    void sleep(Seconds) override { of_world.tracker.denied = Error{ErrorKind::retry_later, "no answer", {}}; }
    SyncWorld& of_world;
  } failing(down);
  const EngineParts parts{down.tracker,       down.store, failing,
                          down.chance,        down.log,   down.settings.trackers.front(),
                          down.settings.book, down.texts};
  const auto report = Engine(parts).run_cycle();
  CHECK_FALSE(report.complete());
  CHECK(report.parked < 3);
}

TEST_CASE("what a tracker ignores is parked, not written again and again") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.ignored = {"billing"};
  const auto report = world.cycle();
  CHECK(report.parked == 1);
  CHECK(row_of(report, "1").error.find("billing") != std::string::npos);
  CHECK(world.tracker.writes == 1);
  world.pass(Seconds{30});
  world.cycle();
  CHECK(world.tracker.writes == 1);
}

TEST_CASE("a private note that turned out public stops the writing, also for the next start") {
  SyncWorld world;
  for (const auto* id : {"1", "2"}) {
    auto issue = consultation(id, world.clock.now());
    issue.priority = "High";
    world.tracker.add(issue);
  }
  world.cycle();
  world.tracker.leaks_private_notes = true;
  world.clock.set(at_iso("2026-06-08T11:00:00Z"));
  const auto writes = world.tracker.writes;
  const auto report = world.cycle();
  CHECK_FALSE(report.complete());
  CHECK(world.tracker.writes == writes + 1);
  world.pass(k_minute * 60);
  CHECK(world.cycle().error.find("writing is stopped until") == 0);
  CHECK(world.tracker.writes == writes + 1);
  CHECK_FALSE(world.store.audit_lines(10).empty());
}

TEST_CASE("a write that is refused on one issue does not stop the tracker") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.tracker.add(consultation("2", world.clock.now()));
  SUBCASE("rejected") {
    world.tracker.refused["1"] = {ErrorKind::rejected, "support#1: 422 Customer cannot be blank", {}};
  }
  SUBCASE("denied for this issue alone") {
    world.tracker.refused["1"] = {ErrorKind::denied, "support#1: 403", {}};
  }
  SUBCASE("not now, twice") {
    world.tracker.refused["1"] = {ErrorKind::retry_later, "support#1: 500", {}};
  }
  const auto report = world.cycle();
  CHECK(report.complete());
  CHECK(report.parked == 1);
  CHECK(world.shows("2", Slot::billing) == "pool");
  world.tracker.refused.clear();
  world.clock.set(world.store.parked({"support", "1"})->retry_at);
  world.cycle();
  CHECK(world.shows("1", Slot::billing) == "pool");
  CHECK(world.tracker.own_comments("1", "free requests") == 1);
}

TEST_CASE("the order of registration decides who gets the last unit, and a unit given back wakes the next") {
  SyncWorld world;
  const auto start = world.clock.now();
  for (int i = 1; i <= 6; ++i) {
    world.tracker.add(consultation(std::to_string(i), start - Seconds{600} + Seconds{i}));
  }
  world.cycle();
  CHECK(world.shows("5", Slot::billing) == "pool");
  CHECK(world.shows("6", Slot::billing) == "paid");
  CHECK(world.tracker.own_comments("6", "not covered by your current agreement") == 1);
  world.pass(k_minute * 10);
  world.cycle();

  world.tracker.change_status("2", alena(), "Rejected");
  const auto report = world.cycle();
  CHECK(world.shows("2", Slot::billing) == "free");
  CHECK(world.shows("6", Slot::billing) == "pool");
  CHECK(pool_lines(world.store, "2", "release") == 1);
  CHECK(pool_lines(world.store, "6", "reserve") == 1);
  CHECK(report.complete());
  CHECK(world.store.open_intents("support").empty());
  const auto writes = world.tracker.writes;
  world.pass(k_minute * 10);
  world.cycle();
  world.pass(k_minute * 10);
  world.cycle();
  CHECK(world.tracker.writes == writes);
}

TEST_CASE("another configuration makes every issue be decided again") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.cycle();
  world.pass(k_minute * 10);
  world.cycle();
  const auto fetches = world.tracker.fetches;
  world.settings.book.version = "another";
  for (auto& customer : world.settings.book.customers) {
    for (auto& contract : customer.contracts) contract.plan.title["en"] = "Basic support";
  }
  world.cycle();
  CHECK(world.tracker.fetches == fetches + 1);
  CHECK(world.shows("1", Slot::entitlement) == "Basic support until 2027-02-28, 4 of 5 left");
  CHECK(world.store.issue({"support", "1"})->book_version == "another");
}

TEST_CASE("lists are read page by page to the end") {
  SyncWorld world;
  world.tracker.page_size = 2;
  for (int i = 1; i <= 5; ++i) world.tracker.add(defect(std::to_string(i), world.clock.now()));
  CHECK(world.cycle().written == 5);
  CHECK(world.tracker.lists == 3);
}

TEST_CASE("what no list of changes told is found once a day") {
  SyncWorld world;
  world.tracker.add(defect("1", world.clock.now()));
  world.cycle();
  world.clock.set(world.clock.now() + Seconds(3600));
  world.cycle();
  auto& late = world.tracker.add(defect("2", world.clock.now() - Seconds(7200)));
  late.issue.updated = world.clock.now() - Seconds(7200);  // an index had it too late
  world.clock.set(world.clock.now() + Seconds(3600));
  world.cycle();
  CHECK_FALSE(world.store.issue({"support", "2"}).has_value());
  world.clock.set(world.clock.now() + Seconds(23 * 3600));
  world.cycle();
  CHECK(world.store.issue({"support", "2"}).has_value());
}

TEST_CASE("staff hold a decision by the override field") {
  SyncWorld world;
  world.settings.book.trackers.at("support").read.override_ = Source{"Hold", "", ""};
  auto issue = consultation("1", world.clock.now());
  issue.fields["Hold"] = {"yes"};
  issue.history = {{"1", world.clock.now(), alena(), {}, {{Attribute::field, "Hold", "", "yes"}}}};
  world.tracker.add(issue);
  auto by_customer = issue;
  by_customer.key.id = "2";
  by_customer.history.front().by = eva();
  world.tracker.add(by_customer);
  const auto report = world.cycle();
  CHECK(report.unchanged == 1);
  CHECK(report.written == 1);  // nobody holds his own contract
  CHECK(world.shows("1", Slot::billing).empty());
  CHECK(world.shows("2", Slot::billing) == "pool");
}

TEST_CASE("when an issue is settled") {
  StoredIssue stored;
  stored.updated = at_iso("2026-06-08T08:00:00Z");
  stored.book_version = "v1";
  const IssueRef ref{{"support", "1"}, stored.updated};
  const Capabilities capabilities;  // to the second
  const auto now = stored.updated + Seconds{600};
  const auto settled_when_fetched = [&](int seconds) {
    auto one = stored;
    one.fetched_at = stored.updated + Seconds{seconds};
    return is_settled(one, ref, capabilities, "v1", now);
  };
  CHECK_FALSE(settled_when_fetched(0));
  CHECK_FALSE(settled_when_fetched(6));
  CHECK(settled_when_fetched(7));
  CHECK(settled_when_fetched(660));
  CHECK_FALSE(settled_when_fetched(661));  // by a clock that was set back since
  stored.fetched_at = stored.updated + Seconds{60};
  CHECK_FALSE(is_settled(stored, {ref.key, ref.updated + Seconds{1}}, capabilities, "v1", now));
  CHECK_FALSE(is_settled(stored, ref, capabilities, "v2", now));
  stored.gone = true;
  CHECK_FALSE(is_settled(stored, ref, capabilities, "v1", now));
}
