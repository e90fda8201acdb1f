#include "rules/service.hpp"

#include <algorithm>
#include <cmath>

#include "rules/expiry.hpp"
#include "rules/pool.hpp"
#include "rules/shown.hpp"

namespace cb {
namespace {

Asking asking_for(const Issue& issue, const ContractBook& book, const IssueView& view, const Cycle& cycle,
                  Instant now) {
  Asking out{book, view.customer.customer, {}, {}, {}, false, nullptr};
  out.registration.at = cycle.start;
  out.registration.product = product_of(issue, view.tracker, book, now);
  out.registration.version = version_of(issue, view.tracker, book, now);
  out.registration.channel = issue.channel.empty() ? "portal" : issue.channel;
  out.registration.language = view.language;
  out.registration.address = issue.reporter.address;
  out.registration.modified_code = view.modified_code;
  if (view.category.problem.empty()) out.category = view.category.now();
  const bool was_solved = !cycle.solutions.empty();  // a unit once used is not reserved again (ruling 26)
  out.claim.issue = issue.key;
  out.claim.place = cycle.start;
  out.claim.cycle = cycle.number;
  out.claim.approved_at = view.approval.at;
  constexpr double k_most_hours = 1e9;  // what a server tells may be any number
  out.claim.logged = Seconds{std::llround(std::clamp(issue.logged_hours, 0.0, k_most_hours) * 3600)};
  if (was_solved || view.category.established) out.claim.hold = Hold::consumed;
  out.withdrawn = cycle.withdrawn.has_value();
  return out;
}

std::vector<Candidate> candidates_for(const Customer* customer, const ContractBook& book) {
  return customer ? candidates_of(*customer, book) : std::vector<Candidate>{};
}

// The contracts that entitle (ruling 4), whether or not units are left: what others used must not move claims.
std::vector<Candidate> entitling(const Asking& asking, const std::vector<Candidate>& candidates) {
  std::vector<Candidate> out;
  std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(out), [&](const Candidate& each) {
    return !refusal_of(*each.contract, *each.owner, asking.registration) &&
           cover_for(each.contract->plan, asking.category) != Cover::refuse;
  });
  return out;
}

// A later cycle keeps the terms of registration unless that contract is over (ruling 9).
bool is_in_force(const std::vector<Candidate>& kept, Instant at) {
  if (kept.empty()) return false;
  const auto days = days_of(*kept.front().contract);
  return days.from <= at && at < days.to;
}

// When an issue that asks for no unit any more last did: an order that was approved before then was judged by it.
std::optional<Instant> asked_until(const Serving& serving, const IssueView& view, const Cycle& cycle) {
  const auto is_pool = [&](const std::optional<CategoryId>& category) {
    return category && cover_of(*serving.plan, *category) == Cover::pool;
  };
  if (is_pool(view.category.now())) return cycle.withdrawn;
  const auto& moves = view.reclassified;
  const auto last =
      std::find_if(moves.rbegin(), moves.rend(), [&](const Reclassification& move) { return is_pool(move.from); });
  return last != moves.rend() && last->at > cycle.start ? std::optional(last->at) : std::nullopt;
}

void add_ended_claim(Serving& serving, const Asking& asking, const IssueView& view, const Cycle& cycle) {
  if (!serving.contract || !serving.contract->plan.pool) return;
  const auto until = asked_until(serving, view, cycle);
  if (!until) return;
  auto claim = asking.claim;
  claim.contract = serving.contract->id;
  claim.period = period_of(*serving.contract, serving.contract->plan.pool->per, claim.place);
  claim.logged = Seconds{0};
  claim.ended_at = until;
  if (asking.ledger) serving.was_paid = !had_unit(*serving.contract, claim, *asking.ledger, asking.book);
  serving.claims.push_back(std::move(claim));
}

Terms terms_of(const Serving& serving, Asking asking, const std::vector<Candidate>& candidates, const IssueView& view) {
  Terms out{serving.plan, serving.calendar};
  const auto& moves = view.reclassified;
  const auto later = std::find_if(moves.begin(), moves.end(),
                                  [&](const Reclassification& move) { return move.at > asking.registration.at; });
  if (serving.contract || later == moves.end()) return out;
  asking.category = later->from;
  asking.ledger = nullptr;
  const auto at_first = serve(asking, candidates);
  if (at_first.contract) out = {at_first.plan, at_first.calendar};
  return out;
}

}  // namespace

Service serve_all(const Issue& issue, const ContractBook& book, const IssueView& view, const std::vector<Claim>* ledger,
                  Instant now) {
  const auto candidates = candidates_for(view.customer.customer, book);
  Cycle first;
  first.start = issue.created;
  // cycles are cut by the window of the contract found at registration
  const auto window = serve(asking_for(issue, book, view, first, now), candidates).plan->reopen_window;
  Service out;
  out.cycles = cycles_of(view.timeline, issue.created, window);
  std::vector<Claim> all;
  std::vector<Candidate> kept;
  if (ledger) {
    std::copy_if(ledger->begin(), ledger->end(), std::back_inserter(all),
                 [&](const Claim& claim) { return claim.issue != issue.key; });
  }
  for (const auto& cycle : out.cycles) {
    auto asking = asking_for(issue, book, view, cycle, now);
    if (ledger) {
      asking.ledger = &all;
      asking.remembered = ledger;
    }
    if (out.servings.empty()) kept = entitling(asking, candidates);
    const auto& mine = !out.servings.empty() && is_in_force(kept, cycle.start) ? kept : candidates;
    out.servings.push_back(serve(asking, mine));
    out.terms.push_back(terms_of(out.servings.back(), asking, mine, view));
    const auto* contract = out.servings.back().contract;
    out.ended.push_back(contract ? ended_while_open(*contract, candidates, asking.registration, cycle, now)
                                 : std::nullopt);
    add_ended_claim(out.servings.back(), asking, view, cycle);
    const auto& claims = out.servings.back().claims;
    all.insert(all.end(), claims.begin(), claims.end());
  }
  return out;
}

bool needs_order(const Serving& serving, const Terms& terms, const IssueView& view, const Cycle& cycle) {
  if (serving.billing != Billing::paid || is_within(view.shown_as_pool, cycle)) return false;
  const auto& moves = view.reclassified;
  return std::none_of(moves.begin(), moves.end(), [&](const Reclassification& move) {
    if (move.at <= cycle.start) return false;
    if (!move.from) return true;  // nobody asked for an order while the category was undecided
    const auto cover = cover_of(*terms.plan, *move.from);
    if (cover == Cover::pool) return !serving.was_paid;
    return cover != Cover::paid && cover != Cover::refuse;
  });
}

}  // namespace cb
