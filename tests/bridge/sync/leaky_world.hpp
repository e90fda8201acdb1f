// A contract book in which everything that a customer must not read is a canary, and decisions about it: whatever a
// customer-visible text or field shows of them is a leak. Words begin with CANARY; days, numbers and zones of the
// partner's contract are ones that nothing else has.
#pragma once

#include <array>

#include "tests/bridge/sync/comment_causes.hpp"

namespace cb {

inline const char* const k_languages_with_texts[] = {"en", "ru", "cs", "hu"};
inline constexpr std::array k_all_billing = {Billing::free, Billing::included, Billing::pool, Billing::paid,
                                             Billing::undecided};
inline constexpr std::array k_all_refusals = {
    Refusal::no_contract, Refusal::product,  Refusal::not_started,   Refusal::expired, Refusal::version,
    Refusal::channel,     Refusal::language, Refusal::modified_code, Refusal::contact, Refusal::pool_empty};

// The first canary in a text; empty when there is none.
inline std::string leak_in(const std::string& text) {
  for (const auto* canary : {"CANARY", "2031", "9771", "9132", "8713"}) {
    if (text.find(canary) != std::string::npos) return canary;
  }
  return "";
}

inline Contact secret_contact(const std::string& name, bool may_order) {
  return {"CANARY-" + name + "@canary.example", "CANARY " + name, true, true, may_order};
}

inline Contract secret_contract(const std::string& id, const Plan& plan) {
  Contract contract;
  contract.id = ContractId{"CANARY-" + id};
  contract.plan = plan;
  contract.products = {"CANARY-product"};
  contract.from = *date_from_iso("2031-07-19");
  contract.until = *date_from_iso("2031-07-20");
  contract.calendar = CalendarId{"CANARY-calendar"};
  return contract;
}

// `reader` is served by the partner; `other` is nobody that he may hear of.
inline ContractBook leaky_book() {
  auto book = example_settings().book;
  auto plan = book.plans.at(PlanId{"standard"});
  plan.id = PlanId{"CANARY-plan"};
  plan.pool->requests = 9771;
  plan.prices = {{CategoryId{"otherwise"}, {{"", "90 EUR an hour"}}}};
  book.plans[plan.id] = plan;
  book.version = "CANARY-version";
  book.staff = {{"CANARY-consultant", "Alena", {{"support", "CANARY-login"}}},
                {"CANARY-backup", "CANARY Boris", {{"support", "CANARY-login"}}},
                {"CANARY-owner", "CANARY Vera", {{"support", "CANARY-login"}}}};
  Customer reader;
  reader.id = CustomerId{"CANARY-reader"};
  reader.name = "Reader Ltd";
  reader.zone = *Zone::find("Europe/Prague");
  reader.contacts = {{"eva@reader.example", "Eva", false, false, false}};
  reader.consultant = "CANARY-consultant";
  reader.backups = {"CANARY-backup"};
  reader.escalation_owner = "CANARY-owner";
  reader.partner = CustomerId{"CANARY-partner"};
  Customer partner;
  partner.id = CustomerId{"CANARY-partner"};
  partner.name = "Implementers Ltd";
  partner.is_partner = true;
  partner.contacts = {{"olga@implementers.example", "Olga", true, false, true},
                      {"CANARY-trainee@canary.example", "CANARY Trainee", false, false, false}};
  partner.serves = {reader.id, CustomerId{"CANARY-other"}};
  partner.contracts = {secret_contract("partner-contract", plan)};
  Customer other;
  other.id = CustomerId{"CANARY-other"};
  other.name = "CANARY Other Ltd";
  other.partner = partner.id;
  other.match.domains = {"canary.example"};
  other.contacts = {secret_contact("Other-one", true), secret_contact("Other-two", false)};
  other.contracts = {secret_contract("other-contract", plan)};
  book.customers = {reader, partner, other};
  return book;
}

// Served, or refused, by a contract that is not the reader's own.
inline Decision leaky_decision(Billing billing, std::optional<Refusal> refusal, bool served) {
  auto decision = covered();
  decision.book_version = "CANARY-version";
  decision.customer = CustomerId{"CANARY-reader"};
  decision.customer_candidates = {CustomerId{"CANARY-reader"}, CustomerId{"CANARY-other"}};
  const ContractId contract{"CANARY-partner-contract"};
  decision.contract = served ? std::optional(contract) : std::nullopt;
  decision.plan = served ? std::optional(PlanId{"CANARY-plan"}) : std::nullopt;
  decision.contract_until = *date_from_iso("2031-07-20");
  decision.refused_by = ContractId{"CANARY-partner-contract"};
  decision.refusal = refusal;
  decision.covering_plans = {PlanId{"CANARY-plan"}};
  decision.category.claimed = CategoryId{"defect"};
  decision.category.claimed_by = RuleId{"CANARY-rule"};
  decision.category.established_by = RuleId{"CANARY-rule"};
  decision.category.established_person = person("CANARY-staff@canary.example");
  decision.category.problem = "CANARY-problem";
  decision.category.internal_advice = {"CANARY-advice"};
  decision.internal_advice = {"CANARY-advice"};
  decision.billing = billing;
  decision.refused_approvals = {{at_iso("2026-06-08T08:00:00Z"), "CANARY-approver"}};
  decision.pool = PoolView{contract, {}, 9771, 9132, 8713, 8713};
  decision.unit_disputed = true;
  decision.contract_ended = at_iso("2026-06-08T08:00:00Z");
  decision.mismatch_words = {"CANARY-word"};
  decision.urgent = {true, at_iso("2026-06-08T08:00:00Z"), CalendarId{"CANARY-calendar"}, "CANARY-team", ""};
  decision.escalation = {2,
                         ClockName::resolution,
                         {"CANARY-consultant", "CANARY-backup", "CANARY-owner"},
                         {"CANARY-consultant", "CANARY-backup"},
                         {"CANARY-consultant", "CANARY-backup", "CANARY-owner"}};
  decision.consultant = "CANARY-consultant";
  decision.escalation_owner = "CANARY-owner";
  decision.right_address = CustomerId{"CANARY-partner"};
  decision.reasons = {{"category", "CANARY-rule", "CANARY-reason"}};
  for (auto& clock : decision.clocks) clock.calendar = CalendarId{"CANARY-calendar"};
  return decision;
}

}  // namespace cb
