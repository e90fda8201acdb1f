#include "bridge/http/rated_http.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>

namespace cb {

namespace {

// What a request costs; a second brings as many as requests are allowed in a minute.
constexpr std::int64_t k_cost = 60;

class RatedHttp final : public Http {
 public:
  RatedHttp(Http& inner, Clock& clock, int per_minute)
      : inner_(inner), clock_(clock), per_second_(per_minute), credit_(most()), at_(clock.now()) {
    assert(per_minute >= 1);
  }

  Result<HttpResponse> send(const HttpRequest& request) override {
    for (fill(); credit_ < k_cost; fill()) {
      clock_.sleep(Seconds((k_cost - credit_ + per_second_ - 1) / per_second_));
      // Who was woken early is being ended, and must not be held up here.
      if (clock_.now() == at_) break;
    }
    credit_ -= k_cost;
    return inner_.send(request);
  }

 private:
  // Of one second, and of one request where that is longer; and what a whole second brings more than a request costs.
  [[nodiscard]] std::int64_t most() const { return std::max(k_cost, per_second_) + k_cost - 1; }

  void fill() {
    const auto now = clock_.now();
    // A clock that was set back costs nothing.
    const auto passed = std::clamp<std::int64_t>((now - at_).count(), 0, k_cost);
    credit_ = std::min(most(), credit_ + passed * per_second_);
    at_ = now;
  }

  Http& inner_;
  Clock& clock_;
  std::int64_t per_second_;
  std::int64_t credit_;
  Instant at_;
};

}  // namespace

std::unique_ptr<Http> make_rated_http(Http& inner, Clock& clock, int per_minute) {
  return std::make_unique<RatedHttp>(inner, clock, per_minute);
}

}  // namespace cb
