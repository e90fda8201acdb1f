// What tells one zone from another: its offset at an instant, and wall times that its clocks skip.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/time.hpp"
#include "rules/zone.hpp"

namespace cb {

Seconds offset_of(const Zone& zone, Instant instant);
WallTime wall_at(Instant instant, Seconds offset);
// +05:30
std::string offset_text(Seconds offset);
// `2027-03-28 02:30:00`: in the middle of the next gap; empty when the zone's clocks are not set forward any more.
std::optional<std::string> next_gap(const Zone& zone, Instant now);
// Wall times that are skipped next somewhere in the world, each once.
std::vector<std::string> known_gaps(Instant now);
// The same wall time at every instant from a year before now to two years after, whatever they are called.
bool is_same_clock(const Zone& a, const Zone& b, Instant now);

}  // namespace cb
