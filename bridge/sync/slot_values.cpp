#include "bridge/sync/slot_values.hpp"

#include <algorithm>

namespace cb {

namespace {

// Fields are read by staff and customers of any language and searched by their text, so they keep one language.
const std::string k_field_language = "en";

std::string pool_left_text(const PoolView& pool) {
  if (!pool.size) return "unlimited requests";
  return std::to_string(pool.left.value_or(0)) + " of " + std::to_string(*pool.size) + " left";
}

std::string plan_text(const Decision& decision, const ContractBook& book) {
  if (!decision.plan) return "";
  if (const auto* contract = decision.contract ? find_contract(book, *decision.contract) : nullptr) {
    return title_of(contract->plan, k_field_language);
  }
  const auto plan = book.plans.find(*decision.plan);
  return plan == book.plans.end() ? decision.plan->value : title_of(plan->second, k_field_language);
}

std::string refusal_text(const Decision& decision, const ContractBook& book) {
  if (decision.refusal == Refusal::no_contract) return "no contract";
  auto code = to_text(*decision.refusal);
  std::replace(code.begin(), code.end(), '_', ' ');
  const bool may_name = decision.refused_by && is_own_contract(book, decision.customer, *decision.refused_by);
  return "not covered: " + code + (may_name ? " (" + decision.refused_by->value + ")" : "");
}

std::string entitlement_text(const Decision& decision, const ContractBook& book) {
  if (decision.contract) {
    auto text = plan_text(decision, book);
    // days and units of a partner's contract are the partner's business
    if (!is_own_contract(book, decision.customer, *decision.contract)) return text;
    if (decision.contract_until) text += " until " + to_iso(*decision.contract_until);
    if (decision.pool && !is_finished(decision)) text += ", " + pool_left_text(*decision.pool);
    return text;
  }
  if (!decision.customer) return "customer not known";
  return decision.refusal ? refusal_text(decision, book) : "no contract";
}

std::string pool_text(const Decision& decision, const ContractBook& book) {
  if (!decision.pool || !is_own_contract(book, decision.customer, decision.pool->contract)) return "";
  if (is_finished(decision)) return decision.billing == Billing::pool ? "1 used" : "";
  auto text = pool_left_text(*decision.pool);
  if (decision.pool->reserved > 0) text += ", " + std::to_string(decision.pool->reserved) + " reserved";
  return text;
}

std::string advice_text(const Decision& decision) {
  std::string text;
  const auto add = [&](const std::string& word) { text += (text.empty() ? "" : ", ") + word; };
  for (const auto advice : decision.advice) add(to_text(advice));
  for (const auto& word : decision.internal_advice) add(word);
  return text;
}

Shown instant_value(Instant instant, const Decision& decision, const ContractBook& book, const SlotForm& form) {
  const bool iso = form.format == InstantFormat::iso;
  Shown value{iso ? to_iso(instant) : local_text(instant, zone_of(decision, book)), {}};
  if (form.date_time_field) value.instant = instant;
  return value;
}

// A field with a type for instants cannot hold the words; it stays empty while no deadline is certain.
Shown paused_value(const std::optional<BusinessTime>& left, const SlotForm& form) {
  if (form.date_time_field) return {};
  return {left ? "paused, " + duration_text(left->amount) + " left" : "paused", {}};
}

Shown due_value(const ClockReading* clock, const Decision& decision, const ContractBook& book, const SlotForm& form) {
  if (clock == nullptr || clock->state == ClockState::cancelled || clock->state == ClockState::not_started) return {};
  if (clock->state == ClockState::paused) return paused_value(clock->left, form);
  return clock->due ? instant_value(*clock->due, decision, book, form) : Shown{};
}

Shown next_due_value(const Decision& decision, const ContractBook& book, const SlotForm& form) {
  if (decision.next_due) return instant_value(*decision.next_due, decision, book, form);
  const ClockReading* tightest = nullptr;
  for (const auto& clock : decision.clocks) {
    if (clock.state == ClockState::paused && (tightest == nullptr || clock.left < tightest->left)) tightest = &clock;
  }
  return tightest == nullptr ? Shown{} : paused_value(tightest->left, form);
}

}  // namespace

bool is_own_contract(const ContractBook& book, const std::optional<CustomerId>& customer, const ContractId& contract) {
  const auto* owner = customer ? find_customer(book, *customer) : nullptr;
  return owner != nullptr && std::any_of(owner->contracts.begin(), owner->contracts.end(),
                                         [&](const Contract& own) { return own.id == contract; });
}

bool is_finished(const Decision& decision) {
  return decision.phase == Phase::resolved || decision.phase == Phase::closed || decision.phase == Phase::withdrawn;
}

Zone zone_of(const Decision& decision, const ContractBook& book) {
  if (const auto* customer = decision.customer ? find_customer(book, *decision.customer) : nullptr) {
    return customer->zone;
  }
  const auto calendar = book.calendars.find(book.without_contract.calendar);
  return calendar == book.calendars.end() ? Zone::utc() : calendar->second.zone();
}

Shown slot_value(Slot slot, const Decision& decision, const ContractBook& book, const SlotForm& form) {
  switch (slot) {
    case Slot::billing:
      return {to_text(decision.billing), {}};
    case Slot::category:
      return {decision.category.now() ? decision.category.now()->value : "undecided", {}};
    case Slot::entitlement:
      return {entitlement_text(decision, book), {}};
    case Slot::plan:
      return {plan_text(decision, book), {}};
    case Slot::pool:
      return {pool_text(decision, book), {}};
    case Slot::sla_state:
      return {to_text(decision.sla_state), {}};
    case Slot::next_due:
      return next_due_value(decision, book, form);
    case Slot::response_due:
      return due_value(find_clock(decision, ClockName::first_response), decision, book, form);
    case Slot::resolution_due:
      return due_value(find_clock(decision, ClockName::resolution), decision, book, form);
    case Slot::advice:
      return {advice_text(decision), {}};
  }
  return {};
}

}  // namespace cb
