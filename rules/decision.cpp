#include "rules/decision.hpp"

#include <algorithm>

#include "rules/advice.hpp"
#include "rules/clock.hpp"
#include "rules/eras.hpp"
#include "rules/escalation.hpp"
#include "rules/pool_request.hpp"
#include "rules/reading.hpp"
#include "rules/reminders.hpp"
#include "rules/service.hpp"
#include "rules/shown.hpp"
#include "rules/text.hpp"
#include "rules/version_order.hpp"

namespace cb {
namespace {

ClockFacts clock_facts(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  ClockFacts out;
  if (const auto& source = tracker.read.fix_date) out.fix_dates = values_of(*source, issue, tracker, book, now);
  if (const auto& source = tracker.read.workaround) {
    out.workarounds = values_of(*source, issue, tracker, book, now);
    if (source->label.empty()) out.workaround_value = source->value;
  }
  return out;
}

void note_expiry(Decision& out, const Contract& contract, Instant ended) {
  out.contract_ended = ended;
  out.on_expiry = contract.plan.on_expiry;
  const std::string then = out.on_expiry == OnExpiry::stop ? "its clocks stop there" : "staff decide how to go on";
  out.reasons.push_back(
      {"contract", contract.id.value, "the contract ended at " + to_iso(ended) + " while this was open: " + then});
}

void recheck_at_expiry(Decision& out, const Contract* contract, Instant now) {
  if (contract && contract->plan.on_expiry != OnExpiry::finish && is_waiting(*out.phase)) {
    recheck_no_later(out.recheck_at, days_of(*contract).to, now);
  }
}

void read_all_clocks(Decision& out, const Issue& issue, const ContractBook& book, const IssueView& view,
                     const Service& service, Instant now) {
  const auto facts = clock_facts(issue, view.tracker, book, now);
  for (std::size_t at = 0; at < service.cycles.size(); ++at) {
    const auto& serving = service.servings[at];
    const auto& cycle = service.cycles[at];
    const auto& plan = *service.terms[at].plan;
    const auto& calendar_id = service.terms[at].calendar;
    const bool gated = needs_order(serving, service.terms[at], view, cycle);
    const auto& ended = service.ended[at];
    const bool stops = ended && plan.on_expiry == OnExpiry::stop;
    const ClockTerms terms{&plan,
                           calendar_id,
                           view.language,
                           gated,
                           view.approval.at,
                           view.approval.declined,
                           stops ? ended : std::nullopt,
                           view.customer.customer};
    const ClockInput input{issue, view.timeline, book, terms, facts, now};
    std::optional<Instant> ignored;
    const bool present = at + 1 == service.cycles.size();
    auto clocks = read_clocks(input, cycle, present ? out.recheck_at : ignored);
    if (!present) {
      out.past_clocks.insert(out.past_clocks.end(), clocks.begin(), clocks.end());
      continue;
    }
    out.clocks = std::move(clocks);
    out.urgent = urgent_service(input);
    if (const auto calendar = book.calendars.find(calendar_id); calendar != book.calendars.end()) {
      out.reminders = reminders_of(out.clocks, plan, calendar->second, now, out.recheck_at);
    }
    if (ended) note_expiry(out, *serving.contract, *ended);
    recheck_at_expiry(out, serving.contract, now);
    if (gated && !view.approval.at && !cycle.withdrawn) {
      out.reasons.push_back({"clock", "E9",
                             view.approval.declined
                                 ? "the order was declined, so nothing is promised"
                                 : "all clocks but the first response wait for the order, which is not approved yet"});
    }
  }
  out.sla_state = sla_state_of(out.clocks);
  out.next_due = next_due_of(out.clocks);
  out.escalation = escalation_of(out.clocks, *service.terms.back().plan, view.customer.customer);
  out.resolved_at = service.cycles.back().resolved;
}

// Whether a plan would cover the issue; who is not a contact that a partner's plan requires cannot buy it.
bool would_cover(const Plan& plan, const CategoryId& category, const Issue& issue, const IssueView& view) {
  const auto cover = cover_of(plan, category);
  const auto channel = issue.channel.empty() ? "portal" : issue.channel;
  return cover != Cover::paid && cover != Cover::refuse &&
         (plan.channels.empty() || contains_name(plan.channels, channel)) &&
         (plan.languages.empty() || contains_name(plan.languages, view.language)) &&
         (issue.version.empty() || within(issue.version, plan.versions)) &&
         (plan.modified_code_covered || !view.modified_code) && plan.contact != ContactRequirement::certified;
}

// The plans that would cover what is refused or paid, as an offer (E8), cheapest first. A contact who is refused needs
// another address, not another plan.
std::vector<PlanId> covering_plans(const Serving& serving, const ContractBook& book, const IssueView& view,
                                   const Issue& issue) {
  if (serving.billing != Billing::paid || !view.category.now() || serving.refusal == Refusal::contact) return {};
  std::vector<std::pair<int, PlanId>> ranked;
  ranked.reserve(book.plans.size());
  for (const auto& [id, plan] : book.plans) {
    const bool has_it = serving.contract && serving.plan->id == id;
    if (!has_it && would_cover(plan, *view.category.now(), issue, view)) ranked.emplace_back(plan.rank, id);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<PlanId> out;
  out.reserve(ranked.size());
  for (auto& [rank, id] : ranked) out.push_back(std::move(id));
  return out;
}

void fill_customer(Decision& out, const IssueView& view) {
  out.customer_candidates = view.customer.candidates;
  if (const auto* customer = view.customer.customer) {
    out.customer = customer->id;
    out.consultant = customer->consultant;
    out.escalation_owner = customer->escalation_owner;
  }
}

void fill_service(Decision& out, const Serving& serving) {
  if (serving.contract) {
    out.contract = serving.contract->id;
    out.plan = serving.plan->id;
    out.contract_until = serving.contract->until;
  }
  out.refusal = serving.refusal;
  if (serving.refused_by) out.refused_by = serving.refused_by->id;
  out.billing = serving.billing;
  out.pool = serving.pool;
  out.unit_disputed = serving.unit_disputed;
  out.budget = serving.budget;
  out.reasons.insert(out.reasons.end(), serving.reasons.begin(), serving.reasons.end());
}

// A category that is undecided pays nothing yet; one that asked an empty pool was paid.
Billing class_under(const Plan& plan, const std::optional<CategoryId>& category, const Serving& serving) {
  if (!category) return Billing::undecided;
  const auto cover = cover_of(plan, *category);
  return cover == Cover::pool && serving.was_paid ? Billing::paid : class_of(cover);
}

void fill_reclassified(Decision& out, const IssueView& view, const Plan& plan, const Serving& serving) {
  out.reclassified = view.reclassified;
  for (auto& move : out.reclassified) {
    move.paid_before = class_under(plan, move.from, serving);
    move.paid_after = class_under(plan, move.to, serving);
  }
  // what it costs now is known better than by the plan's word
  if (!out.reclassified.empty() && out.billing != Billing::undecided) out.reclassified.back().paid_after = out.billing;
}

void fill_order(Decision& out, const Serving& serving, const ContractBook& book, const IssueView& view,
                const Issue& issue) {
  if (out.billing != Billing::paid) return;
  out.order_declined = view.approval.declined;
  out.refused_approvals = view.approval.refused;
  out.order_approved = view.approval.at.has_value();
  out.reasons.insert(out.reasons.end(), view.approval.reasons.begin(), view.approval.reasons.end());
  out.covering_plans = covering_plans(serving, book, view, issue);
}

// Only the bill moves; somebody has to tell the customer.
void note_lost_unit(Decision& out, const Serving& serving, const IssueView& view, const Cycle& cycle) {
  const bool has_none = serving.cover == Cover::pool && out.billing == Billing::paid && !out.order_approved;
  out.unit_lost = has_none && !out.unit_disputed && is_within(view.shown_as_pool, cycle);
  if (!out.unit_lost) return;
  out.reasons.push_back({"pool", "ruling 35",
                         "this issue was shown as using a free request, which is another one's by the order of "
                         "registration: its clocks go on as they started, and staff tell the customer"});
}

// Contract and terms stay those of registration (ruling 59), but somebody should know.
bool moved_product(const Issue& issue, const IssueView& view, const ContractBook& book, Instant now) {
  const auto then = product_of(issue, view.tracker, book, now);
  return !then.empty() && !same_name(then, issue.product.empty() ? issue.project : issue.product);
}

// Whose contacts should have asked (A7): of the owner of the contract that requires one.
std::optional<CustomerId> right_address(const Decision& decision, const Serving& serving, const IssueView& view) {
  const auto* customer = view.customer.customer;
  if (decision.refusal != Refusal::contact || !serving.refused_by || !customer) return std::nullopt;
  const bool own = std::any_of(customer->contracts.begin(), customer->contracts.end(),
                               [&](const Contract& each) { return &each == serving.refused_by; });
  return own ? customer->id : customer->partner;
}

void fill_advice(Decision& out, const Serving& serving, const ContractBook& book, const IssueView& view,
                 const Issue& issue, Instant now) {
  if (is_waiting(*out.phase)) {
    auto mismatch = mismatch_of(issue, view.tracker, book);
    out.mismatch = mismatch.mismatch;
    out.mismatch_words = std::move(mismatch.matched);
  }
  out.advice = advice_on(out, issue, view.timeline, view.customer.customer, book);
  out.internal_advice = view.category.internal_advice;
  if (moved_product(issue, view, book, now)) out.internal_advice.emplace_back("product_moved");
  if (out.contract_ended) out.internal_advice.emplace_back("contract_ended");
  out.links = view.category.links;
  out.right_address = right_address(out, serving, view);
}

Decision undecided(const Issue& issue, const ContractBook& book, const std::string& why) {
  Decision out;
  out.issue = issue.key;
  out.book_version = book.version;
  out.reasons.push_back({"customer", "", why});
  return out;
}

}  // namespace

bool Reclassification::changes_what_is_paid() const {
  // free and included cost the customer nothing; an undecided class was no promise
  const auto cost = [](Billing billing) { return billing == Billing::included ? Billing::free : billing; };
  return paid_before != Billing::undecided && paid_after != Billing::undecided && cost(paid_before) != cost(paid_after);
}

PoolRequest pool_request_of(const Issue& issue, const ContractBook& book, Instant now) {
  const auto tracker = book.trackers.find(issue.key.tracker);
  if (tracker == book.trackers.end()) return {};
  const auto view = view_of(issue, tracker->second, book, now);
  PoolRequest out;
  if (const auto* customer = view.customer.customer) out.customer = customer->id;
  if (issue.created > now) return out;
  for (const auto& serving : serve_all(issue, book, view, nullptr, now).servings) {
    out.claims.insert(out.claims.end(), serving.claims.begin(), serving.claims.end());
  }
  return out;
}

std::vector<Claim> claims_of(const Issue& issue, const ContractBook& book, Instant now) {
  return pool_request_of(issue, book, now).claims;
}

Decision evaluate(const Issue& issue, const ContractBook& book, const LedgerView& ledger, Instant now) {
  const auto found = book.trackers.find(issue.key.tracker);
  if (found == book.trackers.end()) {
    return undecided(issue, book, "the tracker " + issue.key.tracker + " is not configured");
  }
  const auto view = view_of(issue, found->second, book, now);
  const auto service = serve_all(issue, book, view, &ledger.claims, now);
  const auto& serving = service.servings.back();

  Decision out;
  out.issue = issue.key;
  out.book_version = book.version;
  out.reasons = view.reasons;
  out.category = view.category;
  out.language = view.language;
  out.priority = effective(stated_priority(issue.priority, view.tracker), *service.terms.back().plan);
  fill_customer(out, view);
  fill_service(out, serving);
  for (const auto& each : service.servings) out.claims.insert(out.claims.end(), each.claims.begin(), each.claims.end());
  fill_reclassified(out, view, *service.terms.back().plan, serving);
  fill_order(out, serving, book, view, issue);
  if (service.cycles.back().withdrawn) {
    out.billing = Billing::free;
    out.reasons.push_back({"billing", "ruling 20", "free, because the issue was withdrawn"});
  }
  note_lost_unit(out, serving, view, service.cycles.back());
  if (!view.timeline.problem.empty()) {
    out.billing = Billing::undecided;
    out.reasons.push_back({"clock", "ruling 40", "undecided: " + view.timeline.problem});
    return out;
  }
  out.phase = view.timeline.phases.back().phase;
  for (const auto& status : view.timeline.unmapped_statuses) {
    out.reasons.push_back(
        {"clock", "ruling 40", "the past status \"" + status + "\" belongs to no phase: the phase before it goes on"});
  }
  read_all_clocks(out, issue, book, view, service, now);
  fill_advice(out, serving, book, view, issue, now);
  return out;
}

std::optional<bool> is_entitled(const Decision& decision) {
  if (decision.billing == Billing::undecided) return {};
  return decision.billing != Billing::paid || decision.order_approved;
}

}  // namespace cb
