// The configuration for the commands that need it whole: what is wrong is printed as `check` prints it.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "bridge/settings/settings.hpp"

namespace cb {

// Empty when there is any error; errors and warnings go to `err`.
std::optional<Settings> load_or_report(const std::string& folder, std::ostream& err);

}  // namespace cb
