#include "adapters/jira/jira_limits.hpp"

#include <doctest/doctest.h>

namespace cb {

namespace {

const auto k_noon = *instant_from_iso("2026-11-27T12:00:00Z");

std::string buckets_of(const std::string& method, const std::string& target) {
  std::string out;
  for (const auto& rate : jira_rates({method, target, {}, ""})) out += (out.empty() ? "" : ", ") + rate.bucket;
  return out;
}

}  // namespace

TEST_CASE("which requests share a limit") {
  struct Row {
    const char* method;
    const char* target;
    const char* buckets;
  };
  const Row rows[] = {
      {"GET", "/rest/api/3/issue/10068?fields=status", "GET"},
      {"POST", "/rest/api/3/search/jql", "POST"},
      {"POST", "/rest/api/3/issue/bulkfetch", "POST"},
      {"POST", "/rest/api/3/changelog/bulkfetch", "POST"},
      {"POST", "/rest/api/3/issue", "POST"},
      {"POST", "/rest/api/3/bulk/issues/fields", "POST"},
      {"PUT", "/rest/api/3/issue/10068?notifyUsers=false", "PUT, issue 10068 2 s, issue 10068 30 s"},
      {"PUT", "/rest/api/2/issue/ABC-12/properties/sla.bridge", "PUT, issue ABC-12 2 s, issue ABC-12 30 s"},
      {"POST", "/rest/api/3/issue/10068/comment", "POST, issue 10068 2 s, issue 10068 30 s"},
      {"DELETE", "/rest/api/3/issue/7/remotelink?globalId=a/b", "DELETE, issue 7 2 s, issue 7 30 s"},
      {"POST", "/rest/servicedeskapi/request/ABC-12/comment", "POST, issue ABC-12 2 s, issue ABC-12 30 s"},
      {"GET", "/rest/servicedeskapi/request/ABC-12/sla", "GET"},
      {"GET", "/rest/api/3/bulk/queue/10641", "GET, bulk queue"},
      {"GET", "/rest/api/3/search?jql=/bulk/queue/", "GET"},
      {"PUT", "/rest/api/3/issue/", "PUT"},
      {"PUT", "/rest/api/3/issue/-1", "PUT"},
      {"PUT", "/rest/api/3/issue/-", "PUT"},
      {"PUT", "", "PUT"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.target);
    CHECK(buckets_of(row.method, row.target) == row.buckets);
  }
}

TEST_CASE("half of what the site has") {
  for (const auto& entry : {std::pair("GET", 50), {"POST", 50}, {"PUT", 25}, {"DELETE", 25}}) {
    const auto& [method, most] = entry;
    const auto rate = jira_rates({method, "/rest/api/3/myself", {}, ""}).front();
    CAPTURE(entry.first);
    CHECK(rate.capacity + rate.per_second <= most);
    CHECK(rate.capacity + rate.per_second >= most - 1);
  }
  const auto rates = jira_rates({"PUT", "/rest/api/3/issue/1", {}, ""});
  REQUIRE(rates.size() == 3);
  CHECK(rates[1].capacity + 2 * rates[1].per_second == 20);
  CHECK(rates[2].capacity + 30 * rates[2].per_second == 100);
}

TEST_CASE("what an answer asks for") {
  struct Row {
    const char* name;
    int status;
    Headers headers;
    std::string pause;  // none, unknown, or seconds; with "issue" where only its writes wait
  };
  const Row rows[] = {
      {"success", 200, {}, "none"},
      {"success of Data Center", 200, {{"Retry-After", "0"}, {"X-RateLimit-Remaining", "3"}}, "none"},
      {"plenty left", 200, {{"X-RateLimit-Remaining", "1"}, {"X-RateLimit-Reset", "2026-11-27T13:00Z"}}, "none"},
      {"seconds", 429, {{"Retry-After", "7"}}, "7"},
      {"a date", 429, {{"Retry-After", "Fri, 27 Nov 2026 12:00:09 GMT"}}, "9"},
      {"a date by the server's clock",
       429,
       {{"Retry-After", "Fri, 27 Nov 2026 15:00:09 GMT"}, {"Date", "Fri, 27 Nov 2026 15:00:00 GMT"}},
       "9"},
      {"a date that is over", 429, {{"Retry-After", "Fri, 27 Nov 2026 11:00:09 GMT"}}, "unknown"},
      {"zero", 429, {{"Retry-After", "0"}}, "unknown"},
      {"nothing told", 429, {}, "unknown"},
      {"nonsense", 429, {{"Retry-After", "soon"}, {"X-RateLimit-Reset", "later"}}, "unknown"},
      {"a week", 429, {{"Retry-After", "604800"}}, "86400"},
      {"a number beyond all", 429, {{"Retry-After", "99999999999999999999"}}, "86400"},
      {"reset without seconds", 429, {{"X-RateLimit-Reset", "2026-11-27T12:01Z"}}, "60"},
      {"reset with parts", 429, {{"X-RateLimit-Reset", "2026-11-27T12:00:30.500Z"}}, "30"},
      {"reset with an offset", 429, {{"X-RateLimit-Reset", "2026-11-27T12:00:30+00:00"}}, "30"},
      {"reset by the server's clock",
       429,
       {{"X-RateLimit-Reset", "2026-11-27T14:00Z"}, {"Date", "Fri, 27 Nov 2026 13:59:00 GMT"}},
       "60"},
      {"reset that is over", 429, {{"X-RateLimit-Reset", "2026-11-27T11:00Z"}}, "1"},
      {"used up, Cloud", 200, {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "2026-11-27T12:02Z"}}, "120"},
      {"used up, Data Center",
       200,
       {{"X-RateLimit-Remaining", "0"},
        {"X-RateLimit-Interval-Seconds", "10"},
        {"X-RateLimit-FillRate", "5"},
        {"Retry-After", "0"}},
       "10"},
      {"used up, told nothing", 200, {{"X-RateLimit-Remaining", "0"}}, "none"},
      {"used up, and told", 200, {{"X-RateLimit-Remaining", "0"}, {"Retry-After", "4"}}, "4"},
      {"down", 503, {{"Content-Type", "text/html"}}, "none"},
      {"down for a while", 503, {{"Retry-After", "20"}}, "20"},
      {"success with Retry-After", 200, {{"Retry-After", "20"}}, "none"},
      {"one issue", 429, {{"Retry-After", "3"}, {"RateLimit-Reason", "jira-per-issue-on-write"}}, "3 issue"},
      {"burst", 429, {{"Retry-After", "3"}, {"RateLimit-Reason", "jira-burst-based"}}, "3"},
      {"informational", 200, {{"Beta-RateLimit-Remaining", "0"}, {"Beta-Retry-After", "5"}}, "none"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto pause = jira_pause({row.status, row.headers, ""}, k_noon);
    std::string text = !pause ? "none" : pause->wait ? std::to_string(pause->wait->count()) : "unknown";
    if (pause && pause->issue_only) text += " issue";
    CHECK(text == row.pause);
    if (pause) CHECK(pause->refused == (row.status == 429));
  }
}

}  // namespace cb
