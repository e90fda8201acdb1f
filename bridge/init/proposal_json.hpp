// The proposal for programs.
#pragma once

#include <string>

#include "bridge/init/proposal.hpp"

namespace cb {

// One object, indented, with a line break at the end: tracker, statuses, priorities, staff, fields (bound), missing,
// labels, flags, comments, please_check, tasks, made, not_made, notes, problems.
std::string proposal_json(const Proposal& proposal);

}  // namespace cb
