// Which contract serves an issue, and at whose expense (design.md 4.2 to 4.5; rulings 3-7, 21, 22, 37): the first that
// entitles, in order; what was passed over and why stays in the reasons.
#pragma once

#include <optional>
#include <vector>

#include "rules/coverage.hpp"
#include "rules/decision.hpp"

namespace cb {

struct Asking {
  const ContractBook& book;
  const Customer* customer = nullptr;  // null: unknown or in conflict
  Registration registration;
  std::optional<CategoryId> category;  // empty: undecided
  // What the issue would put on the ledger; contract and period are filled in.
  Claim claim;
  bool withdrawn = false;                          // nobody pays, no unit is used (ruling 20)
  const std::vector<Claim>* ledger = nullptr;      // null: only the claims are wanted
  const std::vector<Claim>* remembered = nullptr;  // where the issue's own claims may say that they were promised
};

struct Serving {
  const Contract* contract = nullptr;  // null: without a contract
  const Plan* plan = nullptr;          // of the contract, or without_contract
  CalendarId calendar;
  std::optional<Refusal> refusal;
  const Contract* refused_by = nullptr;
  std::optional<Cover> cover;  // empty: the category is undecided
  Billing billing = Billing::undecided;
  std::optional<PoolView> pool;
  bool unit_disputed = false;
  bool was_paid = false;  // it asked for a unit before, and none was left
  std::optional<BudgetView> budget;
  std::vector<Claim> claims;
  std::vector<Reason> reasons;
};

Serving serve(const Asking& asking, const std::vector<Candidate>& candidates);

// How a plan's word is billed; of hours or units that are used up more is to be said.
Billing class_of(Cover cover);

// What the plan says of a category; of an undecided one only where it says the same of every category (ruling 37).
std::optional<Cover> cover_for(const Plan& plan, const std::optional<CategoryId>& category);

}  // namespace cb
