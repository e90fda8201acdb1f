// Our clocks beside those that a tracker measures itself (Jira Service Management), pair by pair: what they agree on,
// what differs, and what is visible of the reason. Pure. Instants are UTC; goals and times used or left are each side's
// own business time, so that they compare only as far as both calendars are alike.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "rules/decision.hpp"

namespace cb {

// One side is absent where the other has no partner. The values are copies: a pair outlives what it was made from.
struct SlaPair {
  std::optional<ClockReading> ours;
  std::optional<OwnClock> theirs;
  std::vector<std::string> differences;  // empty: they agree, or nothing is compared
  std::vector<std::string> reasons;      // what is visible of why they differ
  [[nodiscard]] bool is_compared() const { return ours && theirs; }
};

// Deadlines and stops that are no further apart agree: trackers keep fractions of seconds, and look now and then.
inline constexpr Seconds k_same_instant{60};

// Which of our clocks a name of the tracker's means, by its words: `Time to first response`, `Zeit bis zur Lösung`.
std::optional<ClockName> clock_called(const std::string& name);

// Our clocks in their order, each round with the tracker's round of the same place, counted from the last; then what
// has no partner. Two names of the tracker's for one clock of ours: the first is compared.
std::vector<SlaPair> sla_pairs(const Decision& decision, const std::vector<OwnClock>& theirs);

// `running`, `paused`, `met` or `breached`.
std::string state_of(const OwnClock& clock);

}  // namespace cb
