// `contract-bridge init KIND URL`: asks a server what it has and proposes a configuration. bridge.yaml, or JSON, goes
// to standard output, or a complete folder into --output; what an administrator must make by hand goes to standard
// error, so that `init ... > bridge.yaml` gives a file that works and a person still reads the list. Nothing is written
// on the server, unless --create asks for the missing fields. Exit codes: 0 proposed, 2 a file would be overwritten or
// cannot be written, 3 the tracker, also when a field could not be made: the proposal is printed nevertheless.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

#include "bridge/init/proposal.hpp"
#include "bridge/service/open_tracker.hpp"

namespace cb {

struct InitOptions {
  InitTarget target;
  std::string output;  // a folder; empty: standard output
  bool json = false;
  bool create = false;  // Jira: makes the recommended fields that are missing
};

// Opens a tracker that no configuration describes yet.
using OpenForInit = std::function<Result<OpenTracker>(const TrackerSettings&, const ContractBook&)>;

int init(const InitOptions& options, const OpenForInit& open, std::ostream& out, std::ostream& err);

// Fills in what the command line left open; what is wrong with the rest, in words, empty when nothing is. Never shows
// what may be a key.
std::string complete(InitOptions& options);

}  // namespace cb
