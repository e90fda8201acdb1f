// A decision as JSON, for `explain --json`, `once --json`, the API and the store: the names of `expect` in a scenario,
// and further keys in the same spirit. Instants are UTC with `Z`, durations whole seconds, dates `2027-02-28`. Every
// key is always there: null stands for a value that is absent, [] and {} for nothing. A category that could not be
// decided is claimed "undecided" (ruling 37), the size and the rest of an unlimited pool are "unlimited", and the end
// of a span that is still open is null. Equal decisions give equal text. Text that is not UTF-8 is repaired, never
// refused.
#pragma once

#include <string>

#include "rules/decision.hpp"

namespace cb {

// indent < 0: one line.
std::string decision_json(const Decision& decision, int indent = -1);

}  // namespace cb
