#include "bridge/sync/claims.hpp"

#include "bridge/sync/comments.hpp"
#include "bridge/sync/customer_comments.hpp"
#include "rules/pool_request.hpp"

namespace cb {

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
