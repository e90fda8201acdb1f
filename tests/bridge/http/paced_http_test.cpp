#include "bridge/http/paced_http.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <vector>

#include "tests/support/virtual_clock.hpp"

namespace cb {

namespace {

const auto k_noon = *instant_from_iso("2026-11-27T12:00:00Z");

HttpRequest put(const std::string& issue) {
  return {"PUT", "/rest/api/3/issue/" + issue, {}, "{}"};
}
const HttpRequest k_get{"GET", "/rest/api/3/myself", {}, ""};

// Answers in turn, then 200; remembers when what was asked.
class Script final : public Http {
 public:
  explicit Script(Clock& clock) : clock_(clock) {}
  Result<HttpResponse> send(const HttpRequest& request) override {
    sent.push_back({request.method + " " + request.target, clock_.now()});
    if (answers.empty()) return HttpResponse{200, {}, "{}"};
    auto answer = answers.front();
    answers.pop_front();
    return answer;
  }
  struct Sent {
    std::string what;
    Instant at;
  };
  std::vector<Sent> sent;
  std::deque<HttpResponse> answers;

 private:
  Clock& clock_;
};

struct World {
  VirtualClock clock{k_noon};
  SeededChance chance{7};
  Script script{clock};
  std::shared_ptr<Pace> pace = std::make_shared<Pace>("https://x.example");
  std::unique_ptr<Http> http = make_paced_http(script, clock, chance, pace);

  int status(const HttpRequest& request) {
    const auto answer = http->send(request);
    return answer ? answer->status : -1;
  }
  [[nodiscard]] std::int64_t elapsed() { return (clock.now() - k_noon).count(); }
};

HttpResponse refusal(Headers headers = {}) {
  return {429, std::move(headers), "{}"};
}

}  // namespace

TEST_CASE("a bulk edit is asked about once a second") {
  World world;
  const HttpRequest ask{"GET", "/rest/api/3/bulk/queue/1", {}, ""};
  for (int i = 0; i < 5; ++i) CHECK(world.status(ask) == 200);
  CHECK(world.elapsed() == 4);
  CHECK(world.status(k_get) == 200);
  CHECK(world.elapsed() == 4);
}

TEST_CASE("a refused request is sent again after the wait, also a write") {
  World world;
  world.script.answers = {refusal({{"Retry-After", "7"}}), refusal({{"retry-after", "2"}})};
  CHECK(world.status(put("1")) == 200);
  CHECK(world.script.sent.size() == 3);
  CHECK(world.script.sent[1].at == k_noon + Seconds(7));
  CHECK(world.script.sent[2].at == k_noon + Seconds(9));
}

TEST_CASE("three times, then the refusal is handed up with its wait") {
  World world;
  world.script.answers = {refusal({{"Retry-After", "1"}}), refusal({{"Retry-After", "1"}}),
                          refusal({{"Retry-After", "1"}}), refusal({{"Retry-After", "4"}})};
  const auto answer = world.http->send(k_get);
  REQUIRE(answer);
  CHECK(answer->status == 429);
  CHECK(world.script.sent.size() == 4);
  CHECK(error_of(*answer, "reading").retry_after == Seconds(4));
}

TEST_CASE("a long wait is not waited, and nothing is sent until it is over") {
  World world;
  world.script.answers = {refusal({{"Retry-After", "31"}})};
  CHECK(world.status(k_get) == 429);
  CHECK(world.clock.sleeps.empty());
  const auto unsent = world.http->send(put("1"));
  REQUIRE_FALSE(unsent);
  CHECK(unsent.error().kind == ErrorKind::retry_later);
  CHECK(unsent.error().retry_after == Seconds(31));
  CHECK(unsent.error().what.find("https://x.example") != std::string::npos);
  CHECK(unsent.error().what.find("31s") != std::string::npos);
  CHECK(world.script.sent.size() == 1);
  world.clock.set(k_noon + Seconds(20));
  CHECK(world.status(k_get) == 200);  // 11 s are waited
  CHECK(world.clock.now() == k_noon + Seconds(31));
}

TEST_CASE("without Retry-After it waits by itself, twice as long each time") {
  World world;
  world.script.answers = {refusal(), refusal(), refusal(), refusal()};
  const auto answer = world.http->send(k_get);
  REQUIRE(answer);
  CHECK(answer->status == 429);
  // The third wait may be up to 30 s, the fourth is longer than that.
  REQUIRE(world.clock.sleeps.size() == 3);
  const std::int64_t base[] = {5, 10, 20};
  for (int i = 0; i < 3; ++i) {
    CHECK(world.clock.sleeps[i].count() >= base[i]);
    CHECK(world.clock.sleeps[i].count() <= base[i] + base[i] / 2);
  }
  const auto told = error_of(*answer, "reading").retry_after;
  REQUIRE(told);
  CHECK(told->count() >= 40);
  CHECK(told->count() <= 60);
  // A success begins anew.
  world.clock.set(world.clock.now() + std::chrono::hours(1));
  CHECK(world.status(k_get) == 200);
  world.script.answers = {refusal()};
  CHECK(world.status(k_get) == 200);
  CHECK(world.clock.sleeps.back().count() <= 7);
}

TEST_CASE("the limit of one issue's writes holds nothing else back") {
  World world;
  world.script.answers = {refusal({{"Retry-After", "25"}, {"RateLimit-Reason", "jira-per-issue-on-write"}})};
  const auto wait = world.pace->heard(put("1"), world.script.answers.front(), k_noon, 0);
  CHECK(wait == Seconds(25));
  world.script.answers.clear();
  CHECK(world.status(put("2")) == 200);
  CHECK(world.status(k_get) == 200);
  CHECK(world.status({"GET", "/rest/api/3/issue/1", {}, ""}) == 200);
  CHECK(world.elapsed() == 0);
  CHECK(world.status({"POST", "/rest/api/3/issue/1/comment", {}, "{}"}) == 200);
  CHECK(world.elapsed() == 25);
}

TEST_CASE("a used-up budget is waited for before the next request") {
  World cloud;
  cloud.script.answers = {{200, {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "2026-11-27T12:00:20Z"}}, "a"}};
  CHECK(cloud.http->send(k_get)->body == "a");
  CHECK(cloud.elapsed() == 0);
  CHECK(cloud.status(k_get) == 200);
  CHECK(cloud.elapsed() == 20);

  World data_center;
  data_center.script.answers = {
      {200, {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Interval-Seconds", "3"}, {"Retry-After", "0"}}, ""}};
  CHECK(data_center.status(k_get) == 200);
  CHECK(data_center.status(k_get) == 200);
  CHECK(data_center.elapsed() == 3);
}

TEST_CASE("only what was refused is sent twice") {
  World world;
  world.script.answers = {
      {503, {{"Content-Type", "text/html"}}, "<html>"}, {500, {}, ""}, {408, {}, ""}, {409, {}, ""}};
  for (const int status : {503, 500, 408, 409}) CHECK(world.status(put("1")) == status);
  CHECK(world.script.sent.size() == 4);
  CHECK(world.elapsed() == 0);
  world.script.answers = {{503, {{"Retry-After", "12"}}, "<html>"}};
  CHECK(world.status(put("1")) == 503);
  CHECK(world.elapsed() == 0);
  CHECK(world.status(k_get) == 200);
  CHECK(world.elapsed() == 12);
}

TEST_CASE("a clock that is set back does not stop everything") {
  World world;
  world.script.answers = {refusal({{"Retry-After", "100"}})};
  CHECK(world.status(k_get) == 429);
  world.clock.set(k_noon - std::chrono::hours(3));
  const auto unsent = world.http->send(k_get);
  REQUIRE_FALSE(unsent);
  CHECK(unsent.error().retry_after == Seconds(100));
  world.clock.set(k_noon - std::chrono::hours(3) + Seconds(100));
  CHECK(world.status(k_get) == 200);
}

TEST_CASE("trackers on one host share its pace") {
  Paces paces;
  const auto one = paces.of("https://x.example/jira");
  CHECK(paces.of("https://x.example:443") == one);
  CHECK(paces.of("https://y.example") != one);
  CHECK(paces.of("no address") == paces.of("no address"));
  CHECK(one->host() == "https://x.example");

  World world;
  const auto other = make_paced_http(world.script, world.clock, world.chance, world.pace);
  world.script.answers = {refusal({{"Retry-After", "40"}})};
  CHECK(world.status(k_get) == 429);
  CHECK_FALSE(other->send(k_get));
}

}  // namespace cb
