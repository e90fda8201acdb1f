// The pools of the contracts that serve today, as the rules count them from all claims in the store (rules/pool.hpp):
// what an issue that is registered now would find. For monitors alone: it reads every claim on those contracts.
#pragma once

#include <vector>

#include "bridge/web/kept.hpp"
#include "rules/decision.hpp"

namespace cb {

// So many pools are told, in the order of the configuration; a monitor suffers from more series than that.
inline constexpr int k_most_pools = 1'000;
// Pools move with issues, not with seconds.
inline constexpr Seconds k_pools_kept{60};

struct PoolFacts {
  Instant asked_at;  // the epoch: the store did not answer
  std::vector<PoolView> pools;
  int not_told = 0;  // of contracts beyond the limit
};

// Never throws StoreError: then there are no pools.
PoolFacts ask_pools(const Settings& settings, Store& store, Instant now);

using KeptPools = KeptOf<PoolFacts, ask_pools>;

}  // namespace cb
