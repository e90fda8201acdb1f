// When an issue that could not be processed is tried again: pure. The wait doubles with each attempt, is spread by
// chance so that many do not come back together, and is never shorter than what the tracker asked for.
#pragma once

#include <cstdint>
#include <optional>

#include "rules/time.hpp"

namespace cb {

inline constexpr Seconds k_first_wait{60};
inline constexpr Seconds k_longest_wait{6 * 3600};
// No issue waits longer, spread and all; no stop of writing or assigning does.
inline constexpr Seconds k_longest_parked{8 * 3600};
inline constexpr Seconds k_longest_stop{24 * 3600};
// Longer than a server goes on with a request that we gave up.
inline constexpr Seconds k_until_written{120};

// `attempts` counts the failures so far, from 1; `roll` is any 64 bits of chance.
Seconds wait_after(int attempts, std::uint64_t roll, std::optional<Seconds> asked);

}  // namespace cb
