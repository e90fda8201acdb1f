// Who is called when a promise is in danger (A5, B3, D8): at each threshold of the clock that is furthest the next of
// the consultant and the back-ups, and once it is overdue everybody, the escalation owner last. The owner keeps an eye
// on it, in copy, from the first risk on.
#pragma once

#include "rules/decision.hpp"

namespace cb {

// Late, and still owed: the next update stays breached for the cycle, though the one that is owed now may be in time
// (ruling 13).
bool is_overdue(const ClockReading& clock);

// `customer` is null when nobody was found.
Escalation escalation_of(const std::vector<ClockReading>& clocks, const Plan& plan, const Customer* customer);

}  // namespace cb
