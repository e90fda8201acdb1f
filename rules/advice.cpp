#include "rules/advice.hpp"

#include <algorithm>

#include "rules/coverage.hpp"
#include "rules/cycle.hpp"

namespace cb {
namespace {

// Diagnostic data is only handed over under an agreement: one contract that has it is enough (D7).
bool has_nda(const Customer& customer, const ContractBook& book, Instant at) {
  const auto candidates = candidates_of(customer, book);
  return std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& each) {
    const auto days = days_of(*each.contract);
    return each.contract->nda && days.from <= at && at < days.to;
  });
}

// Closed, but not by the customer (E4). Withdrawn ones need no confirmation.
bool closed_unconfirmed(const Decision& decision, const Timeline& timeline) {
  const auto* confirmation = find_clock(decision, ClockName::confirmation);
  return confirmation && confirmation->state == ClockState::cancelled && !timeline.phases.empty() &&
         timeline.phases.back().phase == Phase::closed;
}

bool in_danger(SlaState state) {
  return state == SlaState::at_risk || state == SlaState::breached;
}

}  // namespace

std::vector<Advice> advice_on(const Decision& decision, const Issue& issue, const Timeline& timeline,
                              const Customer* customer, const ContractBook& book) {
  std::vector<Advice> out;
  const bool open = decision.phase && is_waiting(*decision.phase);
  if (customer && open && !has_nda(*customer, book, issue.created)) out.push_back(Advice::no_nda);
  if (closed_unconfirmed(decision, timeline)) out.push_back(Advice::closed_without_confirmation);
  if (decision.refusal == Refusal::version) out.push_back(Advice::newer_version_only);
  if (decision.refusal == Refusal::contact) out.push_back(Advice::wrong_address);
  if (open && !issue.assignee && !decision.consultant.empty()) out.push_back(Advice::assign_consultant);
  if (open && in_danger(decision.sla_state) && !decision.escalation_owner.empty()) out.push_back(Advice::copy_owner);
  return out;
}

}  // namespace cb
