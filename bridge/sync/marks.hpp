// Labels and flags that mirror a decision, for searching: pure. Ours alone are put on and taken off.
#pragma once

#include "bridge/sync/plan.hpp"

namespace cb {

// SLA states, billing classes, the phase, advice, states of clocks, and whether the issue is entitled.
bool state_holds(const std::string& state, const Decision& decision);

void plan_labels(Changes& changes, const Decision& decision, const Issue& issue, const PlanTerms& terms);
// `present` are the flags that are set, by name. Where several states that hold give one flag different signs, `-` goes
// before `?` and `?` before `+`: what denies or asks must not be hidden by what grants.
void plan_flags(Changes& changes, const Decision& decision, const std::map<std::string, std::string>& present,
                const PlanTerms& terms);

}  // namespace cb
