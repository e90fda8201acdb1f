// Replays an issue's history into clock readings (design.md 5): one promise, when it started, what paused it, until
// when it holds, how it ended. Recomputed from the history each time; nothing is accumulated. Instants are UTC.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/contract_book.hpp"
#include "rules/cycle.hpp"
#include "rules/decision.hpp"
#include "rules/timeline.hpp"

namespace cb {

// The terms an issue's clocks run under.
struct ClockTerms {
  const Plan* plan = nullptr;
  CalendarId calendar;       // the contract's, else the plan's
  std::string language;      // for the urgent procedure
  bool needs_order = false;  // paid: all but the first response wait for the order (E9)
  std::optional<Instant> order_approved;
  std::optional<Instant> order_declined;  // and not approved: what waited for it never starts
  std::optional<Instant> service_ends;    // on_expiry: stop, and the contract is over: nothing is owed from then on
  const Customer* customer = nullptr;     // who may confirm; null when nobody was found
};

// Facts with an instant that some clocks stop at.
struct ClockFacts {
  std::vector<ValueChange> fix_dates;    // empty where the tracker has no such field
  std::vector<ValueChange> workarounds;  // label or field
  std::string workaround_value;          // the value that says yes; empty: any
};

struct ClockInput {
  const Issue& issue;
  const Timeline& timeline;
  const ContractBook& book;
  ClockTerms terms;
  ClockFacts facts;
  Instant now;
};

// Readings of one cycle, in the order of ClockName; a promise that the plan does not make is absent. `recheck` is
// lowered to the next instant at which a reading changes by itself.
std::vector<ClockReading> read_clocks(const ClockInput& input, const Cycle& cycle, std::optional<Instant>& recheck);

SlaState sla_state_of(const std::vector<ClockReading>& clocks);
std::optional<Instant> next_due_of(const std::vector<ClockReading>& clocks);

}  // namespace cb
