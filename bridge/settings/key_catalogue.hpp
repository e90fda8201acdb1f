// Every block of the configuration and of scenarios with the keys that it may hold, as data: the readers check against
// it, messages find near words in it, and a test compares it with the JSON Schemas in both directions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cb {

// Keys of a block by its name (`plan`, `contract`, `scenario issue`); the name must exist.
const std::vector<std::string>& keys_of(const std::string& block);
const std::map<std::string, std::vector<std::string>>& key_catalogue();

// The end of a message about an unknown key: the nearest known one, or the block that the key belongs to, or all keys.
std::string key_hint(std::string_view key, const std::vector<std::string>& known);

}  // namespace cb
