// A second opinion on the clocks: walks through an issue's history event by event, counts open minutes between them as
// the rulings say, and keeps no intervals, sums or eras. It shares no code with rules/clock.hpp and what that stands
// on; only roles of authors are asked of the rules. Slow and plain on purpose. Instants are UTC.
// Source: design.md 5 and the rulings named in walker.cpp.
#pragma once

#include <map>
#include <string>

#include "rules/contract_book.hpp"
#include "rules/decision.hpp"
#include "tests/rules/support/office.hpp"

namespace cb::testing {

struct WalkTerms {
  const ContractBook& book;  // for the tracker and the roles
  const Plan& plan;
  CalendarId calendar;  // of the contract, else of the plan
  const std::map<CalendarId, Office>& offices;
  bool needs_order = false;            // paid
  std::vector<std::string> may_order;  // addresses
};

struct Walked {
  ClockState state = ClockState::not_started;
  std::optional<Instant> due, stopped;
  std::optional<Seconds> used, left;
  int moves = 0;
  int cycle = 1;
};

// Readings of the present cycle; a promise that is not made is absent.
std::map<ClockName, Walked> walk(const Issue& issue, const WalkTerms& terms, Instant now);

// `running due 2026-06-09T16:00:00Z used 3h left 6h`; "none" where there is no such clock.
std::string text_of(const std::map<ClockName, Walked>& clocks, ClockName name);
std::string text_of(const Decision& decision, ClockName name);

}  // namespace cb::testing
