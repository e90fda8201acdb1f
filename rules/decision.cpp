#include "rules/decision.hpp"

#include <algorithm>
#include <cmath>

#include "rules/advice.hpp"
#include "rules/classify.hpp"
#include "rules/clock.hpp"
#include "rules/customer.hpp"
#include "rules/eras.hpp"
#include "rules/order.hpp"
#include "rules/pool.hpp"
#include "rules/reading.hpp"
#include "rules/serving.hpp"
#include "rules/text.hpp"
#include "rules/version_order.hpp"

namespace cb {
namespace {

constexpr const char* k_modified_code = "modified_code";  // the word list and the label of ruling 42

// What is known of an issue before any contract is asked.
struct Reading {
  const TrackerTerms& tracker;
  Timeline timeline;
  CustomerFinding customer;
  Category category;
  std::string language;
  bool modified_code = false;
  Approval approval;
  std::vector<Reason> reasons;
};

std::string language_of(const Issue& issue, const Customer* customer) {
  if (!issue.language.empty()) return folded(issue.language);
  if (!issue.detected_language.empty()) return issue.detected_language;
  return customer ? customer->language : std::string();
}

bool is_modified(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Facts& facts) {
  if (contains_name(facts.labels, k_modified_code)) return true;
  if (const auto& source = tracker.read.modified_code) {
    const auto value = source->field.empty() ? std::string() : field_value(issue, source->field);
    if (!value.empty() && (source->value.empty() || same_name(value, source->value))) return true;
    if (!source->label.empty() && contains_name(facts.labels, source->label)) return true;
  }
  return has_word(facts, k_modified_code, book.classification.text);
}

Reading read(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  Reading out{
      tracker, read_timeline(issue, tracker, book, now), find_customer_of(issue, tracker, book, now), {}, {}, false, {},
      {}};
  out.reasons = out.customer.reasons;
  auto facts = facts_of(issue, tracker, book, now);
  out.category = classify(tracker, book, facts, now, out.reasons);
  out.language = language_of(issue, out.customer.customer);
  out.modified_code = is_modified(issue, tracker, book, facts);
  out.approval = approval_of(issue, out.customer.customer, tracker, book, now);
  return out;
}

Asking asking_for(const Issue& issue, const ContractBook& book, const Reading& reading, const Cycle& cycle,
                  Instant now) {
  Asking out{book, reading.customer.customer, {}, {}, {}, false, nullptr};
  out.registration.at = cycle.start;
  out.registration.product = product_of(issue, reading.tracker, book, now);
  out.registration.version = issue.version;
  out.registration.channel = issue.channel.empty() ? "portal" : issue.channel;
  out.registration.language = reading.language;
  out.registration.address = issue.reporter.address;
  out.registration.modified_code = reading.modified_code;
  if (reading.category.problem.empty()) out.category = reading.category.now();
  const bool was_solved = !cycle.solutions.empty();  // a unit once used is not reserved again (ruling 26)
  out.claim = {issue.key, cycle.start, cycle.number, {}, {}, Hold::reserved, reading.approval.at.has_value(), 0,
               {},        {}};
  out.claim.logged = Seconds{std::llround(issue.logged_hours * 3600)};
  if (was_solved || reading.category.established) out.claim.hold = Hold::consumed;
  out.withdrawn = cycle.withdrawn.has_value();
  return out;
}

std::vector<Candidate> candidates_for(const Customer* customer, const ContractBook& book) {
  return customer ? candidates_of(*customer, book) : std::vector<Candidate>{};
}

// All cycles of an issue with the contract that served each.
struct Service {
  std::vector<Cycle> cycles;
  std::vector<Serving> servings;  // one for each cycle
};

Service serve_all(const Issue& issue, const ContractBook& book, const Reading& reading,
                  const std::vector<Claim>* ledger, Instant now) {
  const auto candidates = candidates_for(reading.customer.customer, book);
  Cycle first;
  first.start = issue.created;
  // cycles are cut by the window of the contract found at registration
  const auto window = serve(asking_for(issue, book, reading, first, now), candidates).plan->reopen_window;
  Service out;
  out.cycles = cycles_of(reading.timeline, issue.created, window);
  std::vector<Claim> all;
  if (ledger) {
    std::copy_if(ledger->begin(), ledger->end(), std::back_inserter(all),
                 [&](const Claim& claim) { return claim.issue != issue.key; });
  }
  for (const auto& cycle : out.cycles) {
    auto asking = asking_for(issue, book, reading, cycle, now);
    if (ledger) asking.ledger = &all;
    // a later cycle keeps the terms of registration unless that contract is over (ruling 9)
    auto mine = candidates;
    if (!out.servings.empty() && out.servings.front().contract) {
      const auto* kept = out.servings.front().contract;
      const auto days = days_of(*kept);
      if (days.from <= cycle.start && cycle.start < days.to) {
        std::erase_if(mine, [&](const Candidate& each) { return each.contract != kept; });
      }
    }
    out.servings.push_back(serve(asking, mine));
    const auto& claims = out.servings.back().claims;
    all.insert(all.end(), claims.begin(), claims.end());
  }
  return out;
}

// Clocks wait for the order of a paid issue; those that started before it turned out paid do not (rulings 35, 67).
bool needs_order(const Serving& serving, const Category& category, const Cycle& cycle) {
  if (serving.billing != Billing::paid) return false;
  const bool established_later =
      category.established && category.established_at && *category.established_at > cycle.start;
  if (!established_later || !category.claimed) return true;
  const auto claimed = cover_for(*serving.plan, category.claimed);
  return !claimed || *claimed == Cover::paid || *claimed == Cover::refuse;
}

ClockFacts clock_facts(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  ClockFacts out;
  if (const auto& source = tracker.read.fix_date) out.fix_dates = values_of(*source, issue, tracker, book, now);
  if (const auto& source = tracker.read.workaround) {
    out.workarounds = values_of(*source, issue, tracker, book, now);
    if (source->label.empty()) out.workaround_value = source->value;
  }
  return out;
}

void read_all_clocks(Decision& out, const Issue& issue, const ContractBook& book, const Reading& reading,
                     const Service& service, Instant now) {
  const auto facts = clock_facts(issue, reading.tracker, book, now);
  for (std::size_t at = 0; at < service.cycles.size(); ++at) {
    const auto& serving = service.servings[at];
    const auto& cycle = service.cycles[at];
    const bool gated = needs_order(serving, reading.category, cycle);
    const ClockInput input{
        issue,
        reading.timeline,
        book,
        {serving.plan, serving.calendar, reading.language, gated, reading.approval.at, reading.customer.customer},
        facts,
        now};
    std::optional<Instant> ignored;
    const bool present = at + 1 == service.cycles.size();
    auto clocks = read_clocks(input, cycle, present ? out.recheck_at : ignored);
    if (!present) {
      out.past_clocks.insert(out.past_clocks.end(), clocks.begin(), clocks.end());
      continue;
    }
    out.clocks = std::move(clocks);
    if (gated && !reading.approval.at && !cycle.withdrawn) {
      out.reasons.push_back(
          {"clock", "E9", "all clocks but the first response wait for the order, which is not approved yet"});
    }
  }
  out.sla_state = sla_state_of(out.clocks);
  out.next_due = next_due_of(out.clocks);
}

// Whether a plan would cover the issue; who is not a contact that a partner's plan requires cannot buy it.
bool would_cover(const Plan& plan, const CategoryId& category, const Issue& issue, const Reading& reading) {
  const auto cover = cover_of(plan, category);
  const auto channel = issue.channel.empty() ? "portal" : issue.channel;
  return cover != Cover::paid && cover != Cover::refuse &&
         (plan.channels.empty() || contains_name(plan.channels, channel)) &&
         (plan.languages.empty() || contains_name(plan.languages, reading.language)) &&
         (issue.version.empty() || within(issue.version, plan.versions)) &&
         (plan.modified_code_covered || !reading.modified_code) && plan.contact != ContactRequirement::certified;
}

// The plans that would cover what is refused or paid, as an offer (E8), cheapest first. A contact who is refused needs
// another address, not another plan.
std::vector<PlanId> covering_plans(const Serving& serving, const ContractBook& book, const Reading& reading,
                                   const Issue& issue) {
  if (serving.billing != Billing::paid || !reading.category.now() || serving.refusal == Refusal::contact) return {};
  std::vector<std::pair<int, PlanId>> ranked;
  ranked.reserve(book.plans.size());
  for (const auto& [id, plan] : book.plans) {
    const bool has_it = serving.contract && serving.plan->id == id;
    if (!has_it && would_cover(plan, *reading.category.now(), issue, reading)) ranked.emplace_back(plan.rank, id);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<PlanId> out;
  out.reserve(ranked.size());
  for (auto& [rank, id] : ranked) out.push_back(std::move(id));
  return out;
}

void fill_customer(Decision& out, const Reading& reading) {
  out.customer_candidates = reading.customer.candidates;
  if (const auto* customer = reading.customer.customer) {
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
  out.budget = serving.budget;
  out.reasons.insert(out.reasons.end(), serving.reasons.begin(), serving.reasons.end());
}

Decision undecided(const Issue& issue, const ContractBook& book, const std::string& why) {
  Decision out;
  out.issue = issue.key;
  out.book_version = book.version;
  out.reasons.push_back({"customer", "", why});
  return out;
}

}  // namespace

std::vector<Claim> claims_of(const Issue& issue, const ContractBook& book, Instant now) {
  const auto tracker = book.trackers.find(issue.key.tracker);
  if (tracker == book.trackers.end() || issue.created > now) return {};
  const auto reading = read(issue, tracker->second, book, now);
  std::vector<Claim> out;
  for (const auto& serving : serve_all(issue, book, reading, nullptr, now).servings) {
    out.insert(out.end(), serving.claims.begin(), serving.claims.end());
  }
  return out;
}

Decision evaluate(const Issue& issue, const ContractBook& book, const LedgerView& ledger, Instant now) {
  const auto found = book.trackers.find(issue.key.tracker);
  if (found == book.trackers.end()) {
    return undecided(issue, book, "the tracker " + issue.key.tracker + " is not configured");
  }
  const auto reading = read(issue, found->second, book, now);
  const auto service = serve_all(issue, book, reading, &ledger.claims, now);
  const auto& serving = service.servings.back();

  Decision out;
  out.issue = issue.key;
  out.book_version = book.version;
  out.reasons = reading.reasons;
  out.category = reading.category;
  out.language = reading.language;
  out.priority = effective(stated_priority(issue.priority, reading.tracker), *serving.plan);
  fill_customer(out, reading);
  fill_service(out, serving);
  for (const auto& each : service.servings) out.claims.insert(out.claims.end(), each.claims.begin(), each.claims.end());
  if (out.billing == Billing::paid) {
    out.order_approved = reading.approval.at.has_value();
    out.reasons.insert(out.reasons.end(), reading.approval.reasons.begin(), reading.approval.reasons.end());
    out.covering_plans = covering_plans(serving, book, reading, issue);
  }
  if (service.cycles.back().withdrawn) {
    out.billing = Billing::free;
    out.reasons.push_back({"billing", "ruling 20", "free, because the issue was withdrawn"});
  }
  if (!reading.timeline.problem.empty()) {
    out.billing = Billing::undecided;
    out.reasons.push_back({"clock", "ruling 40", "undecided: " + reading.timeline.problem});
    return out;
  }
  out.phase = reading.timeline.phases.back().phase;
  for (const auto& status : reading.timeline.unmapped_statuses) {
    out.reasons.push_back(
        {"clock", "ruling 40", "the past status \"" + status + "\" belongs to no phase: the phase before it goes on"});
  }
  read_all_clocks(out, issue, book, reading, service, now);
  out.advice = advice_on(out, issue, reading.timeline, reading.tracker, reading.customer.customer, book);
  out.internal_advice = reading.category.internal_advice;
  return out;
}

}  // namespace cb
