// `contract-bridge init KIND URL`: asks a server what it has and proposes a configuration. bridge.yaml, or JSON, goes
// to standard output, or a complete folder into --output; what an administrator must make by hand goes to standard
// error, so that `init ... > bridge.yaml` gives a file that works and a person still reads the list. Nothing is written
// on the server. Exit codes: 0 proposed, 2 a file would be overwritten or cannot be written, 3 the tracker.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

#include "bridge/cli/open_tracker.hpp"
#include "bridge/init/proposal.hpp"

namespace cb {

struct InitOptions {
  InitTarget target;
  std::string output;  // a folder; empty: standard output
  bool json = false;
};

// Opens a tracker that no configuration describes yet.
using OpenForInit = std::function<Result<OpenTracker>(const TrackerSettings&, const ContractBook&)>;

int init(const InitOptions& options, const OpenForInit& open, std::ostream& out, std::ostream& err);

// What is wrong with a target, in words; empty when nothing is. Never shows what may be a key.
std::string init_problem(const InitTarget& target);

}  // namespace cb
