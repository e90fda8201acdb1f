#include "bridge/sync/retry.hpp"

#include <algorithm>

namespace cb {

Seconds wait_after(int attempts, std::uint64_t roll, std::optional<Seconds> asked) {
  auto wait = k_first_wait;
  for (int i = 1; i < attempts && wait < k_longest_wait; ++i) wait *= 2;
  wait = std::min(wait, k_longest_wait);
  // Three quarters to five quarters of it.
  const auto spread = static_cast<std::uint64_t>(wait.count()) / 2 + 1;
  wait += Seconds(static_cast<Seconds::rep>(roll % spread)) - wait / 4;
  return std::max(wait, asked.value_or(Seconds{0}));
}

}  // namespace cb
