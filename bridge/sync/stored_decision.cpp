#include "bridge/sync/stored_decision.hpp"

#include <nlohmann/json.hpp>

namespace cb {

namespace {

using SortedJson = nlohmann::json;

constexpr int k_deepest = 64;  // no decision is; to compare deeper ones would take all of the stack

SortedJson parsed(const std::string& text) {
  bool too_deep = false;
  const auto watch = [&](int depth, SortedJson::parse_event_t, const SortedJson&) {
    too_deep |= depth > k_deepest;
    return !too_deep;
  };
  auto json = SortedJson::parse(text, watch, false);
  return too_deep ? SortedJson(SortedJson::value_t::discarded) : json;
}

void forget_moving_parts(SortedJson& decision) {
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

Outline outline_of(const Decision& decision) {
  Outline outline;
  if (decision.customer) outline.customer = decision.customer->value;
  if (decision.contract) outline.contract = decision.contract->value;
  outline.billing = to_text(decision.billing);
  outline.sla_state = to_text(decision.sla_state);
  const auto phase = decision.phase;
  outline.finished = phase == Phase::resolved || phase == Phase::closed || phase == Phase::withdrawn;
  if (decision.next_due != k_never) outline.next_due = decision.next_due;
  return outline;
}

}  // namespace cb
