// A complete configuration to begin with: the proposal as bridge.yaml, and the smallest calendars, plans, contracts and
// classification that `check --offline` accepts, with comments that teach. What they say is an example; the support
// manager replaces it.
#pragma once

#include <string>
#include <vector>

#include "bridge/init/proposal.hpp"

namespace cb {

struct StarterFile {
  std::string name;  // bridge.yaml
  std::string text;
};
std::vector<StarterFile> starter_files(const Proposal& proposal);
// Their names alone, in the same order.
const std::vector<std::string>& starter_names();

}  // namespace cb
