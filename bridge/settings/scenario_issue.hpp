// The issue of a scenario, or of one that a program posts. See scenario.hpp for what is derived.
#pragma once

#include <optional>

#include "bridge/settings/yaml_reader.hpp"
#include "rules/contract_book.hpp"
#include "rules/issue.hpp"

namespace cb {

// Whose issue it is when its id names a tracker that is not configured. People who write scenarios may mean the only
// one; a program that posts `sales#5` is not to be answered about `support#5`.
enum class StrangeTracker { only_one, refused };

// Empty after an error, all of which are reported. An issue that is registered after `now` is read all the same.
std::optional<Issue> read_scenario_issue(const YamlNode& node, const std::string& what, const ContractBook& book,
                                         Instant now, Problems& problems,
                                         StrangeTracker strange = StrangeTracker::only_one);

}  // namespace cb
