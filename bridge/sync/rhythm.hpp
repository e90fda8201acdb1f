// When a tracker is asked next what changed: soon while there is work, calmer and calmer when there is none, and after
// a failure later each time. Pure: knows no clock and no tracker.
#pragma once

#include <cstdint>
#include <optional>

#include "rules/time.hpp"

namespace cb {

// How often a tracker is asked at most; people who write see an answer within it.
inline constexpr Seconds k_quickest_poll{10};
// After a failure the tracker is asked again at the latest so long after: an outage of hours ends within minutes.
inline constexpr Seconds k_longest_outage_wait{300};

class Rhythm {
 public:
  // `every`: the calm rhythm (poll_every of the configuration).
  explicit Rhythm(Seconds every);

  // How long to wait after a list that led to reading or writing issues, and after one that did not.
  [[nodiscard]] Seconds after_work();
  [[nodiscard]] Seconds after_nothing();
  // After a failure. `roll`: any 64 bits, so that several bridges do not come back at once; `asked`: the tracker's
  // wish.
  [[nodiscard]] Seconds after_failure(std::uint64_t roll, std::optional<Seconds> asked);
  [[nodiscard]] int failures() const { return failures_; }

 private:
  Seconds every_;
  Seconds wait_;
  int failures_ = 0;
};

}  // namespace cb
