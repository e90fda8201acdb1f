// Whom a write assigns and puts in copy (A5, B3, D8): pure. Only an issue that nobody was ever assigned to is assigned;
// people are put in copy together with the note that calls them, so that nobody who left is added again.
#pragma once

#include "bridge/sync/plan.hpp"

namespace cb {

// `changes` hold the comments already.
void plan_people(Changes& changes, const Decision& decision, const Fetched& fetched, const PlanTerms& terms);

// Everybody whom plan_people may assign in this tracker.
std::vector<PersonRef> consultants(const ContractBook& book, const std::string& tracker);

}  // namespace cb
