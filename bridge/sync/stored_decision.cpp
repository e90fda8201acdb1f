#include "bridge/sync/stored_decision.hpp"

#include <nlohmann/json.hpp>

namespace cb {

namespace {

using Json = nlohmann::json;

Json parsed(const std::string& text) {
  return Json::parse(text, nullptr, false);
}

void forget_moving_parts(Json& decision) {
  if (!decision.is_object()) return;
  for (const auto* key : {"recheck_at", "book_version"}) decision.erase(key);
  const auto clocks = decision.find("clocks");
  if (clocks == decision.end() || !clocks->is_object()) return;
  for (auto& clock : *clocks) {
    if (!clock.is_object()) continue;
    for (const auto* key : {"used", "left", "counted", "paused"}) clock.erase(key);
  }
}

}  // namespace

bool same_decision(const std::string& a, const std::string& b) {
  if (a == b) return true;
  auto first = parsed(a);
  auto second = parsed(b);
  forget_moving_parts(first);
  forget_moving_parts(second);
  return first == second;
}

std::optional<DecisionOutline> outline_of(const std::string& decision) {
  const auto json = parsed(decision);
  if (!json.is_object()) return {};
  DecisionOutline outline;
  const auto contract = json.find("contract");
  if (contract != json.end() && contract->is_string()) outline.contract = ContractId{contract->get<std::string>()};
  const auto phase = json.find("phase");
  if (phase != json.end() && phase->is_string()) {
    const auto name = phase->get<std::string>();
    outline.finished = name == "resolved" || name == "closed" || name == "withdrawn";
  }
  return outline;
}

}  // namespace cb
