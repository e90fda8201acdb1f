// The states that `labels`, `flags` and `transitions` may name. Internal to the loader.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bridge/settings/settings.hpp"
#include "bridge/settings/yaml_reader.hpp"

namespace cb {

inline constexpr const char* k_entitled_state = "entitled";

// SLA states, billing classes, states of clocks, phases, advice, and whether the issue is served without a further
// order.
const KeyList& state_words();

// A word by state.
std::map<std::string, std::string> states_of(const YamlNode& node, const std::string& what, Problems& problems);

// `STATE: { from: STATUS, to: STATUS }`, or a list of such. `statuses` are the tracker's, by folded name: those that
// are named must be among them, and neither may end an issue, because the bridge neither closes nor reopens one
// (design.md 5).
std::vector<WriteTransition> transitions_of(const YamlNode& node, const std::map<std::string, Phase>& statuses,
                                            Problems& problems);

}  // namespace cb
