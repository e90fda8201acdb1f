// What an issue would ask of pools, and for whom: independent of the ledger, and so known before it is looked at.
#pragma once

#include <optional>
#include <vector>

#include "rules/decision.hpp"

namespace cb {

struct PoolRequest {
  std::vector<Claim> claims;           // as claims_of() gives them
  std::optional<CustomerId> customer;  // as evaluate() finds it
};

PoolRequest pool_request_of(const Issue& issue, const ContractBook& book, Instant now);

}  // namespace cb
