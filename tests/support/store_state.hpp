// What a store holds, as text that two stores can be compared by: issues with snapshot, decision and recheck_at, their
// ledger lines and past decisions, claims of the contracts named, what is parked, open intents. Left out is when we
// did things (fetched_at, at, attempts): a run that was disturbed does them later.
#pragma once

#include <string>
#include <vector>

#include "bridge/store/store.hpp"

namespace cb {

std::string state_text(Store& store, const std::string& tracker, const std::vector<ContractId>& contracts = {});

}  // namespace cb
