// How an issue's category moved (E6): found by classifying it as it stood after each change that a rule may look at.
#pragma once

#include <vector>

#include "rules/decision.hpp"
#include "rules/facts.hpp"

namespace cb {

// `present` are the facts as of now. What it does to the bill is left to whoever knows the plan.
std::vector<Reclassification> reclassifications_of(const Facts& present, const TrackerTerms& tracker,
                                                   const ContractBook& book, Instant now);

}  // namespace cb
