// What the bridge shows and somebody who is not staff changed, set right with a write (design.md 7): pure. What the
// tracker shows is never evidence, so it is put back whoever changed it; customers' and partners' edits are noted.
#pragma once

#include <vector>

#include "bridge/sync/plan.hpp"
#include "bridge/sync/wanted_comment.hpp"

namespace cb {

// One for each edit that `changes` undo, whatever it touched.
std::vector<PutBack> edits_put_back(const Changes& changes, const Issue& issue, const PlanTerms& terms);

}  // namespace cb
