// `explain ISSUE`: reads one issue from its tracker, decides it with what the store knows of the pool's other issues,
// and prints the whole chain and what would be written. Writes nothing, creates no store. Exit codes: 0 explained;
// 1 the tracker cannot be opened with this configuration; 2 no such tracker or not an issue's name; 3 the tracker
// failed or does not know the issue.
#pragma once

#include <iosfwd>
#include <string>

#include "bridge/cli/decided_issue.hpp"

namespace cb {

struct ExplainOptions {
  std::string issue;  // support#123, or 123 where there is one tracker
  Instant now;
  bool json = false;
};

using ExplainParts = DecideParts;

int explain(const ExplainOptions& options, const ExplainParts& parts, std::ostream& out, std::ostream& err);

}  // namespace cb
