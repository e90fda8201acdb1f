// What becomes of an open issue whose contract ends (design.md 4.2, `on_expiry`): by default it is finished under the
// old terms; a plan may stop its clocks instead, or ask staff. A renewal that serves the issue at that instant means
// that nothing ended.
#pragma once

#include <optional>
#include <vector>

#include "rules/coverage.hpp"
#include "rules/cycle.hpp"

namespace cb {

// The first instant after the contract, where it has come, the issue was still open then, and the plan does not just
// finish it.
std::optional<Instant> ended_while_open(const Contract& contract, const std::vector<Candidate>& candidates,
                                        const Registration& registration, const Cycle& cycle, Instant now);

}  // namespace cb
