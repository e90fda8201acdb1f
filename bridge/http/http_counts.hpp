// How many requests went to trackers, how they were answered and how long that took; and how far the trackers' clocks
// are off ours. counted_http.hpp fills it, the metrics show it. Since the program started, over all trackers and
// reloads. Any number of threads.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "rules/time.hpp"

namespace cb {

class HttpCounts {
 public:
  struct Kind {
    std::string tracker;
    std::string method;  // GET, POST, PUT, DELETE; else `other`
    std::string status;  // 1xx to 5xx, 429 by itself, `none` where no answer came
    friend auto operator<=>(const Kind&, const Kind&) = default;
  };
  struct Sum {
    std::int64_t requests = 0;
    std::chrono::duration<double> time{0};  // until the answer was read
  };

  void add(const Kind& kind, std::chrono::duration<double> time) {
    const std::lock_guard lock(mutex_);
    auto& sum = sums_[kind];
    ++sum.requests;
    sum.time += time;
  }
  // The server's clock less ours; seconds, as exact as a Date header is.
  void set_skew(const std::string& tracker, Seconds skew) {
    const std::lock_guard lock(mutex_);
    skews_[tracker] = skew;
  }

  [[nodiscard]] std::map<Kind, Sum> sums() const {
    const std::lock_guard lock(mutex_);
    return sums_;
  }
  [[nodiscard]] std::map<std::string, Seconds> skews() const {
    const std::lock_guard lock(mutex_);
    return skews_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<Kind, Sum> sums_;
  std::map<std::string, Seconds> skews_;
};

}  // namespace cb
