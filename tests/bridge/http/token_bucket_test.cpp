#include "bridge/http/token_bucket.hpp"

#include <doctest/doctest.h>

namespace cb {

namespace {

const auto k_noon = *instant_from_iso("2026-11-27T12:00:00Z");

int taken_at(TokenBucket& bucket, Instant now) {
  int taken = 0;
  while (bucket.wait(now) == Seconds(0)) {
    bucket.take();
    ++taken;
  }
  return taken;
}

}  // namespace

TEST_CASE("a bucket gives what it holds, then what it gets") {
  TokenBucket bucket(10, 5, k_noon);
  CHECK(bucket.is_full(k_noon));
  CHECK(taken_at(bucket, k_noon) == 10);
  CHECK(bucket.wait(k_noon) == Seconds(1));
  CHECK_FALSE(bucket.is_full(k_noon));
  CHECK(taken_at(bucket, k_noon + Seconds(1)) == 5);
  CHECK(taken_at(bucket, k_noon + Seconds(1)) == 0);
  CHECK_FALSE(bucket.is_full(k_noon + Seconds(2)));
  CHECK(bucket.is_full(k_noon + Seconds(3)));
  CHECK(taken_at(bucket, k_noon + Seconds(1000)) == 10);
  CHECK(taken_at(bucket, Instant::max()) == 10);
}

TEST_CASE("a clock that was set back neither stops nor fills a bucket") {
  TokenBucket bucket(3, 1, k_noon);
  CHECK(taken_at(bucket, k_noon) == 3);
  const auto earlier = k_noon - std::chrono::hours(5);
  CHECK(taken_at(bucket, earlier) == 0);
  CHECK(taken_at(bucket, earlier + Seconds(1)) == 1);
}

}  // namespace cb
