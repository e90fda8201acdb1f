// All cycles of an issue with the contract that served each (design.md 4.2, rulings 9, 59): terms are those of
// registration, and a later cycle keeps them unless that contract is over.
#pragma once

#include <optional>
#include <vector>

#include "rules/cycle.hpp"
#include "rules/issue_view.hpp"
#include "rules/serving.hpp"

namespace cb {

// What clocks run by: the contract that served, also where staff later found a category that it refuses (rulings 35,
// 59).
struct Terms {
  const Plan* plan = nullptr;
  CalendarId calendar;
};

struct Service {
  std::vector<Cycle> cycles;
  std::vector<Serving> servings;              // one for each cycle
  std::vector<Terms> terms;                   // of its clocks
  std::vector<std::optional<Instant>> ended;  // the contract, while the cycle was open and is not just finished
};

// `ledger` null: only the claims are wanted.
Service serve_all(const Issue& issue, const ContractBook& book, const IssueView& view, const std::vector<Claim>* ledger,
                  Instant now);

// Clocks wait for the order of a paid issue; those that started before it turned out paid do not (rulings 35, 67): by
// another category, or because a free request that it was shown to use went to an issue registered earlier.
bool needs_order(const Serving& serving, const Terms& terms, const IssueView& view, const Cycle& cycle);

}  // namespace cb
