// The category of an issue (D1, E2, E6; rulings 37-39): claimed by the first rule that matches, established by what
// staff said, which wins.
#pragma once

#include "rules/classification.hpp"
#include "rules/decision.hpp"
#include "rules/facts.hpp"

namespace cb {

// The facts as they stand at `now`.
Facts facts_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now);
Category classify(const TrackerTerms& tracker, const ContractBook& book, Facts& facts, Instant now,
                  std::vector<Reason>& reasons);

}  // namespace cb
