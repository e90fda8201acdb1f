// How a decision is compared with the one that lies in the store as JSON, and what the store keeps of it for lists.
#pragma once

#include <string>

#include "bridge/store/store.hpp"
#include "rules/decision.hpp"

namespace cb {

// Equal apart from what moves by itself while time goes on: time used and left, and the spans behind it.
bool same_decision(const std::string& a, const std::string& b);

Outline outline_of(const Decision& decision);

}  // namespace cb
