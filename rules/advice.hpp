// What staff should know or do about an issue (design.md 4.7): facts of the decision put as codes. Advice never changes
// what is decided.
#pragma once

#include <vector>

#include "rules/contract_book.hpp"
#include "rules/decision.hpp"
#include "rules/timeline.hpp"
#include "rules/urgency.hpp"

namespace cb {

// `customer` is null when nobody was found.
std::vector<Advice> advice_on(const Decision& decision, const Issue& issue, const Timeline& timeline,
                              const Customer* customer, const ContractBook& book);

// The text says urgent and the priority does not, or the other way round (D4); a justification silences it.
MismatchFinding mismatch_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book);

}  // namespace cb
