// What the engine asks of a decision that lies in the store as JSON.
#pragma once

#include <optional>
#include <string>

#include "rules/ids.hpp"

namespace cb {

// Equal apart from what moves by itself while time goes on: time used and left, and the spans behind it.
bool same_decision(const std::string& a, const std::string& b);

struct DecisionOutline {
  std::optional<ContractId> contract;
  bool finished = false;
};
// Empty when the text is no decision.
std::optional<DecisionOutline> outline_of(const std::string& decision);

}  // namespace cb
