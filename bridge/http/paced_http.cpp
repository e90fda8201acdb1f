#include "bridge/http/paced_http.hpp"

#include <string>
#include <utility>

#include "bridge/http/retry_after_http.hpp"

namespace cb {

namespace {

constexpr int k_repeats = 3;
constexpr Seconds k_longest_wait{30};
// With many threads on one host the turn may go to others again and again.
constexpr Seconds k_patience{120};

class PacedHttp final : public Http {
 public:
  PacedHttp(Http& inner, Clock& clock, Chance& chance, std::shared_ptr<Pace> pace)
      : inner_(inner), clock_(clock), chance_(chance), pace_(std::move(pace)) {}

  Result<HttpResponse> send(const HttpRequest& request) override {
    for (int repeats = 0;; ++repeats) {
      if (auto unsent = wait_for_turn(request)) return Failure(*std::move(unsent));
      auto answer = inner_.send(request);
      if (!answer) return answer;
      const auto wait = pace_->heard(request, *answer, clock_.now(), chance_.next());
      if (!wait) return answer;
      if (repeats == k_repeats || *wait > k_longest_wait) return with_retry_after(*std::move(answer), *wait);
    }
  }

 private:
  std::optional<Error> wait_for_turn(const HttpRequest& request) {
    Seconds waited{0};
    for (;;) {
      const auto wait = pace_->turn(request, clock_.now());
      if (wait == Seconds(0)) return {};
      if (wait > k_longest_wait || waited + wait > k_patience)
        return Error{ErrorKind::retry_later,
                     "the request was not sent: " + pace_->host() + " limits how fast it may be asked, and wants " +
                         duration_text(wait) + " more of a pause",
                     wait};
      clock_.sleep(wait);
      waited += wait;
    }
  }

  Http& inner_;
  Clock& clock_;
  Chance& chance_;
  std::shared_ptr<Pace> pace_;
};

}  // namespace

std::unique_ptr<Http> make_paced_http(Http& inner, Clock& clock, Chance& chance, std::shared_ptr<Pace> pace) {
  return std::make_unique<PacedHttp>(inner, clock, chance, std::move(pace));
}

}  // namespace cb
