// Versions as people number them: 4.10 is later than 4.9, a pre-release (4.0-rc1, 4.0beta2) earlier than 4.0.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "rules/plan.hpp"

namespace cb {

std::strong_ordering compare_versions(const std::string& a, const std::string& b);
bool within(const std::string& version, const std::vector<VersionBound>& bounds);

}  // namespace cb
