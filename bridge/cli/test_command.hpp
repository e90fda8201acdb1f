// `test`: runs scenario files. A scenario that fails is shown with each difference and the explanation of the
// decision; each file has a line, and the last line is `N passed, M failed`. Exit codes: 0 all hold; 1 some do not;
// 2 a file cannot be read, in whole or in part: what can be read is run all the same.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "bridge/settings/settings.hpp"

namespace cb {

struct TestOptions {
  std::vector<std::string> files;
  std::optional<Instant> now;  // of scenarios that name none
  bool json = false;           // one object instead of text
};

int run_tests(const TestOptions& options, const Settings& settings, std::ostream& out, std::ostream& err);

}  // namespace cb
