#include "bridge/sync/claims.hpp"

#include <algorithm>

#include "bridge/sync/comments.hpp"
#include "bridge/sync/customer_comments.hpp"
#include "bridge/sync/ledger_lines.hpp"
#include "rules/pool_request.hpp"

namespace cb {

namespace {

// For units, not for hours; what the customer was told takes nothing from others that the unit did not.
std::vector<Claim> asked_of(const ContractId& contract, const std::vector<Claim>& claims) {
  std::vector<Claim> asked;
  for (auto claim : claims) {
    if (claim.contract != contract || !claim.budget.empty()) continue;
    claim.promised = false;
    asked.push_back(claim);
  }
  return asked;
}

bool holds_unit(const ContractId& contract, const std::vector<LedgerLine>& ledger) {
  const auto last = std::find_if(ledger.rbegin(), ledger.rend(),
                                 [&](const LedgerLine& line) { return line.contract == contract && moves_pool(line); });
  return last != ledger.rend() && last->action != "release";
}

}  // namespace

std::set<ContractId> untold_contracts(const std::vector<Claim>& before, const std::vector<Claim>& now,
                                      const std::vector<LedgerLine>& ledger) {
  std::set<ContractId> contracts;
  for (const auto& claims : {before, now})
    for (const auto& claim : claims) contracts.insert(claim.contract);
  std::erase_if(contracts, [&](const ContractId& contract) {
    const auto asked = asked_of(contract, before);
    const bool asks = std::any_of(asked.begin(), asked.end(), [](const Claim& claim) { return !claim.ended_at; });
    return asks == holds_unit(contract, ledger) || asked == asked_of(contract, now);
  });
  return contracts;
}

std::vector<Claim> told_claims_of(const Issue& issue, const ContractBook& book, Instant now) {
  auto claims = claims_of(issue, book, now);
  for (auto& claim : claims) {
    claim.promised = claim.budget.empty() && claim.rank == 0 && was_told(issue, k_receipt_of_pool, claim.cycle);
  }
  return claims;
}

std::set<ContractId> pools_around(const Issue& issue, const ContractBook& book, Instant now) {
  const auto request = pool_request_of(issue, book, now);
  std::set<ContractId> contracts;
  for (const auto& claim : request.claims) contracts.insert(claim.contract);
  const auto add_pools_of = [&](const std::optional<CustomerId>& id) {
    const auto* customer = id ? find_customer(book, *id) : nullptr;
    if (customer == nullptr) return customer;
    for (const auto& contract : customer->contracts) {
      if (contract.plan.pool) contracts.insert(contract.id);
    }
    return customer;
  };
  const auto* customer = add_pools_of(request.customer);
  if (customer != nullptr) add_pools_of(customer->partner);
  return contracts;
}

}  // namespace cb
