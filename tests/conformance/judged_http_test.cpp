// What happens between an adapter and validators, with stand-ins for them: real ones are started by
// tests/jira_judges.sh alone.
#include "tests/conformance/judged_http.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "bridge/http/client.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

const char* const k_document = R"({"paths":{
  "/rest/api/3/issue/{issueIdOrKey}":{"get":{},"put":{}},
  "/rest/api/3/issue/bulkfetch":{"post":{},"get":{}},
  "/rest/api/3/issue/{issueIdOrKey}/comment":{"parameters":[],"post":{}}}})";

// Answers with what it got.
class Echo : public FakeTracker {
  HttpResponse answer(const HttpRequest& request) override {
    return {200, {{"Content-Type", "application/json"}}, request.method + " " + request.target + " " + request.body};
  }
};

std::unique_ptr<Http> client(const std::string& url) {
  HttpOptions options;
  options.base_url = url;
  return make_http_client(options);
}

// Sends on to the program as real validators do, and has its say before and after.
struct StandIn : Http {
  explicit StandIn(const Upstream& upstream) : onward(client(upstream.url())) {}
  Result<HttpResponse> send(const HttpRequest& request) override {
    if (refusal) return *refusal;
    auto changed = request;
    if (before) before(changed);
    auto response = onward->send(changed);
    if (response && after) after(*response);
    return response;
  }

  std::unique_ptr<Http> onward;
  std::optional<Result<HttpResponse>> refusal;
  std::function<void(HttpRequest&)> before;
  std::function<void(HttpResponse&)> after;
};

struct Scene {
  Echo fake;
  FakeServer server{fake};
  Upstream upstream{0};
  StandIn* validators = new StandIn(upstream);  // the judge's
  Judge judge{"Cloud", ApiDocument::parse(k_document), std::unique_ptr<Http>(validators)};
  Tally tally;
  std::vector<std::string> reported;
  JudgedHttp http{std::make_unique<InProcessHttp>(fake),
                  fake,
                  {{&judge}, &upstream, &tally, [this](const Violation& one) { reported.push_back(to_text(one)); }}};

  HttpResponse get(const std::string& target) {
    auto response = http.send({"GET", target, {}, ""});
    REQUIRE(response.has_value());
    return *response;
  }
};

std::string found(const char* method, const char* path) {
  static const auto k_parsed = ApiDocument::parse(k_document);
  const auto* operation = k_parsed.find(method, path);
  return operation == nullptr ? "" : operation->text();
}

}  // namespace

TEST_CASE("judges: a document knows its operations, words before parameters") {
  CHECK(found("GET", "/rest/api/3/issue/10000") == "GET /rest/api/3/issue/{issueIdOrKey}");
  CHECK(found("GET", "/rest/api/3/issue/bulkfetch") == "GET /rest/api/3/issue/bulkfetch");
  CHECK(found("PUT", "/rest/api/3/issue/bulkfetch") == "PUT /rest/api/3/issue/{issueIdOrKey}");
  CHECK(found("POST", "/rest/api/3/issue/SUP-1/comment") == "POST /rest/api/3/issue/{issueIdOrKey}/comment");
  CHECK(found("DELETE", "/rest/api/3/issue/SUP-1") == "");
  CHECK(found("GET", "/rest/api/3/issue/SUP-1/comment/7") == "");
  CHECK(found("GET", "/rest/api/3/issue") == "");
  CHECK(ApiDocument::parse(k_document).operations().size() == 5);
}

TEST_CASE("judges: what is no document is refused") {
  for (const auto* text : {"", "[]", "{}", R"({"paths":{}})", R"({"paths":{"/a":{"summary":"x"}}})"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(ApiDocument::parse(text), std::runtime_error);
  }
}

TEST_CASE("judges: requests that no document describes are counted without the names in them") {
  CHECK(without_names("/rest/api/2/project/SUP/role/10002") == "/rest/api/2/project/{}/role/{}");
  CHECK(without_names("/rest/servicedeskapi/servicedesk/1/queue") == "/rest/servicedeskapi/servicedesk/{}/queue");
  CHECK(without_names("/rest/api/3/issuetype") == "/rest/api/3/issuetype");
  Scene scene;
  CHECK(scene.get("/rest/api/3/user?accountId=5").body == "GET /rest/api/3/user?accountId=5 ");
  CHECK(scene.tally.unknown == std::map<std::string, int>{{"GET /rest/api/3/user", 1}});
  CHECK(scene.tally.requests.empty());
}

TEST_CASE("judges: what they let through arrives as it was sent, and the very answer comes back") {
  Scene scene;
  scene.validators->before = [](HttpRequest& request) { request.target = "/rest/api/3/issue/1?fields=a+b"; };
  scene.validators->after = [](HttpResponse& response) {
    response.body = "rewritten";
    CHECK(std::count_if(response.headers.begin(), response.headers.end(),
                        [](const auto& entry) { return entry.first == "Content-Length"; }) == 1);
  };
  CHECK(scene.get("/rest/api/3/issue/1?fields=a%20b").body == "GET /rest/api/3/issue/1?fields=a%20b ");
  CHECK(scene.tally.requests == std::map<std::string, int>{{"Cloud", 1}});
  CHECK(scene.tally.covered["Cloud"] == std::set<std::string>{"GET /rest/api/3/issue/{issueIdOrKey}"});
  CHECK(scene.reported.empty());
}

TEST_CASE("judges: a refused request never reaches the fake") {
  Scene scene;
  scene.validators->refusal = HttpResponse{
      400, {{"X-Violation", "1"}, {"Content-Type", "application/problem+json"}}, R"({"message":"body is missing"})"};
  CHECK(scene.get("/rest/api/3/issue/1").status == 400);
  CHECK(scene.fake.requests() == 0);
  REQUIRE(scene.reported.size() == 1);
  CHECK(scene.reported[0] == "Cloud: GET /rest/api/3/issue/1 (not sent on): body is missing");
}

TEST_CASE("judges: marks on an answer are violations, wherever they stand") {
  const auto marked = [](const std::string& name, const std::string& value) {
    Scene scene;
    scene.validators->after = [&](HttpResponse& response) { response.headers.emplace_back(name, value); };
    CHECK(scene.get("/rest/api/3/issue/1").status == 200);
    REQUIRE(scene.reported.size() == 1);
    return scene.reported[0];
  };
  const std::string begin = "Cloud: GET /rest/api/3/issue/1 (answered with 200): ";
  CHECK(marked("sl-violations", R"([{"location":["response","body",0],"message":"must be text"},{"message":"b"}])") ==
        begin + "response/body/0: must be text; : b");
  CHECK(marked("SL-Violations", "no list") == begin + "no list");
  CHECK(marked("x-violation", "1") == begin + "GET /rest/api/3/issue/1 ");
}

TEST_CASE("judges: the words of both validators are read, and cut") {
  const auto words = [](const std::string& body) {
    return complaint({422, {{"content-type", "application/problem+json; charset=utf-8"}}, body});
  };
  CHECK(words(R"({"title":"Invalid","validation":[{"location":["request","query"],"message":"is unknown"}]})") ==
        "request/query: is unknown");
  CHECK(words(R"({"title":"Invalid","detail":"Nothing fits"})") == "Nothing fits");
  CHECK(words(R"({"title":"Invalid"})") == "Invalid");
  CHECK(words("not JSON") == "not JSON");
  CHECK(words("") == "a violation without words");
  CHECK(words(std::string(1000, 'x')) == std::string(400, 'x') + "...");
  CHECK(complaint({500, {{"Content-Type", "application/json"}}, R"({"message":"no"})"}) == "");
}

TEST_CASE("judges: another request, another status and no answer are violations") {
  Scene scene;
  scene.validators->before = [](HttpRequest& request) { request.target = "/rest/api/3/issue/2"; };
  scene.get("/rest/api/3/issue/1");
  scene.validators->before = {};
  scene.validators->after = [](HttpResponse& response) { response.status = 204; };
  scene.get("/rest/api/3/issue/1");
  scene.validators->refusal = failure(ErrorKind::retry_later, "refused");
  CHECK_FALSE(scene.http.send({"GET", "/rest/api/3/issue/1", {}, ""}).has_value());
  scene.validators->refusal = HttpResponse{502, {}, ""};
  CHECK(scene.get("/rest/api/3/issue/1").status == 502);
  const std::string begin = "Cloud: GET /rest/api/3/issue/1 ";
  CHECK(scene.reported == std::vector<std::string>{
                              begin + "(answered with 200): the validators sent on another request",
                              begin + "(answered with 200): the validators made a status of 204 of it",
                              begin + "(not sent on): the validators do not answer: refused",
                              begin + "(not sent on): answered by the validators: 502",
                          });
  CHECK(scene.tally.violations.size() == 4);
}

TEST_CASE("judges: an answer that a test spoils is passed on and not judged, its request is") {
  using Kind = Fault::Kind;
  for (const auto kind : {Kind::status, Kind::html_page, Kind::truncated, Kind::nested}) {
    Scene scene;
    scene.validators->after = [](HttpResponse& response) { response.headers.emplace_back("x-violation", "1"); };
    scene.fake.fail(1, {kind, 503, {}});
    scene.get("/rest/api/3/issue/1");
    CHECK(scene.tally.spoiled == 1);
    CHECK(scene.reported.empty());
    scene.get("/rest/api/3/issue/1");
    CHECK(scene.reported.size() == 1);
  }
  Scene scene;
  scene.fake.fail(1, {Kind::no_answer, 0, {}});
  CHECK_FALSE(scene.http.send({"GET", "/rest/api/3/issue/1", {}, ""}).has_value());
  CHECK(scene.reported.empty());
  scene.fake.fail(1, {Kind::no_answer, 0, {}});
  scene.validators->refusal = HttpResponse{400, {{"x-violation", "1"}}, R"({"message":"body is missing"})"};
  CHECK(scene.get("/rest/api/3/issue/1").status == 400);
  CHECK(scene.reported.size() == 1);
}
