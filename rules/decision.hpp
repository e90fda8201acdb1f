// The decision about one issue, and the function that makes it: a pure function of the issue with its history, the
// contract book, the ledger view and now. Same inputs, same decision, on any machine. All instants are UTC.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rules/classification.hpp"
#include "rules/contract_book.hpp"
#include "rules/issue.hpp"

namespace cb {

enum class Billing { free, included, pool, paid, undecided };
// In the order of ruling 6: the later, the further the contract got.
enum class Refusal {
  no_contract,
  product,
  not_started,
  expired,
  version,
  channel,
  language,
  modified_code,
  contact,
  pool_empty
};
enum class ClockName {
  first_response,
  next_update,
  state_fix_date,
  keep_fix_date,
  workaround,
  resolution,
  confirmation
};
enum class ClockState { not_started, running, at_risk, paused, met, breached, cancelled };
enum class SlaState { none, ok, paused, at_risk, breached, met };
enum class Advice {
  priority_mismatch,
  no_nda,
  closed_without_confirmation,
  newer_version_only,
  wrong_address,
  assign_consultant,
  copy_owner
};
enum class Hold { reserved, consumed };  // what an issue does with its unit

std::string to_text(Billing billing);
std::string to_text(Refusal refusal);
std::string to_text(ClockName name);
std::string to_text(ClockState state);
std::string to_text(SlaState state);
std::string to_text(Advice advice);
std::optional<Billing> billing_from_text(const std::string& text);

// Why, in the order in which it was decided. `step` is customer, contract, category, coverage, billing, pool, clock or
// advice; `rule` names the configuration's rule, contract or a ruling, or is empty; `text` is for staff.
struct Reason {
  std::string step;
  std::string rule;
  std::string text;
};

struct PoolView {
  ContractId contract;
  Span period;
  std::optional<int> size;  // empty: unlimited
  std::optional<int> left;  // size - consumed - reserved; negative in overdraft
  int reserved = 0;
  int consumed = 0;
};

struct BudgetView {
  CategoryId category;
  Seconds hours{0}, used{0}, left{0};
};

struct ClockReading {
  ClockName name = ClockName::first_response;
  ClockState state = ClockState::not_started;
  std::optional<Instant> start;
  std::optional<Instant> due;  // absent while paused or not started (ruling 17)
  std::optional<Instant> stopped;
  std::optional<BusinessTime> target;
  std::optional<BusinessTime> used;
  std::optional<BusinessTime> left;  // negative once overdue
  CalendarId calendar;
  std::vector<Span> counted;  // open time that counted, for explanations
  std::vector<Span> paused;
  int cycle = 1;  // reopened after the window: 2, 3, ...
  int moves = 0;  // of a stated fix date
  bool urgent_procedure = false;
};

// One place in a pool or budget that an issue asks for. Made without looking at any other issue; settled by replay of
// all claims on the contract in the order of registration (pool.hpp).
struct Claim {
  IssueKey issue;
  Instant place;  // registration, or reopening after the window (ruling 9)
  int cycle = 1;
  ContractId contract;
  Span period;
  Hold hold = Hold::reserved;
  bool order_approved = false;  // approved stays paid (ruling 36)
  int rank = 0;                 // asked only when the claims of this issue and cycle with a lower rank got nothing
  CategoryId budget{};          // empty: a unit of the pool; else hours of this category's budget
  Seconds logged{0};            // logged time, for a budget
  friend bool operator==(const Claim&, const Claim&) = default;
};

// The period's other issues, as far as they claim units. Claims of the issue itself are ignored.
struct LedgerView {
  std::vector<Claim> claims;
};

struct Decision {
  IssueKey issue;
  std::string book_version;
  std::optional<CustomerId> customer;
  std::vector<CustomerId> customer_candidates;  // more than one: undecided
  std::optional<ContractId> contract;
  std::optional<PlanId> plan;
  std::optional<Date> contract_until;
  std::optional<ContractId> refused_by;
  std::optional<Refusal> refusal;
  std::vector<PlanId> covering_plans;  // plans that would cover a refused or paid issue (E8)
  Category category;
  Billing billing = Billing::undecided;
  bool order_approved = false;
  std::optional<PoolView> pool;
  std::optional<BudgetView> budget;
  std::vector<ClockReading> clocks;  // of the present cycle
  std::vector<ClockReading> past_clocks;
  SlaState sla_state = SlaState::none;
  std::optional<Instant> next_due;
  std::optional<Phase> phase;            // empty: the status is unknown
  Priority priority = Priority::normal;  // effective, after a plan's floor
  std::string language;                  // what the customer reads
  std::vector<Advice> advice;
  std::vector<std::string> internal_advice;  // ids of rules' advice
  std::string consultant;                    // staff id
  std::string escalation_owner;
  std::vector<Claim> claims;  // what this issue asks of pools, best contract first
  std::vector<Reason> reasons;
  std::optional<Instant> recheck_at;  // when the answer changes by itself
};

Decision evaluate(const Issue& issue, const ContractBook& book, const LedgerView& ledger, Instant now);

// The claims alone: what evaluate() would ask of pools. Independent of the ledger.
std::vector<Claim> claims_of(const Issue& issue, const ContractBook& book, Instant now);

const ClockReading* find_clock(const Decision& decision, ClockName name);

}  // namespace cb
