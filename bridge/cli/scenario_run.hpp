// Runs scenarios: decides each issue with the claims of those before it, and compares only what the scenario expects.
// Pure but for language detection, which happens before evaluate() as it does for a tracker's issues.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bridge/settings/scenario.hpp"
#include "rules/decision.hpp"

namespace cb {

struct Difference {
  std::string key;
  std::string expected;
  std::string got;
};

struct ScenarioResult {
  std::string name;
  std::vector<Difference> differences;  // empty: passed
  Issue issue;                          // as it was decided
  Decision decision;
  [[nodiscard]] bool passed() const { return differences.empty(); }
};

ScenarioResult run_scenario(const Scenario& scenario, const ContractBook& book);

// Every value of a decision that a scenario can expect, by key, in the form of scenario_text.hpp.
std::map<std::string, std::string> facts_of(const Decision& decision);

}  // namespace cb
