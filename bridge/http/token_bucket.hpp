// A bucket of tokens: it holds `capacity` of them, gets `per_second` new ones each second, and whoever wants to do
// something takes one. A value without a clock; one thread at a time.
#pragma once

#include <cstdint>

#include "rules/time.hpp"

namespace cb {

class TokenBucket {
 public:
  // Full. Both at least one.
  TokenBucket(std::int64_t capacity, std::int64_t per_second, Instant now);

  // How long until there is one; zero: now. A clock that was set back costs nobody more than one refill.
  [[nodiscard]] Seconds wait(Instant now);
  // Once wait() gave zero.
  void take();
  [[nodiscard]] bool is_full(Instant now) const;

 private:
  [[nodiscard]] std::int64_t tokens_at(Instant now) const;

  std::int64_t capacity_;
  std::int64_t per_second_;
  std::int64_t tokens_;
  Instant filled_;
};

}  // namespace cb
