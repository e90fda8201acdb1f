#include "bridge/cli/scenario_run.hpp"

#include <doctest/doctest.h>

using namespace cb;

namespace {

Instant at(const std::string& text) {
  return *instant_from_iso(text);
}

Decision full_decision() {
  Decision decision;
  decision.customer = CustomerId{"acme"};
  decision.contract = ContractId{"ACME-2026"};
  decision.category.claimed = CategoryId{"defect"};
  decision.category.established = CategoryId{"configuration"};
  decision.billing = Billing::pool;
  decision.pool = PoolView{ContractId{"ACME-2026"}, {}, 5, -1, 2, 4};
  decision.budget = BudgetView{CategoryId{"training"}, Seconds{16 * 3600}, Seconds{5400}, Seconds{52200}};
  ClockReading clock;
  clock.name = ClockName::resolution;
  clock.state = ClockState::paused;
  clock.stopped = at("2026-06-09T08:00:00Z");
  clock.used = BusinessTime{Seconds{1800}};
  clock.left = BusinessTime{Seconds{-7200}};
  decision.clocks.push_back(clock);
  decision.sla_state = SlaState::breached;
  decision.next_due = at("2026-06-18T16:00:00Z");
  decision.advice = {Advice::no_nda, Advice::assign_consultant};
  decision.internal_advice = {"check-settings-first"};
  return decision;
}

}  // namespace

TEST_CASE("every value of a decision is a fact under the key that scenarios use") {
  const std::map<std::string, std::string> wanted{
      {"customer", "acme"},
      {"contract", "ACME-2026"},
      {"refusal", "none"},
      {"category", "configuration"},
      {"category.claimed", "defect"},
      {"category.established", "configuration"},
      {"billing", "pool"},
      {"pool", "size 5, left -1, reserved 2, consumed 4"},
      {"pool.size", "5"},
      {"pool.left", "-1"},
      {"pool.reserved", "2"},
      {"pool.consumed", "4"},
      {"budget", "hours 16h, used 1h30m"},
      {"budget.hours", "16h"},
      {"budget.used", "1h30m"},
      {"budget.left", "14h30m"},
      {"clocks.resolution", "paused"},
      {"clocks.resolution.state", "paused"},
      {"clocks.resolution.due", "none"},
      {"clocks.resolution.stopped", "2026-06-09T08:00:00Z"},
      {"clocks.resolution.used", "30m"},
      {"clocks.resolution.left", "-2h"},
      {"sla_state", "breached"},
      {"next_due", "2026-06-18T16:00:00Z"},
      {"advice", "assign_consultant, check-settings-first, no_nda"},
  };
  CHECK(facts_of(full_decision()) == wanted);
}

TEST_CASE("what a decision does not have is none, and a category that nobody knows is undecided") {
  const auto facts = facts_of(Decision{});
  CHECK(facts.at("customer") == "none");
  CHECK(facts.at("contract") == "none");
  CHECK(facts.at("category.claimed") == "undecided");
  CHECK(facts.at("category.established") == "none");
  CHECK(facts.at("category") == "undecided");
  CHECK(facts.at("next_due") == "none");
  CHECK(facts.at("advice") == "none");
  CHECK(facts.count("pool") == 0);
  CHECK(facts.count("clocks.resolution") == 0);
}

TEST_CASE("an unlimited pool is unlimited") {
  Decision decision;
  decision.pool = PoolView{};
  CHECK(facts_of(decision).at("pool.size") == "unlimited");
  CHECK(facts_of(decision).at("pool.left") == "unlimited");
}

TEST_CASE("only what is expected is compared, and each difference says what was got") {
  ContractBook book;
  book.trackers["support"].name = "support";
  book.trackers["support"].statuses = {{"new", Phase::waiting_for_us}};
  Scenario scenario;
  scenario.name = "nobody";
  scenario.now = at("2026-06-09T08:00:00Z");
  scenario.issue.key = {"support", "1"};
  scenario.issue.status = "New";
  scenario.issue.created = at("2026-06-09T07:00:00Z");
  scenario.expect = {{"customer", "acme", {}},
                     {"billing", "undecided", {}},
                     {"pool", "none", {}},
                     {"clocks.resolution.due", "2026-06-18T16:00:00Z", {}}};
  const auto result = run_scenario(scenario, book);
  CHECK_FALSE(result.passed());
  REQUIRE(result.differences.size() == 2);
  CHECK(result.differences[0].key == "customer");
  CHECK(result.differences[0].expected == "acme");
  CHECK(result.differences[0].got == "none");
  CHECK(result.differences[1].key == "clocks.resolution.due");
  CHECK(result.differences[1].got == "none");
}
