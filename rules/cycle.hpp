// The cycles of an issue (design.md 5 "Reopening", rulings 9, 10, 62, 70): reopened inside the window the same cycle
// goes on and the time while it was solved does not count; later a new cycle begins with clocks of its own.
#pragma once

#include <optional>
#include <vector>

#include "rules/timeline.hpp"

namespace cb {

struct Cycle {
  int number = 1;
  Instant start;
  Instant end = k_never;                      // where the next cycle begins
  std::vector<Span> solved;                   // resolved or closed or withdrawn, then reopened inside the window
  std::optional<Instant> resolved;            // the first of the run resolved/closed that ends the cycle
  std::optional<Instant> withdrawn;           // withdrawn and not taken up again
  std::vector<const PhaseChange*> solutions;  // each change that resolved or closed it, reopened later or not
};

bool is_done(Phase phase);     // resolved or closed
bool is_waiting(Phase phase);  // for anybody

std::vector<Cycle> cycles_of(const Timeline& timeline, Instant created, Seconds reopen_window);

// Spans of a cycle in one of these phases, the last one open.
std::vector<Span> spans_in(const Timeline& timeline, const Cycle& cycle, const std::vector<Phase>& phases);

}  // namespace cb
