#include "bridge/http/counted_http.hpp"

#include <doctest/doctest.h>

#include "tests/support/virtual_clock.hpp"

namespace cb {

namespace {

using namespace std::chrono_literals;

// Gives the same answer again and again, each after a quarter of a second.
class Server final : public Http {
 public:
  Result<HttpResponse> send(const HttpRequest&) override {
    now += 250ms;
    return answer;
  }
  Result<HttpResponse> answer = HttpResponse{200, {}, "{}"};
  std::chrono::steady_clock::time_point now{};
};

struct World {
  VirtualClock clock{*instant_from_iso("2026-11-27T12:00:00Z")};
  Server server;
  HttpCounts counts;
  std::unique_ptr<Http> http = make_counted_http(server, "support", counts, clock, [this] { return server.now; });

  void ask(const std::string& method, Result<HttpResponse> answer) {
    server.answer = std::move(answer);
    const auto got = http->send({method, "/issues/4711?key=secret", {}, ""});
    CHECK(got.has_value() == server.answer.has_value());
  }
  [[nodiscard]] std::string shown() const {
    std::string text;
    for (const auto& [kind, sum] : counts.sums()) {
      text += kind.tracker + " " + kind.method + " " + kind.status + " " + std::to_string(sum.requests) + " in " +
              std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(sum.time).count()) + " ms\n";
    }
    return text;
  }
};

}  // namespace

TEST_CASE("requests are counted by method and class of status, with the time they took") {
  World world;
  CHECK(world.shown().empty());
  for (const int status : {200, 201, 304, 404, 429, 503, 999, 0}) world.ask("GET", HttpResponse{status, {}, ""});
  world.ask("PUT", HttpResponse{204, {}, ""});
  world.ask("BREW", HttpResponse{418, {}, ""});
  world.ask("GET", failure(ErrorKind::retry_later, "no answer"));
  CHECK(world.shown() ==
        "support GET 2xx 2 in 500 ms\n"
        "support GET 3xx 1 in 250 ms\n"
        "support GET 429 1 in 250 ms\n"
        "support GET 4xx 1 in 250 ms\n"
        "support GET 5xx 1 in 250 ms\n"
        "support GET none 3 in 750 ms\n"
        "support PUT 2xx 1 in 250 ms\n"
        "support other 4xx 1 in 250 ms\n");
}

TEST_CASE("the last answer with a date tells how far the server's clock is off") {
  World world;
  world.ask("GET", HttpResponse{200, {}, ""});
  CHECK(world.counts.skews().empty());
  world.ask("GET", HttpResponse{200, {{"Date", "Fri, 27 Nov 2026 12:07:00 GMT"}}, ""});
  CHECK(world.counts.skews().at("support") == Seconds{420});
  world.clock.set(world.clock.now() + Seconds{600});
  world.ask("GET", HttpResponse{500, {{"Date", "Fri, 27 Nov 2026 12:07:00 GMT"}}, ""});
  CHECK(world.counts.skews().at("support") == Seconds{-180});
  world.ask("GET", HttpResponse{200, {{"Date", "now"}}, ""});
  CHECK(world.counts.skews().at("support") == Seconds{-180});
}

TEST_CASE("trackers that share the counts are told apart") {
  World world;
  const auto other = make_counted_http(world.server, "bugs", world.counts, world.clock);
  REQUIRE(other->send({"GET", "/", {}, ""}));
  world.ask("GET", HttpResponse{200, {}, ""});
  CHECK(world.counts.sums().size() == 2);
}

}  // namespace cb
