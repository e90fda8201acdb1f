// The notes that only staff read: promises in danger, escalation, the urgent procedure, doubts about the priority,
// reclassification, and what else somebody must look at. They are never public, whatever is configured.
#pragma once

#include <vector>

#include "bridge/sync/wanted_comment.hpp"

namespace cb {

std::vector<WantedComment> staff_notes(const CommentCase& with);

// The cause of the note that calls people at this step: who was put in copy with it is not put there again.
std::string escalation_cause(const Escalation& escalation);

}  // namespace cb
