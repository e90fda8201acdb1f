#include "rules/advice.hpp"

#include <algorithm>

#include "rules/coverage.hpp"
#include "rules/cycle.hpp"
#include "rules/text.hpp"
#include "rules/urgency.hpp"

namespace cb {
namespace {

bool has_nda_then(const Contract& contract, Instant at) {
  const auto days = days_of(contract);
  return contract.nda && days.from <= at && at < days.to;
}

// Diagnostic data is only handed over under an agreement: one contract of the customer that has it is enough, or the
// one that serves the issue (D7).
bool has_nda(const Customer& customer, const Decision& decision, const ContractBook& book, Instant at) {
  const auto* serving = decision.contract ? find_contract(book, *decision.contract) : nullptr;
  return (serving && has_nda_then(*serving, at)) ||
         std::any_of(customer.contracts.begin(), customer.contracts.end(),
                     [&](const Contract& contract) { return has_nda_then(contract, at); });
}

bool is_filled(const std::optional<Source>& source, const Issue& issue) {
  if (!source) return false;
  if (!source->label.empty()) return contains_name(issue.labels, source->label);
  return !trimmed(field_value(issue, source->field)).empty();
}

}  // namespace

MismatchFinding mismatch_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book) {
  if (!book.urgency) return {};
  const bool justified =
      is_filled(tracker.read.justification, issue) || is_filled(book.classification.justification, issue);
  return priority_mismatch(stated_priority(issue.priority, tracker), issue.summary, issue.description, justified,
                           *book.urgency);
}

namespace {

// Closed, but not by the customer (E4). Withdrawn ones need no confirmation.
bool closed_unconfirmed(const Decision& decision, const Timeline& timeline) {
  const auto* confirmation = find_clock(decision, ClockName::confirmation);
  return confirmation && confirmation->start && confirmation->state == ClockState::cancelled &&
         !timeline.phases.empty() && timeline.phases.back().phase == Phase::closed;
}

bool in_danger(SlaState state) {
  return state == SlaState::at_risk || state == SlaState::breached;
}

}  // namespace

std::vector<Advice> advice_on(const Decision& decision, const Issue& issue, const Timeline& timeline,
                              const Customer* customer, const ContractBook& book) {
  std::vector<Advice> out;
  const bool open = decision.phase && is_waiting(*decision.phase);
  if (decision.mismatch != PriorityMismatch::none) out.push_back(Advice::priority_mismatch);
  if (customer && open && !has_nda(*customer, decision, book, issue.created)) out.push_back(Advice::no_nda);
  if (closed_unconfirmed(decision, timeline)) out.push_back(Advice::closed_without_confirmation);
  if (decision.refusal == Refusal::version) out.push_back(Advice::newer_version_only);
  if (decision.refusal == Refusal::contact) out.push_back(Advice::wrong_address);
  if (open && !issue.assignee && !decision.consultant.empty()) out.push_back(Advice::assign_consultant);
  if (open && in_danger(decision.sla_state) && !decision.escalation_owner.empty()) out.push_back(Advice::copy_owner);
  return out;
}

}  // namespace cb
