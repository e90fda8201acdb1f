#include "bridge/http/token_bucket.hpp"

#include <algorithm>
#include <cassert>

namespace cb {

TokenBucket::TokenBucket(std::int64_t capacity, std::int64_t per_second, Instant now)
    : capacity_(capacity), per_second_(per_second), tokens_(capacity), filled_(now) {
  assert(capacity >= 1 && per_second >= 1);
}

std::int64_t TokenBucket::tokens_at(Instant now) const {
  // After as many seconds as it has places it is full, whatever the rate: no product can overflow.
  const auto elapsed = std::clamp<std::int64_t>((now - filled_).count(), 0, capacity_);
  return std::min(capacity_, tokens_ + elapsed * per_second_);
}

Seconds TokenBucket::wait(Instant now) {
  tokens_ = tokens_at(now);
  filled_ = now;
  return Seconds(tokens_ > 0 ? 0 : 1);
}

void TokenBucket::take() {
  assert(tokens_ > 0);
  --tokens_;
}

bool TokenBucket::is_full(Instant now) const {
  return tokens_at(now) == capacity_;
}

}  // namespace cb
