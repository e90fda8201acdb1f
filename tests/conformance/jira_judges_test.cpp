// The judges themselves: what is asked of them, how their words are read, and that they are awake. Exchanges that are
// wrong on purpose must be reported, for validators that let everything through look like an adapter without faults.
#include "tests/conformance/jira_judges.hpp"

#include <doctest/doctest.h>

#include "bridge/http/client.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

// A fake whose answer is always the same.
class OneAnswer : public FakeTracker {
 public:
  explicit OneAnswer(HttpResponse response) : response_(std::move(response)) {}

 private:
  HttpResponse answer(const HttpRequest& /*request*/) override { return response_; }

  HttpResponse response_;
};

HttpResponse json(int status, const std::string& body) {
  return {status, {{"Content-Type", "application/json"}}, body};
}

HttpRequest asked(const std::string& method, const std::string& target, const std::string& body = {}) {
  HttpRequest request{method, target, {{"Accept", "application/json"}, {"Authorization", "Basic Ym90OnRva2Vu"}}, body};
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  return request;
}

struct Row {
  std::string name;
  JiraHome home;
  HttpRequest request;
  HttpResponse answer;
  std::string blamed = {};  // what the violation's words must name; empty: there must be none
  bool is_sent_on = true;   // false: the request itself is wrong
};

const char* const k_info =
    R"({"baseUrl":"http://jira.example","version":"10.3.0","versionNumbers":[10,3,0],"deploymentType":"Server",
        "buildNumber":10030000,"serverTime":"2026-06-09T07:00:00.000+0000","serverTitle":"Jira"})";
const char* const k_desk_info =
    R"({"version":"5.12","platformVersion":"10.3","buildChangeSet":"0123","isLicensedForUse":true,
        "buildDate":{"iso8601":"2026-06-09T07:00:00+0000","jira":"2026-06-09T07:00:00.000+0000",
                     "friendly":"9/Jun/26","epochMillis":1780988400000}})";
const char* const k_found =
    R"({"issues":[{"id":"10000","key":"SUP-1","self":"http://jira.example/rest/api/3/issue/10000"}],"isLast":true})";
const char* const k_id_as_number =
    R"({"issues":[{"id":10000,"key":"SUP-1","self":"http://jira.example/rest/api/3/issue/10000"}],"isLast":true})";
const char* const k_data_center_found =
    R"({"startAt":0,"maxResults":50,"total":1,"issues":[{"id":"10000","key":"SUP-1","fields":{},
        "self":"http://jira.example/rest/api/2/issue/10000"}]})";
const char* const k_query = R"({"jql":"project = SUP ORDER BY key ASC","fields":["updated"],"maxResults":50})";
const char* const k_forgotten_type =
    R"({"body":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"text":"Hello"}]}]}})";

const std::vector<Row>& right_ones() {
  using enum JiraHome;
  static const std::vector<Row> k_rows{
      {"Cloud: the server", cloud, asked("GET", "/rest/api/3/serverInfo"), json(200, k_info)},
      {"Cloud: a search", cloud, asked("POST", "/rest/api/3/search/jql", k_query), json(200, k_found)},
      {"Cloud: a space in the query", cloud, asked("GET", "/rest/api/3/user/search?query=Ann%20Bee"), json(200, "[]")},
      {"service desk", cloud, asked("GET", "/rest/servicedeskapi/info"), json(200, k_desk_info)},
      {"Data Center: the server", data_center, asked("GET", "/rest/api/2/serverInfo"), json(200, k_info)},
      {"Data Center: a search", data_center, asked("POST", "/rest/api/2/search", k_query),
       json(200, k_data_center_found)},
  };
  return k_rows;
}

HttpResponse info_with(const std::string& part, const std::string& other) {
  std::string text = k_info;
  return json(200, text.replace(text.find(part), part.size(), other));
}

const std::vector<Row>& wrong_on_cloud() {
  static const auto k_at = JiraHome::cloud;
  static const std::vector<Row> k_rows{
      {"a number in words", k_at,
       asked("POST", "/rest/api/3/search/jql", R"({"jql":"project = SUP","maxResults":"fifty"})"), json(200, k_found),
       "maxResults", false},
      {"an unknown parameter", k_at, asked("GET", "/rest/api/3/serverInfo?field=updated"), json(200, k_info), "field",
       false},
      {"a body without what it must have", k_at, asked("POST", "/rest/api/3/issue/bulkfetch", "{}"),
       json(200, R"({"issues":[]})"), "issueIdsOrKeys", false},
      {"a comment as plain text", k_at, asked("POST", "/rest/api/3/issue/10000/comment", R"({"body":"Hello"})"),
       json(201, R"({"id":"1"})"), "body must be object", false},
      {"a comment whose text has no type", k_at, asked("POST", "/rest/api/3/issue/10000/comment", k_forgotten_type),
       json(201, R"({"id":"1"})"), "body/body/content/0", false},
      {"an answer with a text for a number", k_at, asked("GET", "/rest/api/3/serverInfo"),
       info_with("10030000", "\"many\""), "buildNumber"},
      {"an answer without what it must have", k_at, asked("GET", "/rest/api/3/serverInfo"),
       info_with("serverTitle", "title"), "serverTitle"},
      {"an answer with an id that is no text", k_at, asked("POST", "/rest/api/3/search/jql", k_query),
       json(200, k_id_as_number), "id must be string"},
      {"a page for an answer",
       k_at,
       asked("GET", "/rest/api/3/myself"),
       {200, {{"Content-Type", "text/html"}}, "<html></html>"},
       "text/html"},
      {"a status that nobody documents", k_at, asked("GET", "/rest/api/3/serverInfo"), json(418, "{}"), "status code"},
      {"service desk: a yes or no in words", k_at,
       asked("POST", "/rest/servicedeskapi/request/10000/comment", R"({"body":"Hello","public":"no"})"),
       json(201, R"({"id":"1"})"), "public", false},
      {"service desk: an answer of the wrong shape", k_at, asked("GET", "/rest/servicedeskapi/servicedesk"),
       json(200, R"({"values":{"id":"1"}})"), "values"},
  };
  return k_rows;
}

const std::vector<Row>& wrong_on_data_center() {
  static const auto k_at = JiraHome::data_center;
  static const std::vector<Row> k_rows{
      {"a number in words", k_at,
       asked("POST", "/rest/api/2/search", R"({"jql":"project = SUP","maxResults":"fifty"})"),
       json(200, k_data_center_found), "maxResults", false},
      {"an unknown parameter", k_at, asked("GET", "/rest/api/2/serverInfo?field=updated"), json(200, k_info), "field",
       false},
      {"a total in words", k_at, asked("POST", "/rest/api/2/search", k_query),
       json(200, R"({"startAt":0,"maxResults":50,"total":"one","issues":[]})"), "total"},
      {"a status that nobody documents", k_at, asked("GET", "/rest/api/2/serverInfo"), json(418, "{}"), "status code"},
  };
  return k_rows;
}

struct Outcome {
  Tally tally;
  int arrived = 0;
};

Outcome exchanged(const Row& row) {
  OneAnswer fake(row.answer);
  Outcome outcome;
  const auto http = judged_into(outcome.tally, std::make_unique<InProcessHttp>(fake), fake, row.home);
  const auto response = http->send(row.request);
  REQUIRE(response.has_value());
  outcome.arrived = fake.requests();
  if (outcome.arrived > 0) CHECK(response->body == row.answer.body);
  return outcome;
}

bool are_missing() {
  if (has_judges()) return false;
  MESSAGE("NOT CHECKED: that the validators notice what is wrong; tests/jira_judges.sh starts them");
  return true;
}

}  // namespace

TEST_CASE("judges: what is right is not blamed") {
  if (are_missing()) return;
  for (const auto& row : right_ones()) {
    CAPTURE(row.name);
    const auto outcome = exchanged(row);
    CHECK(outcome.arrived == 1);
    CHECK(outcome.tally.requests.size() == 1);
    for (const auto& violation : outcome.tally.violations) FAIL_CHECK(to_text(violation));
  }
}

TEST_CASE("judges: what is wrong is blamed, and wrong requests are not sent on") {
  if (are_missing()) return;
  for (const auto* rows : {&wrong_on_cloud(), &wrong_on_data_center()})
    for (const auto& row : *rows) {
      CAPTURE(row.name);
      const auto outcome = exchanged(row);
      CHECK(outcome.arrived == (row.is_sent_on ? 1 : 0));
      REQUIRE(outcome.tally.violations.size() == 1);
      const auto& violation = outcome.tally.violations.front();
      CHECK(violation.status == (row.is_sent_on ? row.answer.status : 0));
      CAPTURE(violation.words);
      CHECK(violation.words.find(row.blamed) != std::string::npos);
      CHECK(violation.words.find("Ym90OnRva2Vu") == std::string::npos);  // the credentials
    }
}
