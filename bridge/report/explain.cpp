#include "bridge/report/explain.hpp"

#include <sstream>

#include "bridge/report/explain_clocks.hpp"
#include "bridge/report/layout.hpp"

namespace cb {
namespace {

constexpr int k_columns = 100;
constexpr int k_label_width = 12;

void add(std::ostringstream& out, const std::string& label, const std::string& text) {
  out << wrapped("  " + padded(label, k_label_width) + "  ", text, k_columns);
}

template <class T, class ToText>
std::string listed(const std::vector<T>& values, ToText to_words) {
  std::string text;
  for (const auto& value : values) text += (text.empty() ? "" : ", ") + to_words(value);
  return text;
}

std::string name_of(const ContractBook& book, const CustomerId& id) {
  const auto* customer = find_customer(book, id);
  if (customer == nullptr || customer->name.empty()) return id.value;
  return customer->name + " (" + id.value + ")";
}

std::string staff_name(const ContractBook& book, const std::string& id) {
  for (const auto& member : book.staff) {
    if (member.id == id && !member.name.empty()) return member.name + " (" + id + ")";
  }
  return id;
}

std::string plan_name(const ContractBook& book, const PlanId& id) {
  const auto found = book.plans.find(id);
  if (found == book.plans.end()) return id.value;
  const auto title = title_of(found->second, "en");
  return title == id.value ? title : title + " (" + id.value + ")";
}

std::string person(const Author& author) {
  const auto& name = author.name.empty() ? author.login : author.name;
  if (author.address.empty()) return name;
  return name.empty() ? author.address : name + " <" + author.address + ">";
}

Zone zone_of(const Decision& decision, const ContractBook& book) {
  const auto* customer = decision.customer ? find_customer(book, *decision.customer) : nullptr;
  if (customer != nullptr) return customer->zone;
  const auto calendar = book.calendars.find(book.without_contract.calendar);
  return calendar == book.calendars.end() ? Zone::utc() : calendar->second.zone();
}

std::string issue_text(const Decision& decision, const Issue& issue, const Zone& zone) {
  std::ostringstream out;
  out << wrapped(to_text(issue.key) + "  ", issue.summary, k_columns);
  if (!issue.url.empty()) out << wrapped("  ", issue.url, k_columns);
  std::string facts;
  for (const auto* fact : {&issue.project, &issue.product, &issue.type, &issue.priority, &issue.status}) {
    if (!fact->empty() && !(fact == &issue.product && issue.product == issue.project)) {
      facts += (facts.empty() ? "" : ", ") + *fact;
    }
  }
  facts += " (" + (decision.phase ? to_text(*decision.phase) : "unknown status") + ")";
  out << wrapped("  ", facts, k_columns);
  const auto reporter = person(issue.reporter);
  out << wrapped("  ", "registered " + both_times(issue.created, zone) + (reporter.empty() ? "" : " by " + reporter),
                 k_columns);
  return out.str();
}

std::string category_text(const Category& category) {
  std::string text = category.now() ? category.now()->value : "undecided";
  if (category.established) {
    text += category.claimed ? ", established by staff; claimed: " + category.claimed->value : ", established by staff";
  } else if (category.claimed) {
    text += ", as claimed";
  }
  return category.problem.empty() ? text : text + "; " + category.problem;
}

std::string contract_text(const Decision& decision, const ContractBook& book, const Zone& zone) {
  if (!decision.contract) {
    if (!decision.refusal) return "none";
    return "none; " + (decision.refused_by ? decision.refused_by->value + " refuses: " : "") +
           to_text(*decision.refusal);
  }
  auto text = decision.contract->value;
  if (decision.plan) text += ", " + plan_name(book, *decision.plan);
  if (decision.contract_until) text += ", until " + to_iso(*decision.contract_until) + " (" + zone.name() + ")";
  if (decision.refusal) text += "; " + to_text(*decision.refusal);
  return text;
}

std::string pool_text(const PoolView& pool, const Zone& zone) {
  const auto counted = std::to_string(pool.reserved) + " reserved, " + std::to_string(pool.consumed) + " consumed";
  const auto size = pool.size && pool.left
                        ? std::to_string(*pool.left) + " of " + std::to_string(*pool.size) + " left, " + counted
                        : "unlimited, " + counted;
  const auto last_day = pool.period.to == k_never ? std::string("open-ended")
                                                  : "to " + to_iso(zone.local(pool.period.to - Seconds(1)).date);
  return size + "; period " + to_iso(zone.local(pool.period.from).date) + " " + last_day + ", contract " +
         pool.contract.value;
}

std::string move_text(const Reclassification& move, const Zone& zone) {
  auto text =
      "from " + to_text(move.from) + " to " + to_text(move.to) + " by " + move.who + ", " + both_times(move.at, zone);
  if (move.paid_before != move.paid_after) {
    text += "; " + to_text(move.paid_before) + " before, " + to_text(move.paid_after) + " after";
  }
  return text;
}

std::string mismatch_text(const Decision& decision) {
  if (decision.mismatch == PriorityMismatch::none) return {};
  const std::string how = decision.mismatch == PriorityMismatch::sounds_urgent ? "urgent" : "like a small matter";
  return "; the text sounds " + how + ": " +
         listed(decision.mismatch_words, [](const std::string& word) { return "\"" + word + "\""; });
}

std::string urgent_text(const UrgentService& urgent, const Zone& zone) {
  auto text = "procedure since " + both_times(*urgent.since, zone) + ", calendar " + urgent.calendar.value;
  if (!urgent.team.empty()) text += ", team " + urgent.team;
  return urgent.marker.empty() ? text : text + ", label " + urgent.marker;
}

// The order in which people take over; who is called by now stands behind it.
std::string escalation_text(const Escalation& escalation, const ContractBook& book) {
  const auto name = [&](const std::string& id) { return staff_name(book, id); };
  auto text = listed(escalation.people, name);
  if (escalation.step == 0) return text;
  text += "; step " + std::to_string(escalation.step) + ": " + listed(escalation.reached, name);
  return escalation.watching.empty() ? text : text + "; in copy: " + listed(escalation.watching, name);
}

std::string result_text(const Decision& decision, const ContractBook& book, const Zone& zone) {
  std::ostringstream out;
  out << "\nDecision\n";
  const auto names = [&](const CustomerId& id) { return name_of(book, id); };
  add(out, "customer",
      decision.customer                      ? name_of(book, *decision.customer)
      : decision.customer_candidates.empty() ? std::string("nobody known")
                                             : "undecided between " + listed(decision.customer_candidates, names));
  add(out, "contract", contract_text(decision, book, zone));
  add(out, "category", category_text(decision.category));
  for (const auto& move : decision.reclassified) add(out, "moved", move_text(move, zone));
  add(out, "billing",
      to_text(decision.billing) + (decision.order_approved   ? ", the order is approved"
                                   : decision.order_declined ? ", the order was declined"
                                                             : ""));
  if (decision.pool) add(out, "pool", pool_text(*decision.pool, zone));
  if (decision.budget) {
    add(out, "budget",
        decision.budget->category.value + ": " + duration_text(decision.budget->left) + " of " +
            duration_text(decision.budget->hours) + " left, " + duration_text(decision.budget->used) + " used");
  }
  if (!decision.covering_plans.empty()) {
    add(out, "covered by", listed(decision.covering_plans, [&](const PlanId& id) { return plan_name(book, id); }));
  }
  if (decision.contract_ended) {
    add(out, "ended",
        "the contract, at " + both_times(*decision.contract_ended, zone) +
            (decision.on_expiry == OnExpiry::stop ? "; its clocks stop there" : "; staff decide"));
  }
  if (decision.right_address) add(out, "address", "requests come from contacts of " + names(*decision.right_address));
  add(out, "priority", to_text(decision.priority) + mismatch_text(decision));
  if (decision.urgent.holds) add(out, "urgent", urgent_text(decision.urgent, zone));
  add(out, "SLA",
      to_text(decision.sla_state) + (decision.next_due ? ", next due " + both_times(*decision.next_due, zone) : ""));
  if (!decision.advice.empty()) {
    add(out, "advice", listed(decision.advice, [](Advice advice) { return to_text(advice); }));
  }
  if (!decision.internal_advice.empty()) {
    add(out, "for staff", listed(decision.internal_advice, [](const std::string& text) { return text; }));
  }
  const auto plain = [](const std::string& text) { return text; };
  if (!decision.links.empty()) add(out, "links", listed(decision.links, plain));
  if (!decision.reminders.empty()) {
    add(out, "reminders", listed(decision.reminders, [&](Instant at) { return both_times(at, zone); }));
  }
  if (!decision.consultant.empty()) add(out, "consultant", staff_name(book, decision.consultant));
  if (!decision.escalation.people.empty()) add(out, "escalation", escalation_text(decision.escalation, book));
  return out.str();
}

// One block for each step, in the order of the decision; the rule stands behind a text that does not name it.
std::string reasons_text(const std::vector<Reason>& reasons) {
  std::ostringstream out;
  out << "\nWhy\n";
  std::string step;
  for (const auto& reason : reasons) {
    add(out, reason.step == step ? "" : reason.step,
        reason.text + (reason.text.find(reason.rule) != std::string::npos ? "" : " [" + reason.rule + "]"));
    step = reason.step;
  }
  if (reasons.empty()) add(out, "", "no reason was given");
  return out.str();
}

std::string what_of(const Claim& claim) {
  if (claim.budget.empty()) return "one unit";
  return duration_text(claim.logged) + " of the " + claim.budget.value + " budget";
}

std::string claims_text(const std::vector<Claim>& claims, const Zone& zone) {
  if (claims.empty()) return {};
  std::ostringstream out;
  out << "\nAsks of pools\n";
  for (const auto& claim : claims) {
    out << wrapped("  ",
                   what_of(claim) + " of " + claim.contract.value + ", placed by " + both_times(claim.place, zone) +
                       (claim.cycle > 1 ? ", cycle " + std::to_string(claim.cycle) : "") +
                       (claim.hold == Hold::consumed ? ", consumed" : ", reserved") +
                       (claim.ended_at      ? ", given back"
                        : claim.approved_at ? ", its order is approved"
                                            : "") +
                       (claim.promised ? ", told to the customer" : ""),
                   k_columns);
  }
  return out.str();
}

}  // namespace

std::string explain_text(const Decision& decision, const Issue& issue, const ContractBook& book) {
  const auto zone = zone_of(decision, book);
  auto text = issue_text(decision, issue, zone) + result_text(decision, book, zone) + reasons_text(decision.reasons) +
              claims_text(decision.claims, zone) + clocks_text(decision, book, zone);
  if (decision.recheck_at) {
    text += "\nChanges by itself at " + both_times(*decision.recheck_at, zone) + ".\n";
  }
  return text;
}

}  // namespace cb
