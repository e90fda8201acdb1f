// How fast one host of Jira may be asked, by all trackers on it together: buckets of tokens for its limits, and pauses
// that its answers asked for. Knows no clock and sends nothing. Any number of threads. Memory is bounded: buckets that
// are full say nothing and are dropped when there are too many.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "adapters/http.hpp"
#include "adapters/jira/jira_limits.hpp"
#include "bridge/http/token_bucket.hpp"

namespace cb {

class Pace {
 public:
  // `host`: as messages call it.
  explicit Pace(std::string host, std::size_t most_buckets = 4096);

  // Zero: the request may be sent now, and its tokens are taken. Else: ask again after so long.
  [[nodiscard]] Seconds turn(const HttpRequest& request, Instant now);
  // What the answer asks for holds from now on. Of one that was refused (429): how long until the request may be
  // repeated, by the answer, or where that does not tell, by ourselves, twice as long each time. `roll`: any 64 bits,
  // so that several clients do not come back at once.
  std::optional<Seconds> heard(const HttpRequest& request, const HttpResponse& response, Instant now,
                               std::uint64_t roll);
  [[nodiscard]] std::size_t buckets() const;
  [[nodiscard]] const std::string& host() const { return host_name_; }

 private:
  struct Pause {
    Instant since;
    Seconds length{0};
    int refusals = 0;  // in a row
  };
  static Seconds left_of(const Pause& pause, Instant now);
  // After the clock was set back it is the whole length again, and not until that time of day comes back.
  static Seconds left_from(Pause& pause, Instant now);
  static void lengthen(Pause& pause, Seconds wait, Instant now);
  // Null: there are too many.
  TokenBucket* bucket_of(const JiraRate& rate, Instant now);
  Pause& pause_of(const std::string& issue, Instant now);
  void calm_down(const std::string& issue, Instant now);
  Seconds pause_left(const std::string& issue, Instant now);

  const std::string host_name_;
  const std::size_t most_;
  mutable std::mutex mutex_;
  std::map<std::string, TokenBucket> buckets_;
  Pause host_;
  std::map<std::string, Pause> issues_;  // writes of an issue
};

// The pace of each host, made when it is first asked for. Any number of threads.
class Paces {
 public:
  std::shared_ptr<Pace> of(const std::string& base_url);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Pace>> hosts_;
};

}  // namespace cb
