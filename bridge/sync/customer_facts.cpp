#include "bridge/sync/customer_facts.hpp"

#include <algorithm>

#include "bridge/sync/slot_values.hpp"
#include "bridge/texts/local_dates.hpp"
#include "rules/order.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

// A deadline is told only while it can still be kept.
std::string promise(const Decision& decision, ClockName name, const ContractBook& book) {
  const auto* clock = find_clock(decision, name);
  if (clock == nullptr || !clock->due) return "";
  if (clock->state != ClockState::running && clock->state != ClockState::at_risk) return "";
  return instant_in(language_of(decision), *clock->due, zone_of(decision, book));
}

std::string period_text(const Decision& decision, const ContractBook& book, const TextBook& texts) {
  const auto* contract = find_contract(book, decision.pool->contract);
  if (contract == nullptr || !contract->plan.pool) return "";
  switch (contract->plan.pool->per) {
    case Period::contract_year:
      return texts.find(language_of(decision), "period_contract_year");
    case Period::contract:
      return texts.find(language_of(decision), "period_contract");
    case Period::quarter:
      return texts.find(language_of(decision), "period_quarter");
    case Period::month:
      return texts.find(language_of(decision), "period_month");
  }
  return "";
}

// In overdraft there is nothing left to tell of.
bool tells_pool(const Decision& decision, const ContractBook& book) {
  return decision.pool && decision.pool->size && decision.pool->left.value_or(-1) >= 0 &&
         is_own_contract(book, decision.customer, decision.pool->contract);
}

std::string consultant_name(const Decision& decision, const ContractBook& book) {
  const auto found = std::find_if(book.staff.begin(), book.staff.end(),
                                  [&](const StaffMember& member) { return member.id == decision.consultant; });
  return found == book.staff.end() ? "" : found->name;
}

std::string joined(const std::vector<std::string>& words, const std::string& last_word) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " " + last_word + " " : ", ";
    text += words[i];
  }
  return text;
}

std::string approver(const Decision& decision, const Issue& issue, const ContractBook& book, const TextBook& texts) {
  const auto* customer = decision.customer ? find_customer(book, *decision.customer) : nullptr;
  std::vector<std::string> names;
  for (const auto* contact : who_may_order(customer, book)) {
    if (same_name(contact->address, issue.reporter.address)) return "";
    names.push_back(name_of(*contact));
  }
  return joined(names, texts.find(language_of(decision), "word_or"));
}

std::string covering_plans(const Decision& decision, const ContractBook& book, const TextBook& texts) {
  std::vector<std::string> titles;
  for (const auto& id : decision.covering_plans) {
    const auto plan = book.plans.find(id);
    if (plan != book.plans.end()) titles.push_back(title_of(plan->second, language_of(decision)));
  }
  return joined(titles, texts.find(language_of(decision), "word_or"));
}

// Certified or named contacts of whom the plan asks for; of the customer itself or of its own partner, nobody else's.
std::string right_contact(const Decision& decision, const ContractBook& book, const TextBook& texts) {
  const auto* owner = decision.right_address ? find_customer(book, *decision.right_address) : nullptr;
  if (owner == nullptr) return "";
  std::vector<std::string> names;
  const auto* contract = decision.refused_by ? find_contract(book, *decision.refused_by) : nullptr;
  const bool certified = contract != nullptr && contract->plan.contact == ContactRequirement::certified;
  for (const auto& contact : owner->contacts) {
    if (certified ? contact.certified : contact.named) names.push_back(name_of(contact));
  }
  auto text = joined(names, texts.find(language_of(decision), "word_or"));
  if (text.empty()) return owner->name;
  return owner->id == decision.customer || owner->name.empty() ? text : text + " (" + owner->name + ")";
}

std::string links_text(const Decision& decision) {
  std::string text;
  for (const auto& link : decision.links) text += (text.empty() ? "" : ", ") + link;
  return text;
}

// For who is not entitled: without a contract, or where the plan leaves the request to be paid.
std::string community_text(const Decision& decision, const ContractBook& book) {
  if (!decision.customer || (decision.contract && decision.billing != Billing::paid)) return "";
  const auto* contract = decision.contract ? find_contract(book, *decision.contract) : nullptr;
  return text_in(contract != nullptr ? contract->plan.community : book.without_contract.community,
                 language_of(decision));
}

// A unit of a partner's pool is no free request of the customer's own.
Billing billing_for_customer(const Decision& decision, const ContractBook& book) {
  const bool own = !decision.contract || is_own_contract(book, decision.customer, *decision.contract);
  return decision.billing == Billing::pool && !own ? Billing::included : decision.billing;
}

// A sentence of ours goes on after it.
std::string without_last_stop(std::string text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
  return text;
}

std::string price_text(const Decision& decision, const ContractBook& book) {
  if (!decision.category.now()) return "";
  const auto* contract = decision.contract ? find_contract(book, *decision.contract) : nullptr;
  const auto& plan = contract ? contract->plan : book.without_contract;
  return without_last_stop(price_of(plan, *decision.category.now(), language_of(decision)));
}

std::string reason_text(const Decision& decision, const TextBook& texts) {
  const auto name = reason_text_name(decision);
  return name.empty() ? "" : texts.find(language_of(decision), name);
}

}  // namespace

std::string language_of(const Decision& decision) {
  return decision.language.empty() ? "en" : decision.language;
}

ReceiptFacts receipt_facts(const Decision& decision, const ContractBook& book, const TextBook& texts) {
  ReceiptFacts facts;
  facts.billing = billing_for_customer(decision, book);
  facts.order_approved = decision.order_approved;
  facts.reason = reason_text(decision, texts);
  facts.response_due = promise(decision, ClockName::first_response, book);
  facts.resolution_due = promise(decision, ClockName::resolution, book);
  facts.consultant = consultant_name(decision, book);
  facts.contact = right_contact(decision, book, texts);
  facts.links = links_text(decision);
  facts.community = community_text(decision, book);
  const auto* contract = decision.contract ? find_contract(book, *decision.contract) : nullptr;
  if (contract != nullptr) {
    facts.plan_title = title_of(contract->plan, language_of(decision));
    const bool own = is_own_contract(book, decision.customer, contract->id);
    if (own && decision.contract_until) facts.contract_until = date_in(language_of(decision), *decision.contract_until);
  }
  if (tells_pool(decision, book)) {
    facts.pool_left = std::to_string(*decision.pool->left);
    facts.pool_size = std::to_string(*decision.pool->size);
    facts.pool_period = period_text(decision, book, texts);
  }
  return facts;
}

OfferFacts offer_facts(const Decision& decision, const Issue& issue, const ContractBook& book, const TextBook& texts) {
  OfferFacts facts;
  facts.reason = reason_text(decision, texts);
  facts.no_contract = decision.refusal == Refusal::no_contract;
  facts.plans = covering_plans(decision, book, texts);
  facts.price = price_text(decision, book);
  facts.contact = right_contact(decision, book, texts);
  facts.links = links_text(decision);
  facts.community = community_text(decision, book);
  const auto tracker = book.trackers.find(decision.issue.tracker);
  if (tracker == book.trackers.end() || !tracker->second.read.approval) return facts;
  const auto& approval = *tracker->second.read.approval;
  facts.approver = approver(decision, issue, book, texts);
  facts.approval_label = approval.label;
  // Without a value any filling approves, and there is nothing to quote.
  if (!approval.field.empty() && !approval.value.empty()) {
    facts.approval_field = approval.field;
    facts.approval_value = approval.value;
  }
  return facts;
}

MismatchFacts mismatch_facts(const Issue& issue, const ContractBook& book) {
  MismatchFacts facts{issue.priority, ""};
  const auto tracker = book.trackers.find(issue.key.tracker);
  const auto& own = book.classification.justification;
  if (tracker != book.trackers.end() && tracker->second.read.justification) {
    facts.justification_field = tracker->second.read.justification->field;
  } else if (own) {
    facts.justification_field = own->field;
  }
  return facts;
}

ReclassifiedFacts reclassified_facts(const Decision& decision, const ContractBook& book, const TextBook& texts) {
  ReclassifiedFacts facts;
  facts.billing = billing_for_customer(decision, book);
  facts.order_approved = decision.order_approved;
  facts.reason = reason_text(decision, texts);
  if (tells_pool(decision, book)) {
    facts.pool_left = std::to_string(*decision.pool->left);
    facts.pool_size = std::to_string(*decision.pool->size);
    facts.pool_period = period_text(decision, book, texts);
  }
  return facts;
}

ApologyFacts apology_facts(const ClockReading& clock, const Decision& decision, const ContractBook& book,
                           const TextBook& texts) {
  ApologyFacts facts;
  facts.promise = texts.find(language_of(decision), "promise_" + to_text(clock.name));
  if (clock.due) facts.due = instant_in(language_of(decision), *clock.due, zone_of(decision, book));
  facts.consultant = consultant_name(decision, book);
  return facts;
}

std::string resolved_on(const Decision& decision, const ContractBook& book) {
  if (!decision.resolved_at) return "";
  return date_in(language_of(decision), zone_of(decision, book).local(*decision.resolved_at).date);
}

}  // namespace cb
