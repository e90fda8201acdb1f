#include "bridge/sync/rhythm.hpp"

#include <algorithm>

#include "bridge/sync/retry.hpp"

namespace cb {

Rhythm::Rhythm(Seconds every) : every_(std::max(every, k_quickest_poll)), wait_(every_) {}

Seconds Rhythm::after_work() {
  failures_ = 0;
  wait_ = std::max(k_quickest_poll, every_ / 4);
  return wait_;
}

Seconds Rhythm::after_nothing() {
  failures_ = 0;
  wait_ = std::min(every_, wait_ * 2);
  return wait_;
}

Seconds Rhythm::after_failure(std::uint64_t roll, std::optional<Seconds> asked) {
  ++failures_;
  const auto wait = std::min(wait_after(failures_, roll, {}), k_longest_outage_wait);
  return std::max(wait, asked.value_or(Seconds{0}));
}

}  // namespace cb
