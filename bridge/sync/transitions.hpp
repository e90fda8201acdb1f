// The change of status that is configured for a state that holds (write.transitions): pure. Staff have the last word:
// once the bridge has moved an issue to a status it does not do so again, wherever it is moved afterwards, until a
// person reopens the issue. As the bridge can neither end nor reopen one (the loader sees to that), it makes each
// change at most once in such a round, and no chain of changes comes back to where it began.
#pragma once

#include "bridge/sync/plan.hpp"

namespace cb {

// The first of the configured changes that applies. None where the history is not known: who moved the issue before
// cannot be told then.
void plan_status(Changes& changes, const Decision& decision, const Issue& issue, const PlanTerms& terms, Instant now);

}  // namespace cb
