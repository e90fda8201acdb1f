// A pause until an instant, by our clock where the server tells no time.
#include "bridge/http/retry_after_http.hpp"

#include <doctest/doctest.h>

#include "tests/support/virtual_clock.hpp"

using namespace cb;

namespace {

class Answering final : public Http {
 public:
  explicit Answering(HttpResponse answer) : answer_(std::move(answer)) {}
  Result<HttpResponse> send(const HttpRequest&) override { return answer_; }

 private:
  HttpResponse answer_;
};

}  // namespace

TEST_CASE("a pause until an instant becomes seconds, by the server's time, else by ours") {
  struct Row {
    const char* name;
    const char* after;
    const char* date;
    std::optional<Seconds> wait;
  };
  const Row rows[] = {
      {"no time told", "Mon, 23 Nov 2026 10:01:00 GMT", "", Seconds(60)},
      {"another time told", "Mon, 23 Nov 2026 10:01:00 GMT", "Mon, 23 Nov 2026 10:00:30 GMT", Seconds(30)},
      {"over", "Mon, 23 Nov 2026 09:59:00 GMT", "", Seconds(0)},
      {"seconds", "7", "", Seconds(7)},
      {"nonsense", "soon", "", {}},
      {"none", "", "", {}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    VirtualClock clock(Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(10)));
    HttpResponse response{429, {}, "busy"};
    if (*row.after != '\0') response.headers.emplace_back("retry-after", row.after);
    if (*row.date != '\0') response.headers.emplace_back("Date", row.date);
    Answering inner(response);
    const auto answer = make_retry_after_http(inner, clock)->send({"GET", "/", {}, ""});
    REQUIRE(answer.has_value());
    CHECK(answer->status == 429);
    CHECK(answer->body == "busy");
    CHECK(retry_after(*answer) == row.wait);
  }
}
