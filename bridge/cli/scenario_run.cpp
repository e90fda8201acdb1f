#include "bridge/cli/scenario_run.hpp"

#include <algorithm>
#include <set>

#include "bridge/settings/scenario_text.hpp"
#include "bridge/texts/language.hpp"

namespace cb {
namespace {

std::optional<Seconds> amount(const std::optional<BusinessTime>& time) {
  return time ? std::optional(time->amount) : std::nullopt;
}

template <class Tag>
std::string text_of(const std::optional<Id<Tag>>& id) {
  return id ? scenario_text(id->value) : k_absent;
}

std::string unlimited_or(const std::optional<int>& number) {
  return number ? scenario_text(*number) : "unlimited";
}

// A category that could not be decided is `undecided` (ruling 37).
void add_category(const Category& category, std::map<std::string, std::string>& facts) {
  facts["category.claimed"] = category.claimed ? category.claimed->value : "undecided";
  facts["category.established"] = text_of(category.established);
  facts["category"] = category.now() ? category.now()->value : "undecided";
}

void add_pool(const std::optional<PoolView>& pool, std::map<std::string, std::string>& facts) {
  if (!pool) return;
  facts["pool.size"] = unlimited_or(pool->size);
  facts["pool.left"] = unlimited_or(pool->left);
  facts["pool.reserved"] = scenario_text(pool->reserved);
  facts["pool.consumed"] = scenario_text(pool->consumed);
  facts["pool"] = "size " + facts["pool.size"] + ", left " + facts["pool.left"] + ", reserved " +
                  facts["pool.reserved"] + ", consumed " + facts["pool.consumed"];
}

void add_budget(const std::optional<BudgetView>& budget, std::map<std::string, std::string>& facts) {
  if (!budget) return;
  facts["budget.hours"] = scenario_text(budget->hours);
  facts["budget.used"] = scenario_text(budget->used);
  facts["budget.left"] = scenario_text(budget->left);
  facts["budget"] = "hours " + facts["budget.hours"] + ", used " + facts["budget.used"];
}

void add_clocks(const std::vector<ClockReading>& clocks, std::map<std::string, std::string>& facts) {
  for (const auto& clock : clocks) {
    const auto path = "clocks." + to_text(clock.name);
    facts[path] = to_text(clock.state);
    facts[path + ".state"] = to_text(clock.state);
    facts[path + ".due"] = scenario_text(clock.due);
    facts[path + ".stopped"] = scenario_text(clock.stopped);
    facts[path + ".used"] = scenario_text(amount(clock.used));
    facts[path + ".left"] = scenario_text(amount(clock.left));
  }
}

Issue with_language(Issue issue) {
  if (issue.language.empty()) issue.detected_language = detect_language(issue.summary, issue.description);
  return issue;
}

std::set<std::string> words_of(const std::string& list) {
  std::set<std::string> words;
  for (std::size_t at = 0; at < list.size();) {
    const auto comma = std::min(list.find(", ", at), list.size());
    words.insert(list.substr(at, comma - at));
    at = comma + 2;
  }
  return words;
}

// Only the advice that is named is asked for; `advice: []` means that there is none at all.
bool names_all(const std::string& got, const std::string& expected) {
  const auto have = words_of(got);
  const auto wanted = words_of(expected);
  return std::includes(have.begin(), have.end(), wanted.begin(), wanted.end());
}

}  // namespace

std::map<std::string, std::string> facts_of(const Decision& decision) {
  std::map<std::string, std::string> facts;
  facts["customer"] = text_of(decision.customer);
  facts["contract"] = text_of(decision.contract);
  facts["refusal"] = decision.refusal ? to_text(*decision.refusal) : k_absent;
  facts["billing"] = to_text(decision.billing);
  facts["sla_state"] = to_text(decision.sla_state);
  facts["next_due"] = scenario_text(decision.next_due);
  auto advice = decision.internal_advice;  // ruling 63: the rules' own advice counts too
  for (const auto each : decision.advice) advice.push_back(to_text(each));
  facts["advice"] = scenario_text(std::move(advice));
  add_category(decision.category, facts);
  add_pool(decision.pool, facts);
  add_budget(decision.budget, facts);
  add_clocks(decision.clocks, facts);
  return facts;
}

ScenarioResult run_scenario(const Scenario& scenario, const ContractBook& book) {
  LedgerView ledger;
  for (const auto& earlier : scenario.before)
    for (auto& claim : claims_of(with_language(earlier), book, scenario.now)) ledger.claims.push_back(std::move(claim));
  ScenarioResult result;
  result.name = scenario.name;
  result.issue = with_language(scenario.issue);
  result.decision = evaluate(result.issue, book, ledger, scenario.now);
  const auto facts = facts_of(result.decision);
  for (const auto& [key, expected, place] : scenario.expect) {
    const auto fact = facts.find(key);
    const auto got = fact == facts.end() ? std::string(k_absent) : fact->second;
    const bool as_expected = key == "advice" && expected != k_absent ? names_all(got, expected) : got == expected;
    if (!as_expected) result.differences.push_back({key, expected, got});
  }
  return result;
}

}  // namespace cb
