// The configuration for the commands that need it whole: what is wrong is printed as `check` prints it.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "bridge/settings/settings.hpp"

namespace cb {

// Empty when there is any error; then all problems go to `err`. Warnings alone are left to `check`: they would be told
// again with every run.
std::optional<Settings> load_or_report(const std::string& folder, std::ostream& err);

}  // namespace cb
