#include "bridge/sync/marks.hpp"

#include <algorithm>

#include "rules/text.hpp"

namespace cb {

namespace {

const std::string k_signs = "-?+";  // the first that is wanted wins

// States that only a single clock has.
bool is_state_of_clocks(const std::string& state) {
  return state == "running" || state == "not_started" || state == "cancelled";
}

// Empty: not set.
std::string wanted_sign(const std::string& flag, const Decision& decision, const PlanTerms& terms) {
  std::string wanted;
  for (const auto& each : terms.write.flags) {
    if (!same_name(each.flag, flag) || !state_holds(each.state, decision)) continue;
    if (wanted.empty() || k_signs.find(each.sign) < k_signs.find(wanted)) wanted = each.sign;
  }
  return wanted;
}

}  // namespace

bool state_holds(const std::string& state, const Decision& decision) {
  const auto clock = [&](const ClockReading& each) { return to_text(each.state) == state; };
  const auto advice = [&](Advice each) { return to_text(each) == state; };
  const auto& internal = decision.internal_advice;
  const auto entitled = is_entitled(decision);
  if (state == "entitled") return entitled.value_or(false);
  if (state == "not_entitled") return !entitled.value_or(true);
  return state == to_text(decision.sla_state) || state == to_text(decision.billing) ||
         (decision.phase && state == to_text(*decision.phase)) ||
         std::any_of(decision.advice.begin(), decision.advice.end(), advice) ||
         std::find(internal.begin(), internal.end(), state) != internal.end() ||
         (is_state_of_clocks(state) && std::any_of(decision.clocks.begin(), decision.clocks.end(), clock));
}

void plan_labels(Changes& changes, const Decision& decision, const Issue& issue, const PlanTerms& terms) {
  if (!terms.capabilities.labels) return;
  std::vector<std::string> ours, wanted;
  const auto consider = [&](const std::string& label, bool is_wanted) {
    if (!contains_name(ours, label)) ours.push_back(label);
    if (is_wanted && !contains_name(wanted, label)) wanted.push_back(label);
  };
  for (const auto& [state, label] : terms.write.labels) consider(label, state_holds(state, decision));
  const auto& urgent = decision.urgent;
  if (!urgent.marker.empty()) consider(urgent.marker, urgent.holds);
  for (const auto& label : ours) {
    const bool there = contains_name(issue.labels, label);
    const bool is_wanted = contains_name(wanted, label);
    if (is_wanted && !there) changes.add_labels.push_back(label);
    if (!is_wanted && there) changes.remove_labels.push_back(label);
  }
}

void plan_flags(Changes& changes, const Decision& decision, const std::map<std::string, std::string>& present,
                const PlanTerms& terms) {
  if (!terms.capabilities.flags) return;
  std::vector<std::string> seen;
  for (const auto& each : terms.write.flags) {
    if (contains_name(seen, each.flag)) continue;
    seen.push_back(each.flag);
    const auto there = std::find_if(present.begin(), present.end(),
                                    [&](const auto& flag) { return same_name(flag.first, each.flag); });
    const auto wanted = wanted_sign(each.flag, decision, terms);
    if (wanted == (there == present.end() ? "" : there->second)) continue;
    changes.flags[there == present.end() ? each.flag : there->first] = wanted;
  }
}

}  // namespace cb
