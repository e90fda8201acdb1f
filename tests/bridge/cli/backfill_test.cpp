// `backfill`: every issue, however many, once, with progress; ended at any moment it goes on where it stopped.
#include "bridge/cli/backfill.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "bridge/cli/options.hpp"
#include "tests/bridge/sync/sync_world.hpp"

using namespace cb;

namespace {

// A tracker that several runs share.
class Shared final : public Tracker {
 public:
  explicit Shared(Tracker& inner) : inner_(inner) {}
  [[nodiscard]] const Capabilities& capabilities() const override { return inner_.capabilities(); }
  Result<Identity> who_am_i() override { return inner_.who_am_i(); }
  Result<Survey> survey() override { return inner_.survey(); }
  Result<Page> changed_since(std::optional<Instant> since, const std::optional<std::string>& page) override {
    return inner_.changed_since(since, page);
  }
  Result<Fetched> fetch(const IssueKey& key) override { return inner_.fetch(key); }
  Result<Applied> apply(const IssueKey& key, const Changes& changes, const Revision& expected) override {
    return inner_.apply(key, changes, expected);
  }

 private:
  Tracker& inner_;
};

struct Ran {
  int exit_code;
  std::string out, err;
};

Ran run(
    SyncWorld& world, const BackfillOptions& options, const std::function<bool()>& stop_asked = [] { return false; }) {
  std::ostringstream out;
  std::ostringstream err;
  const auto open = [&](const TrackerSettings&) -> Result<OpenTracker> {
    OpenTracker opened;
    opened.tracker = std::make_unique<Shared>(world.tracker);
    return opened;
  };
  const OnceParts parts{world.settings, world.store, world.clock, world.chance, world.log, open};
  const auto exit_code = backfill(options, parts, stop_asked, out, err);
  return {exit_code, out.str(), err.str()};
}

void add_issues(SyncWorld& world, int count) {
  for (int i = 1; i <= count; ++i) world.tracker.add(defect(std::to_string(i), world.clock.now() - Seconds{i}));
}

}  // namespace

TEST_CASE("every issue is decided and written once, and the second run has nothing to do") {
  SyncWorld world;
  add_issues(world, 1200);  // more than a portion
  const auto first = run(world, {});
  CHECK(first.exit_code == k_exit_ok);
  CHECK(first.out == "support: 1200 read, 1200 written, 0 unchanged, 0 known before, 0 parked\n");
  CHECK(first.err.find("support: listing, ") == 0);
  CHECK(first.err.find("of 1200 issues") != std::string::npos);
  CHECK(world.tracker.fetches == 1200);
  world.pass(Seconds{600});
  CHECK(run(world, {}).out == "support: 1200 read, 0 written, 1200 unchanged, 0 known before, 0 parked\n");
  world.pass(Seconds{600});
  CHECK(run(world, {}).out == "support: 0 read, 0 written, 0 unchanged, 1200 known before, 0 parked\n");
}

TEST_CASE("ended again and again it goes on where it stopped, without listing or reading anything twice") {
  SyncWorld world;
  add_issues(world, 700);
  int runs = 0;
  for (; runs < 50; ++runs) {
    int asked = 0;
    const auto ran = run(world, {}, [&] { return ++asked > 700; });
    if (ran.exit_code == k_exit_ok) break;
    CHECK(ran.exit_code == k_exit_trouble);
    CHECK(ran.out.find("ended on request, ") != std::string::npos);
    CHECK(ran.out.find("run `contract-bridge backfill` again, it goes on there") != std::string::npos);
    world.pass(Seconds{60});
  }
  CHECK(runs > 0);
  CHECK(world.tracker.writes == 700);
  CHECK(world.tracker.lists == 7);
}

TEST_CASE("ended inside the list it lists again, and a wake of another cause makes no part of it the whole") {
  SyncWorld world;
  add_issues(world, 700);
  int asked = 0;
  CHECK(run(world, {}, [&] { return ++asked > 3; }).exit_code == k_exit_trouble);
  CHECK(world.store.woken("support") > 0);
  CHECK(world.store.woken("support") < 700);
  world.pass(Seconds{60});
  CHECK(run(world, {}).exit_code == k_exit_ok);
  CHECK(world.tracker.writes == 700);
  world.pass(Seconds{3600});
  world.tracker.add(defect("9000", world.clock.now()));
  world.store.wake({{"support", "1"}}, "webhook", world.clock.now());
  CHECK(run(world, {}).exit_code == k_exit_ok);
  CHECK(world.tracker.writes == 701);
}

TEST_CASE("where the list breaks off, nobody is told how many are left") {
  SyncWorld world;
  add_issues(world, 700);
  world.tracker.list_fails = Error{ErrorKind::retry_later, "the server answered 500", {}};
  const auto ran = run(world, {});
  CHECK(ran.exit_code == k_exit_trouble);
  CHECK(ran.out.find("the list is not complete; run `contract-bridge backfill` again") != std::string::npos);
  BackfillOptions json;
  json.json = true;
  CHECK(nlohmann::json::parse(run(world, json).out)["trackers"][0]["left"].is_null());
}

TEST_CASE("what cannot be read is parked and told, and the exit code says so") {
  SyncWorld world;
  add_issues(world, 3);
  world.tracker.broken["2"] = {ErrorKind::bad_reply, "support#2: no JSON", {}};
  BackfillOptions options;
  options.json = true;
  const auto ran = run(world, options);
  CHECK(ran.exit_code == k_exit_trouble);
  const auto json = nlohmann::json::parse(ran.out);
  CHECK(json["trackers"][0]["parked"] == 1);
  CHECK(json["trackers"][0]["written"] == 2);
  CHECK(json["trackers"][0]["error"].is_null());
}

TEST_CASE("a tracker that does not exist is usage") {
  SyncWorld world;
  BackfillOptions options;
  options.tracker = "nobody";
  const auto ran = run(world, options);
  CHECK(ran.exit_code == k_exit_usage);
  CHECK(ran.err.find("there is no tracker 'nobody'") != std::string::npos);
}
