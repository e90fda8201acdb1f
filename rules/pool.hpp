// Pools and budgets by replay (D2, C4; rulings 4, 5, 21-26, 36, 47, 64): who gets a unit follows from all claims on a
// contract in the order of registration, whatever order the bridge saw the issues in. No counter is kept.
#pragma once

#include <optional>
#include <vector>

#include "rules/contract_book.hpp"
#include "rules/decision.hpp"

namespace cb {

// The pool's period around an instant, in the contract's zone. A contract year begins on the contract's first day;
// one of 29 February begins on 1 March in other years.
Span period_of(const Contract& contract, Period per, Instant at);

struct Settlement {
  bool has_unit = false;  // this claim got one
  bool disputed = false;  // by the order of registration alone it would be the other way round (ruling 35)
  PoolView view;          // all units of the period, as of now
};

// `claims` may hold other periods and contracts; those decide what is carried over and which later claims count.
Settlement settle(const Contract& contract, const Claim& claim, const std::vector<Claim>& claims,
                  const ContractBook& book);
// Whether a claim that has ended had a unit until then, by the claims as they stood.
bool had_unit(const Contract& contract, const Claim& ended, const std::vector<Claim>& claims, const ContractBook& book);
// The state of a pool for an issue that asks nothing of it.
PoolView pool_view(const Contract& contract, Instant at, const std::vector<Claim>& claims, const ContractBook& book);

struct BudgetSettlement {
  bool has_hours = false;  // hours were left for this claim: those registered before it did not use them up
  BudgetView view;         // logged time of the whole period
};
BudgetSettlement settle_budget(const Contract& contract, const Claim& claim, const std::vector<Claim>& claims);

}  // namespace cb
