#include "bridge/http/pace.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "bridge/http/paced_http.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/virtual_clock.hpp"

namespace cb {

namespace {

const auto k_noon = *instant_from_iso("2026-11-27T12:00:00Z");

HttpRequest put(const std::string& issue) {
  return {"PUT", "/rest/api/3/issue/" + issue, {}, "{}"};
}
const HttpRequest k_get{"GET", "/rest/api/3/myself", {}, ""};

// Milliseconds pass; now() tells whole seconds.
class FineClock final : public Clock {
 public:
  Instant now() override { return k_noon + Seconds(milliseconds / 1000); }
  void sleep(Seconds duration) override { milliseconds += duration.count() * 1000; }
  std::int64_t milliseconds = 0;
};

// A millisecond passes with every so many requests.
class FineServer final : public Http {
 public:
  FineServer(FineClock& clock, std::size_t quick) : clock_(clock), quick_(quick) {}
  Result<HttpResponse> send(const HttpRequest&) override {
    times.push_back(clock_.milliseconds);
    if (times.size() % quick_ == 0) ++clock_.milliseconds;
    return HttpResponse{204, {}, ""};
  }
  std::vector<std::int64_t> times;

 private:
  FineClock& clock_;
  std::size_t quick_;
};

// The most that any half-open span of that length sees; `times` sorted.
std::size_t most_within(const std::vector<std::int64_t>& times, std::int64_t span) {
  std::size_t most = 0;
  std::size_t from = 0;
  for (std::size_t to = 0; to < times.size(); ++to) {
    while (times[to] - times[from] >= span) ++from;
    most = std::max(most, to - from + 1);
  }
  return most;
}

}  // namespace

TEST_CASE("10,000 requests at once: no window sees more than is allowed") {
  struct Row {
    const char* name;
    std::function<HttpRequest(int)> request;
    std::vector<std::pair<std::int64_t, std::size_t>> limits;  // milliseconds, requests
    std::int64_t at_most_seconds;
  };
  const Row rows[] = {
      {"reading", [](int) { return k_get; }, {{1000, 50}}, 420},
      {"searching",
       [](int) {
         return HttpRequest{"POST", "/rest/api/3/search/jql", {}, ""};
       },
       {{1000, 50}},
       420},
      {"one issue", [](int) { return put("10068"); }, {{1000, 25}, {2000, 20}, {30'000, 100}}, 5'000},
      {"many issues", [](int i) { return put(std::to_string(i)); }, {{1000, 25}}, 900},
  };
  for (const auto& row : rows) {
    // Whatever is taken in the last millisecond of a second, one burst ends just with it.
    for (std::size_t quick = 1; quick <= 45; quick += k_stride) {
      CAPTURE(row.name);
      CAPTURE(quick);
      FineClock clock;
      clock.milliseconds = 999;
      SeededChance chance{1};
      FineServer server(clock, quick);
      const auto pace = std::make_shared<Pace>("https://x.example");
      const auto http = make_paced_http(server, clock, chance, pace);
      for (int i = 0; i < 10'000; ++i) REQUIRE(http->send(row.request(i)));
      REQUIRE(server.times.size() == 10'000);
      for (const auto& entry : row.limits) {
        const auto& [span, most] = entry;
        CAPTURE(entry.first);
        CHECK(most_within(server.times, span) <= most);
      }
      CHECK(server.times.back() / 1000 <= row.at_most_seconds);
      CHECK(pace->buckets() <= 4096);
    }
  }
}

TEST_CASE("memory is bounded, whatever is written") {
  VirtualClock clock(k_noon);
  Pace pace("https://x.example", 10);
  for (int i = 0; i < 2'000; ++i) {
    const auto request = put(std::to_string(i));
    while (pace.turn(request, clock.now()) > Seconds(0)) clock.sleep(Seconds(1));
    CHECK(pace.heard(request, {429, {{"RateLimit-Reason", "jira-per-issue-on-write"}, {"Retry-After", "1"}}, ""},
                     clock.now(), 0));
    REQUIRE(pace.buckets() <= 10);
  }
}

TEST_CASE("threads on one host take no more than one would") {
  Pace pace("https://x.example");
  std::atomic<int> granted = 0;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 1'000; ++i) {
        if (pace.turn(k_get, k_noon) == Seconds(0)) ++granted;
        if (pace.heard(put(std::to_string(i)), {204, {}, ""}, k_noon, 0)) granted = 1'000'000;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(granted == 25);
}

}  // namespace cb
