// Scenario files, with the example's contracts: whatever issue and history a file tells, it is decided, twice in the
// same way, and the decision as it is stored can be read.
#include <stdexcept>

#include "bridge/report/decision_json.hpp"
#include "bridge/settings/loader.hpp"
#include "bridge/settings/scenario.hpp"
#include "bridge/sync/stored_decision.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

namespace {

ContractBook example_book() {
  const auto loaded = load_settings(CB_SOURCE_DIR "/config/example");
  for (const auto& problem : loaded.problems)
    if (problem.level == Problem::Level::error) throw std::runtime_error(to_text(problem));
  return loaded.settings.value().book;
}

void try_scenario(const Scenario& scenario, const ContractBook& book) {
  LedgerView ledger;
  for (const auto& earlier : scenario.before)
    for (auto& claim : claims_of(earlier, book, scenario.now)) ledger.claims.push_back(std::move(claim));
  const auto decision = decision_json(evaluate(scenario.issue, book, ledger, scenario.now));
  must_be(decision_json(evaluate(scenario.issue, book, ledger, scenario.now)), decision, "decided the same twice");
  must(same_decision(decision, decision), "a decision that is stored can be read");
}

}  // namespace

void one_input(const std::string& bytes) {
  static const auto k_book = example_book();
  const Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 27}};
  const auto file = read_scenarios_text(bytes, "some.yaml", k_book, now);
  for (const auto& problem : file.problems)
    must(is_one_clean_line(to_text(problem)), "a problem is one line of words: " + to_text(problem));
  for (const auto& scenario : file.scenarios) try_scenario(scenario, k_book);
}

}  // namespace cb::fuzz
