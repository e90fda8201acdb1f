#include "rules/expiry.hpp"

#include <algorithm>

namespace cb {

std::optional<Instant> ended_while_open(const Contract& contract, const std::vector<Candidate>& candidates,
                                        const Registration& registration, const Cycle& cycle, Instant now) {
  const auto end = days_of(contract).to;
  if (contract.plan.on_expiry == OnExpiry::finish || end > now || end >= cycle.end) return std::nullopt;
  const auto over_before = [&](const std::optional<Instant>& at) { return at && *at <= end; };
  if (over_before(cycle.resolved) || over_before(cycle.withdrawn)) return std::nullopt;
  auto then = registration;
  then.at = end;
  const bool renewed = std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& each) {
    return each.contract != &contract && !refusal_of(*each.contract, *each.owner, then);
  });
  return renewed ? std::nullopt : std::optional(end);
}

}  // namespace cb
