// An Http that counts what it sends and how it was answered, for the metrics: by tracker, method and class of status,
// never by what was asked for. It also notes how far the server's clock is off ours, from the Date of its answers. To
// be put directly on the client, so that what a pace repeats counts each time and what it holds back does not.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "adapters/http.hpp"
#include "bridge/http/http_counts.hpp"
#include "bridge/ports/clock.hpp"

namespace cb {

using Stopwatch = std::function<std::chrono::steady_clock::time_point()>;

// All that is referred to must outlive it. One thread at a time per object; those that share the counts may run at
// once.
std::unique_ptr<Http> make_counted_http(Http& inner, std::string tracker, HttpCounts& counts, Clock& clock,
                                        Stopwatch stopwatch = std::chrono::steady_clock::now);

}  // namespace cb
