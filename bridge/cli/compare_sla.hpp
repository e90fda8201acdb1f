// `compare-sla ISSUE`: reads one issue, decides it as `explain` does, and prints our clocks beside those that the
// tracker itself measures, with a sentence for each pair. Writes nothing. Exit codes: 0 whatever could be compared
// agrees; 1 something differs, nothing could be compared, or the tracker cannot be opened with this configuration; 2 no
// such tracker or not an issue's name; 3 the tracker failed, does not know the issue or measures nothing itself.
#pragma once

#include <iosfwd>
#include <string>

#include "bridge/cli/decided_issue.hpp"

namespace cb {

struct CompareSlaOptions {
  std::string issue;  // support#123, or 123 where there is one tracker
  Instant now;
  bool json = false;
  int columns = 100;  // of the table
};

int compare_sla(const CompareSlaOptions& options, const DecideParts& parts, std::ostream& out, std::ostream& err);

}  // namespace cb
