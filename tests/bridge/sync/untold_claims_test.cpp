// An issue that asks for a unit and has not been decided since counts for others: when it asks no more, no line of its
// ledger tells them.
#include <doctest/doctest.h>

#include <utility>

#include "bridge/sync/claims.hpp"
#include "tests/bridge/sync/sync_world.hpp"

using namespace cb;

namespace {

const ContractId k_contract{"A"};

Claim claim(const std::string& what) {
  Claim claim;
  claim.issue = {"support", "1"};
  claim.contract = k_contract;
  if (what == "ended") claim.ended_at = at_iso("2026-06-08T08:00:00Z");
  if (what == "approved") claim.approved_at = at_iso("2026-06-08T08:00:00Z");
  if (what == "told") claim.promised = true;
  if (what == "hours") claim.budget = CategoryId{"training"};
  if (what == "more hours") claim.budget = CategoryId{"training"}, claim.logged = Seconds{60};
  return claim;
}

std::vector<Claim> claims(const std::string& what) {
  if (what == "nothing") return {};
  return {claim(what)};
}

std::vector<LedgerLine> lines(const std::string& last) {
  std::vector<LedgerLine> lines{{{"support", "1"}, {}, "billing", ContractId{}, "", "none -> pool"}};
  if (last != "nothing") lines.push_back({{"support", "1"}, {}, last, k_contract, "", ""});
  return lines;
}

}  // namespace

TEST_CASE("others are told of a claim that moved where no line of the ledger will tell them") {
  struct Row {
    std::string before, now, ledger;
    bool untold;
  };
  const Row rows[] = {
      {"nothing", "asks", "nothing", false},      // its unit will be a line
      {"asks", "nothing", "reserve", false},      // what it gives back, too
      {"asks", "ended", "consume", false},        //
      {"asks", "asks", "nothing", false},         // it waits on
      {"asks", "told", "nothing", false},         //
      {"hours", "more hours", "nothing", false},  // no unit
      {"ended", "asks", "release", false},        //
      {"asks", "ended", "nothing", true},         // it waited
      {"asks", "nothing", "release", true},       //
      {"asks", "approved", "nothing", true},      // it wants none any more
      {"ended", "asks", "reserve", true},         // read, not recorded, and read once more
      {"nothing", "asks", "consume", true},       //
  };
  for (const auto& row : rows) {
    CAPTURE(row.before);
    CAPTURE(row.now);
    CAPTURE(row.ledger);
    const auto untold = untold_contracts(claims(row.before), claims(row.now), lines(row.ledger));
    CHECK(untold == (row.untold ? std::set<ContractId>{k_contract} : std::set<ContractId>{}));
  }
}

TEST_CASE(
    "who was decided by another tracker while one waited for a unit is decided again when that one asks no more") {
  SyncWorld world;
  ScriptedTracker second(world.clock, "second");
  auto terms = world.settings.trackers.front();
  terms.name = "second";
  world.settings.book.trackers["second"] = world.settings.book.trackers.at("support");
  const auto cycle_of_second = [&](bool list) {
    const EngineParts parts{second,    world.store, world.clock,         world.chance,
                            world.log, terms,       world.settings.book, world.texts};
    EngineOptions options;
    options.list = list;
    return Engine(parts, options).run_cycle();
  };
  const auto start = world.clock.now();
  for (int i = 1; i <= 6; ++i) world.tracker.add(consultation(std::to_string(i), start - Seconds{600} + Seconds{i}));
  auto other = defect("x", start);
  other.key.tracker = "second";
  second.add(other);
  world.cycle();
  REQUIRE(cycle_of_second(true).complete());
  const auto left = [&] { return second.at("x").shown.at(Slot::entitlement).text; };
  REQUIRE(left().find("0 of 5 left") != std::string::npos);
  world.pass(Seconds{600});

  // The unit of 2 is for 6, which asks for it no more before it is read; the other tracker decides in between.
  world.tracker.change_status("2", alena(), "Rejected");
  bool in_between = false;
  world.tracker.before_fetch = [&](const IssueKey& key) {
    if (key.id != "6" || std::exchange(in_between, true)) return;
    REQUIRE(cycle_of_second(true).complete());
    REQUIRE(left().find("0 of 5 left") != std::string::npos);
    world.tracker.change_field("6", alena(), "Category confirmed", "defect");
  };
  REQUIRE(world.cycle().complete());
  REQUIRE(world.shows("6", Slot::billing) == "free");
  REQUIRE(cycle_of_second(false).error.empty());
  CHECK(left().find("1 of 5 left") != std::string::npos);
}
