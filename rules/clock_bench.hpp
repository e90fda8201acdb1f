// One cycle of one issue on the workbench: what its clocks share. Internal to the clocks: clock.cpp has the clocks of
// answering and solving, fix_date_clocks.cpp those of a stated date, confirmation_clock.cpp the one of the customer.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "rules/clock.hpp"
#include "rules/reading.hpp"

namespace cb {

struct Bench {
  const ClockInput& input;
  const Cycle& cycle;
  std::optional<Instant>& recheck;

  [[nodiscard]] const Plan& plan() const { return *input.terms.plan; }
  [[nodiscard]] EraRules era_rules() const {
    return {plan().on_priority_change == OnPriorityChange::restart, plan().raise_share};
  }
  [[nodiscard]] bool waits_for_order() const { return input.terms.needs_order && !input.terms.order_approved; }
  // Withdrawn and not reopened, its order declined, or no longer served: nobody owes anything from then on.
  [[nodiscard]] std::optional<Instant> dropped() const;
  // Solved or dropped.
  [[nodiscard]] std::optional<Instant> ended() const;
  // Where clocks other than the first response start (E9, ruling 34).
  [[nodiscard]] Instant start() const {
    return input.terms.needs_order ? std::max(cycle.start, *input.terms.order_approved) : cycle.start;
  }
  // The instant it was first resolved or closed since the clocks run, reopened later or not (ruling 15).
  [[nodiscard]] std::optional<Instant> first_solution() const;
};

bool in_cycle(const Cycle& cycle, Instant at);
// Waiting for the customer, and the time while it was solved or withdrawn and reopened later.
std::vector<Span> pauses_of(const Bench& bench);
// And while it waits for the order, until the order is there, whatever the status still says.
std::vector<Span> work_pauses(const Bench& bench, bool third_party);
// Set by staff or robots of ours; what the reporter filled when he registered counts too (ruling 39).
bool counts(const ValueChange& change, const std::vector<ValueChange>& all);

std::optional<ClockReading> read_clock(const Bench& bench, ClockName name, const Course& course);
// Of an issue that was dropped it never will (rulings 20, 34).
ClockReading not_started(ClockName name, const Bench& bench);
// Nothing is used and all is left (ruling 17), by the terms of now as if it started with the cycle.
std::optional<ClockReading> read_not_started(const Bench& bench, ClockName name);

std::optional<ClockReading> state_fix_date(const Bench& bench);
std::optional<ClockReading> keep_fix_date(const Bench& bench);
std::optional<ClockReading> confirmation(const Bench& bench);

}  // namespace cb
