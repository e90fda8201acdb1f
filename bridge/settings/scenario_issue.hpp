// The issue of a scenario; used by scenario.cpp alone. See scenario.hpp for what is derived.
#pragma once

#include <optional>

#include "bridge/settings/yaml_reader.hpp"
#include "rules/contract_book.hpp"
#include "rules/issue.hpp"

namespace cb {

// Empty after an error, all of which are reported. An issue that is registered after `now` is read all the same.
std::optional<Issue> read_scenario_issue(const YamlNode& node, const std::string& what, const ContractBook& book,
                                         Instant now, Problems& problems);

}  // namespace cb
