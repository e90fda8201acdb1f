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
std::string to_text(const std::optional<CategoryId>& category);  // `undecided` where there is none
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

// A stated fix date (A4): the first is no move, each later one is.
struct StatedFixDate {
  Date date;
  Instant at;       // when it was stated
  std::string who;  // as the tracker tells the person
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
  std::vector<StatedFixDate> stated;
  bool urgent_procedure = false;
};

// What somebody did, for staff: an approval by who may not order, say.
struct Deed {
  Instant at;
  std::string who;
};

// The category moved (E6): by whom, when, and what that does to the bill by the plan that serves the issue.
struct Reclassification {
  std::optional<CategoryId> from, to;  // empty: undecided
  Instant at;
  std::string who;
  bool by_ours = false;  // staff or robots of ours: a finding, not a second thought of the customer
  Billing paid_before = Billing::undecided;
  Billing paid_after = Billing::undecided;
  [[nodiscard]] bool changes_what_is_paid() const;
};

// Staff in the order in which they take over: the consultant, back-ups, the escalation owner (A5, B3, D8).
struct Escalation {
  int step = 0;                       // how many thresholds the most urgent clock has passed; 0: none
  std::optional<ClockName> clock;     // that clock
  std::vector<std::string> people;    // staff ids, the whole order
  std::vector<std::string> reached;   // who is called by now
  std::vector<std::string> watching;  // who is put in copy: those, and the owner from the first risk on
};

// The separate procedure for urgent issues (A3, D5), as it holds now.
struct UrgentService {
  bool holds = false;
  std::optional<Instant> since;
  CalendarId calendar;
  std::string team;    // who takes it; empty: the usual people
  std::string marker;  // a label; known also where the procedure does not hold, so that it can be taken away
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
  std::optional<Instant> approved_at{};  // of its order: who had no unit then stays paid (ruling 36)
  int rank = 0;         // asked only when the claims of this issue and cycle with a lower rank got nothing
  CategoryId budget{};  // empty: a unit of the pool; else hours of this category's budget
  Seconds logged{0};    // logged time, for a budget
  std::optional<Instant> ended_at{};  // withdrawn or reclassified: it asked only until then
  bool promised = false;              // the customer was told that a unit is used: it is not taken away (ruling 35)
  friend bool operator==(const Claim&, const Claim&) = default;
};

// The period's other issues, as far as they claim units. Of the issue's own claims only `promised` is read.
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
  std::optional<Instant> order_declined;  // and not approved later
  std::vector<Deed> refused_approvals;    // by people who may not order
  std::optional<PoolView> pool;
  bool unit_disputed = false;  // who has a unit follows from what customers were told, not from the order (ruling 35)
  bool unit_lost = false;      // paid, but shown before as using a unit, which one registered earlier got (ruling 35)
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
  std::vector<std::string> links;            // of rules, for the reply (C3)
  std::vector<Reclassification> reclassified;
  PriorityMismatch mismatch = PriorityMismatch::none;  // none once it is justified (D4)
  std::vector<std::string> mismatch_words;             // what in the text says so
  std::vector<Instant> reminders;                      // to confirm (E4): those that are due by now, oldest first
  std::optional<Instant> resolved_at;                  // of the present cycle
  std::optional<Instant> contract_ended;               // while the issue was open and its plan does not just finish it
  OnExpiry on_expiry = OnExpiry::finish;               // what the plan says of that
  std::optional<CustomerId> right_address;             // whose contacts should have written instead (A7)
  UrgentService urgent;
  Escalation escalation;
  std::string consultant;  // staff id
  std::string escalation_owner;
  std::vector<Claim> claims;  // what this issue asks of pools, best contract first
  std::vector<Reason> reasons;
  std::optional<Instant> recheck_at;  // when the answer changes by itself
};

Decision evaluate(const Issue& issue, const ContractBook& book, const LedgerView& ledger, Instant now);

// The claims alone: what evaluate() would ask of pools. Independent of the ledger.
std::vector<Claim> claims_of(const Issue& issue, const ContractBook& book, Instant now);

// Whether it is served without a further order: free, included or from a pool, or paid by an approved order. Empty
// while the billing is undecided.
std::optional<bool> is_entitled(const Decision& decision);

const ClockReading* find_clock(const Decision& decision, ClockName name);

}  // namespace cb
