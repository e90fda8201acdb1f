// Several issues a request: what holds for one holds for each of them, and nothing else changes.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/bridge/sync/fault_runs.hpp"
#include "tests/support/effort.hpp"

using namespace cb;

namespace {

// No comments, so that writes of the same changes may go together.
void make_quiet(SyncWorld& world, std::size_t fetch_batch, std::size_t write_batch) {
  auto& write = world.settings.trackers.front().write;
  write.comments.clear();
  write.assign_consultant = false;
  write.labels = {{"paused", "sla-paused"}, {"met", "sla-met"}};
  write.flags = {{"entitled", "entitled", "+"}, {"not_entitled", "entitled", "-"}};
  world.tracker.capabilities_.fetch_batch = fetch_batch;
  world.tracker.capabilities_.write_batch = write_batch;
}

void add_defects(SyncWorld& world, int from, int to) {
  for (int i = from; i <= to; ++i) world.tracker.add(defect(std::to_string(i), world.clock.now()));
}

using Sizes = std::vector<std::size_t>;

// A tracker that needs half a minute for each request.
class SlowTracker : public ScriptedTracker {
 public:
  explicit SlowTracker(VirtualClock& clock) : ScriptedTracker(clock), clock_(clock) {}
  Result<Fetched> fetch(const IssueKey& key) override {
    auto fetched = ScriptedTracker::fetch(key);
    clock_.set(clock_.now() + Seconds{30});
    return fetched;
  }

 private:
  VirtualClock& clock_;
};

}  // namespace

TEST_CASE("issues are read in chunks of what the tracker takes, and singly where it takes one") {
  for (const std::size_t batch : {0U, 1U, 2U, 3U, 5U, 50U}) {
    CAPTURE(batch);
    SyncWorld world;
    make_quiet(world, batch, 1);
    add_defects(world, 1, 5);
    const auto report = world.cycle();
    CHECK(report.fetched == 5);
    CHECK(report.written == 5);
    const Sizes expected = batch <= 1 ? Sizes{} : batch == 2 ? Sizes{2, 2, 1} : batch == 3 ? Sizes{3, 2} : Sizes{5};
    CHECK(world.tracker.read_batches == expected);
    CHECK(world.tracker.write_batches.empty());
  }
}

TEST_CASE("one of a chunk that cannot be read holds none of the others up") {
  struct Row {
    ErrorKind kind;
    int asked;       // for that issue alone
    int identities;  // beside the one at the start
    std::string error;
  };
  const Row rows[] = {{ErrorKind::retry_later, 2, 0, "support#2: broken"},
                      {ErrorKind::bad_reply, 2, 0, "support#2: broken"},
                      {ErrorKind::denied, 2, 1, "support#2: broken"},
                      {ErrorKind::not_found, 1, 0, "not found: support#2: broken"},
                      {ErrorKind::rejected, 1, 0, "support#2: broken"}};
  for (const auto& row : rows) {
    CAPTURE(to_text(row.kind));
    SyncWorld world;
    make_quiet(world, 10, 1);
    add_defects(world, 1, 3);
    world.tracker.broken["2"] = {row.kind, "support#2: broken", {}};
    const auto report = world.cycle();
    CHECK(report.complete());
    CHECK(report.written == 2);
    CHECK(report.parked == 1);
    CHECK(world.store.parked({"support", "2"})->error == row.error);
    CHECK(world.tracker.fetches == 2 + row.asked);
    CHECK(world.tracker.identities == 1 + row.identities);
  }
}

TEST_CASE("a chunk that fails as a whole is asked for again after one rest, issue by issue") {
  SyncWorld world;
  make_quiet(world, 10, 1);
  add_defects(world, 1, 3);
  FaultPlan plan;
  FaultPlan counting;
  run_once(world, counting);
  const auto position = std::find(counting.calls.begin(), counting.calls.end(), "tracker.fetch_all");
  REQUIRE(position != counting.calls.end());
  SyncWorld again;
  make_quiet(again, 10, 1);
  add_defects(again, 1, 3);
  plan.fail_at = static_cast<int>(position - counting.calls.begin()) + 1;
  run_once(again, plan);
  CHECK(plan.failed);
  CHECK(again.clock.sleeps == std::vector<Seconds>{Seconds{1}});
  CHECK(again.tracker.fetches == 3);
  CHECK(again.store.all_parked("support").empty());
  CHECK(again.shows("3", Slot::billing) == "free");
}

TEST_CASE("what changes while a chunk is read is not taken for seen") {
  for (const std::size_t batch : {1U, 2U}) {
    CAPTURE(batch);
    SyncWorld world;
    SlowTracker slow(world.clock);
    slow.capabilities_.fetch_batch = batch;
    const auto begun = world.clock.now();
    slow.add(defect("1", begun));
    slow.add(defect("2", begun));
    world.settings.trackers.front().write = {};
    const EngineParts parts{slow,
                            world.store,
                            world.clock,
                            world.chance,
                            world.log,
                            world.settings.trackers.front(),
                            world.settings.book,
                            world.texts};
    Engine(parts).run_cycle();
    CHECK(world.store.issue({"support", "1"})->fetched_at == begun);
    CHECK(world.store.issue({"support", "2"})->fetched_at == (batch == 1 ? begun + Seconds{30} : begun));
  }
}

TEST_CASE("issues that get the same changes are written in one request, as many as the tracker takes") {
  for (const auto& entry :
       std::vector<std::pair<std::size_t, Sizes>>{{1, {}}, {2, {2, 2, 1}}, {3, {3, 2}}, {5, {5}}, {100, {5}}}) {
    const auto& [batch, expected] = entry;
    CAPTURE(entry.first);
    SyncWorld world;
    make_quiet(world, 1, batch);
    add_defects(world, 1, 5);
    const auto report = world.cycle();
    CHECK(report.written == 5);
    CHECK(world.tracker.write_batches == expected);
    CHECK(world.store.open_intents("support").empty());
    for (const auto& row : report.rows) {
      CAPTURE(row.key.id);
      CHECK(row.written);
      CHECK(row.changes.flags.at("entitled") == "+");
      CHECK(world.tracker.at(row.key.id).flags.at("entitled") == "+");
      CHECK_FALSE(world.store.issue(row.key)->decision.empty());
    }
    world.pass(Seconds{60});
    CHECK(world.cycle().written == 0);
  }
}

TEST_CASE("other changes, comments and people go by themselves") {
  SyncWorld world;
  make_quiet(world, 1, 10);
  auto& write = world.settings.trackers.front().write;
  write.comments = {{"receipt", CommentMode::everybody}};
  add_defects(world, 1, 2);
  world.cycle();
  CHECK(world.tracker.write_batches.empty());
  write.comments.clear();
  auto low = defect("3", world.clock.now());
  low.priority = "Low";
  world.tracker.add(low);
  world.tracker.add(defect("4", world.clock.now()));
  world.cycle();
  CHECK(world.tracker.write_batches == Sizes{1, 1});
  write.assign_consultant = true;
  world.tracker.capabilities_.assign = true;
  world.tracker.write_batches.clear();
  world.tracker.add(defect("5", world.clock.now()));
  world.tracker.add(defect("6", world.clock.now()));
  world.cycle();
  CHECK(world.tracker.write_batches.empty());
  CHECK(world.tracker.at("6").issue.assignee.has_value());
}

TEST_CASE("a dry run lets nothing wait") {
  SyncWorld world;
  make_quiet(world, 2, 10);
  add_defects(world, 1, 3);
  const auto report = world.cycle({true, {}, false});
  CHECK(report.written == 3);
  CHECK(world.tracker.writes == 0);
  CHECK(report.rows.front().changes.flags.at("entitled") == "+");
}

TEST_CASE("one of several that moved is decided anew, and the others are written") {
  SyncWorld world;
  make_quiet(world, 1, 10);
  add_defects(world, 1, 3);
  int calls = 0;
  world.tracker.before_apply = [&] {
    if (calls++ == 0) world.tracker.change_status("2", alena(), "Feedback");
  };
  const auto report = world.cycle();
  CHECK(report.parked == 0);
  CHECK(report.written == 3);
  CHECK(world.tracker.writes == 3);
  CHECK(world.tracker.write_batches == Sizes{3});
  CHECK(world.shows("2", Slot::resolution_due).rfind("paused, ", 0) == 0);
  CHECK(world.shows("3", Slot::resolution_due).rfind("2026-", 0) == 0);
}

TEST_CASE("one of several that is refused is parked, one that may pass is tried again alone") {
  for (const auto kind : {ErrorKind::rejected, ErrorKind::denied, ErrorKind::retry_later}) {
    CAPTURE(to_text(kind));
    SyncWorld world;
    make_quiet(world, 1, 10);
    add_defects(world, 1, 3);
    world.tracker.refused["2"] = {kind, "support#2: refused", {}};
    const auto report = world.cycle();
    CHECK(report.complete());
    CHECK(report.parked == 1);
    CHECK(report.written == 2);
    CHECK(world.tracker.write_batches == Sizes{3});
    CHECK(world.store.parked({"support", "2"})->error == "support#2: refused");
    world.tracker.refused.clear();
    world.clock.set(world.store.parked({"support", "2"})->retry_at);
    CHECK(world.cycle().written == 1);
    CHECK_FALSE(world.store.parked({"support", "2"}).has_value());
  }
}

TEST_CASE("an issue whose decision another one moves is not written with the old one") {
  SyncWorld world;
  make_quiet(world, 1, 10);
  for (int i = 1; i <= 3; ++i) {
    world.tracker.add(consultation(std::to_string(i), world.clock.now() - Seconds{600} + Seconds{i}));
  }
  world.cycle();
  const auto left = "Standard support until 2027-02-28, 2 of 5 left";
  for (const auto* id : {"1", "2", "3"}) CHECK(world.shows(id, Slot::entitlement) == left);
  CHECK(world.tracker.writes == 3);  // nothing in between was shown
  world.pass(Seconds{600});
  world.tracker.change_status("1", alena(), "Rejected");
  world.tracker.write_batches.clear();
  world.cycle();
  CHECK(world.shows("2", Slot::entitlement) == "Standard support until 2027-02-28, 3 of 5 left");
  CHECK(world.tracker.write_batches == Sizes{1, 2});
}

TEST_CASE("what waits is taken back when another issue moves its decision") {
  SyncWorld world;
  make_quiet(world, 1, 10);
  for (const auto* id : {"1", "2", "9"}) world.tracker.add(consultation(id, world.clock.now()));
  world.cycle();
  CHECK(world.shows("1", Slot::entitlement) == "Standard support until 2027-02-28, 2 of 5 left");
  world.pass(Seconds{600});
  for (const auto* id : {"1", "2"}) {
    world.tracker.at(id).issue.assignee = alena();
    world.tracker.change_status(id, alena(), "Feedback");
  }
  world.tracker.comment("9", eva(), "Hello?", Visibility::everybody);
  world.settings.trackers.front().write.assign_consultant = true;  // 9 is written alone, while 1 and 2 wait
  int calls = 0;
  world.tracker.before_apply = [&] {
    if (calls++ == 0) world.tracker.change_status("9", alena(), "Rejected");
  };
  const auto writes = world.tracker.writes;
  world.tracker.write_batches.clear();
  CHECK(world.cycle().parked == 0);
  CHECK(world.tracker.writes == writes + 3);
  CHECK(world.tracker.write_batches == Sizes{2});
  for (const auto* id : {"1", "2"}) {
    CHECK(world.shows(id, Slot::entitlement) == "Standard support until 2027-02-28, 3 of 5 left");
    CHECK(world.shows(id, Slot::resolution_due).rfind("paused, ", 0) == 0);
  }
}

namespace {

constexpr int k_issues = 5;

void first_day(SyncWorld& world) {
  make_quiet(world, 2, 3);
  for (auto& customer : world.settings.book.customers) {
    for (auto& contract : customer.contracts) {
      if (contract.plan.pool) contract.plan.pool->requests = 2;
    }
  }
  for (int i = 1; i <= 3; ++i) {
    world.tracker.add(consultation(std::to_string(i), world.clock.now() - Seconds{600} + Seconds{i}));
  }
  add_defects(world, 4, k_issues);
}

void second_day(SyncWorld& world) {
  world.clock.set(at_iso("2026-06-09T08:00:00Z"));
  world.tracker.change_status("1", alena(), "Rejected");
  world.tracker.change_status("4", alena(), "Feedback");
  world.tracker.change_status("5", alena(), "Feedback");
}

std::string end_state(SyncWorld& world) {
  auto text = world.tracker.state_text();
  for (int i = 1; i <= k_issues; ++i) {
    for (const auto& line : world.store.ledger({"support", std::to_string(i)})) {
      text += to_text(line.issue) + " " + line.action + " " + line.contract.value + " " + line.note + "\n";
    }
  }
  return text;
}

void run_days(SyncWorld& world, FaultPlan& first, FaultPlan& second) {
  first_day(world);
  run_once(world, first);
  run_until_calm(world);
  second_day(world);
  run_once(world, second);
  run_until_calm(world);
}

}  // namespace

TEST_CASE("whichever call fails, batches end as single requests do") {
  SyncWorld alone;
  FaultPlan nothing_fails;
  first_day(alone);
  make_quiet(alone, 1, 1);
  run_once(alone, nothing_fails);
  run_until_calm(alone);
  second_day(alone);
  run_once(alone, nothing_fails);
  run_until_calm(alone);
  const auto wanted = end_state(alone);
  SyncWorld together;
  FaultPlan counting[2];
  run_days(together, counting[0], counting[1]);
  REQUIRE(end_state(together) == wanted);
  for (const auto& size : {together.tracker.read_batches, together.tracker.write_batches}) {
    CHECK(std::any_of(size.begin(), size.end(), [](std::size_t each) { return each > 1; }));
  }
  auto disturbances = std::vector<Disturbance>(std::begin(k_disturbances), std::end(k_disturbances));
  disturbances.push_back({"fails midway", FaultPlan::When::midway, FaultPlan::How::error});
  disturbances.push_back({"dies midway", FaultPlan::When::midway, FaultPlan::How::crash});
  for (const auto& disturbance : disturbances) {
    CAPTURE(disturbance.name);
    for (int day = 0; day < 2; ++day) {
      CAPTURE(day);
      for (int n = 1; n <= static_cast<int>(counting[day].calls.size()); n += k_call_stride) {
        CAPTURE(n);
        CAPTURE(counting[day].calls[static_cast<std::size_t>(n) - 1]);
        SyncWorld world;
        FaultPlan faults[2];
        faults[day].fail_at = n;
        faults[day].when = disturbance.when;
        faults[day].how = disturbance.how;
        run_days(world, faults[0], faults[1]);
        CHECK(faults[day].failed);
        REQUIRE(end_state(world) == wanted);
      }
    }
  }
}
