// What a scenario expects; used by scenario.cpp alone.
#pragma once

#include <vector>

#include "bridge/settings/scenario.hpp"
#include "bridge/settings/yaml_reader.hpp"

namespace cb {

std::vector<Expected> read_expectations(const YamlNode& node, const ContractBook& book, Problems& problems);

}  // namespace cb
