// At most so many requests a minute.
#include "bridge/http/rated_http.hpp"

#include <doctest/doctest.h>

#include "tests/support/virtual_clock.hpp"

using namespace cb;

namespace {

class Counting final : public Http {
 public:
  Result<HttpResponse> send(const HttpRequest&) override {
    ++sent;
    return HttpResponse{200, {}, ""};
  }
  int sent = 0;
};

// A clock whose sleepers are woken at once, as by the end of the program.
class Ending final : public Clock {
 public:
  Instant now() override { return Instant(Seconds(1000)); }
  void sleep(Seconds) override { ++sleeps; }
  int sleeps = 0;
};

}  // namespace

TEST_CASE("no minute sees more requests than are allowed, and none fewer than it could") {
  for (const int per_minute : {1, 7, 60, 90, 600}) {
    CAPTURE(per_minute);
    VirtualClock clock(Instant(Seconds(1'000'000)));
    Counting inner;
    const auto http = make_rated_http(inner, clock, per_minute);
    const auto began = clock.now();
    const auto requests = per_minute * 10;
    std::vector<Instant> sent;
    for (int i = 0; i < requests; ++i) {
      REQUIRE(http->send({"GET", "/", {}, ""}).has_value());
      sent.push_back(clock.now());
    }
    CHECK(inner.sent == requests);
    const auto minutes = std::chrono::duration<double>(clock.now() - began).count() / 60;
    CHECK(minutes > 7.9);
    CHECK(minutes <= 10.0);
    // The first ones find a second's worth of credit.
    const auto most = static_cast<std::size_t>(per_minute + std::max(1, per_minute / 60));
    for (std::size_t i = most; i < sent.size(); ++i) CHECK(sent[i] - sent[i - most] >= Seconds{59});
  }
}

TEST_CASE("a clock that is set back costs nothing, and who ends is not held up") {
  VirtualClock clock(Instant(Seconds(1'000'000)));
  Counting inner;
  const auto http = make_rated_http(inner, clock, 60);
  for (int i = 0; i < 10; ++i) static_cast<void>(http->send({"GET", "/", {}, ""}));
  clock.set(clock.now() - Seconds(3600));
  const auto set_back = clock.now();
  static_cast<void>(http->send({"GET", "/", {}, ""}));
  CHECK(clock.now() - set_back <= Seconds{2});

  Ending ending;
  const auto last = make_rated_http(inner, ending, 1);
  for (int i = 0; i < 5; ++i) static_cast<void>(last->send({"GET", "/", {}, ""}));
  CHECK(ending.sleeps == 4);
}
