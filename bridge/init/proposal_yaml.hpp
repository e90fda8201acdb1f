// The proposal as bridge.yaml. Active is only what exists on the server; what an administrator may create stands in
// comments (`# after you created cf_due:`), and what could not be recognised carries `# please check`.
#pragma once

#include <string>

#include "bridge/init/proposal.hpp"

namespace cb {

std::string bridge_yaml(const Proposal& proposal);

}  // namespace cb
