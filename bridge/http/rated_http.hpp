// An Http that sends at most so many requests a minute, spread evenly over it: it waits before a request that would be
// too soon. For a backfill that must not be felt by people. One thread at a time.
#pragma once

#include <memory>

#include "adapters/http.hpp"
#include "bridge/ports/clock.hpp"

namespace cb {

// `inner` and `clock` have to outlive it; `per_minute` is at least 1.
std::unique_ptr<Http> make_rated_http(Http& inner, Clock& clock, int per_minute);

}  // namespace cb
