#include "bridge/web/router.hpp"

#include <doctest/doctest.h>

namespace cb {

namespace {

WebRequest asked(const std::string& method, const std::string& path, Headers headers = {{"Host", "localhost:8480"}}) {
  WebRequest request;
  request.method = method;
  request.path = path;
  request.headers = std::move(headers);
  return request;
}

// Says which route was taken, and its parts.
Router::Handler echo(const std::string& name) {
  return [name](const WebCall& call) {
    auto text = name;
    for (const auto& [part, value] : call.parts) text += " " + part + "=" + value;
    return plain_answer(200, text);
  };
}

Router routes(Access access) {
  Router router(std::move(access));
  router.add("GET", "/", Guard::page, echo("start"));
  router.add("GET", "/healthz", Guard::open, echo("health"));
  router.add("POST", "/webhooks/{tracker}", Guard::open, echo("hook"));
  router.add("GET", "/api/v1/issues/{tracker}/latest", Guard::api, echo("latest"));
  router.add("GET", "/api/v1/issues/{tracker}/{id}", Guard::api, echo("issue"));
  router.add("POST", "/api/v1/evaluate", Guard::api, echo("evaluate"));
  router.add("GET", "/api/v1/evaluate", Guard::api, echo("form"));
  return router;
}

}  // namespace

TEST_CASE("a request finds its handler, or is told why not") {
  struct Row {
    std::string method;
    std::string path;
    int status;
    std::string says;
  };
  const Row rows[] = {
      {"GET", "/", 200, "start\n"},
      {"HEAD", "/healthz", 200, "health\n"},
      {"GET", "/healthz", 200, "health\n"},
      {"POST", "/webhooks/support", 200, "hook tracker=support\n"},
      {"POST", "/webhooks/%73upport", 200, "hook tracker=support\n"},
      {"GET", "/api/v1/issues/a/b", 200, "issue id=b tracker=a\n"},
      {"GET", "/api/v1/issues/a/latest", 200, "latest tracker=a\n"},
      {"GET", "/api/v1/issues/a%20b/%C3%A9", 200, "issue id=\xC3\xA9 tracker=a b\n"},
      {"GET", "/nothing", 404, "There is nothing at this address.\n"},
      {"GET", "/api/v1/issues/a", 404, "There is nothing at this address.\n"},
      {"GET", "/api/v1/issues/a/b/c", 404, "There is nothing at this address.\n"},
      {"GET", "/HEALTHZ", 404, "There is nothing at this address.\n"},
      {"POST", "/healthz", 405, "This address takes only GET, HEAD.\n"},
      {"get", "/healthz", 405, "This address takes only GET, HEAD.\n"},
      {"GET", "/webhooks/support", 405, "This address takes only POST.\n"},
      {"DELETE", "/api/v1/evaluate", 405, "This address takes only GET, HEAD, POST.\n"},
      {"GET", "/../etc/passwd", 400, "The address is malformed.\n"},
      {"GET", "/webhooks/", 404, "There is nothing at this address.\n"},
      {"GET", "/healthz/", 404, "There is nothing at this address; without the `/` at its end it is /healthz.\n"},
      {"POST", "/webhooks/secret/", 404,
       "There is nothing at this address; without the `/` at its end it is /webhooks/{tracker}.\n"},
      {"GET", "/healthz//", 400, "The address is malformed.\n"},
      {"GET", "//", 404, "There is nothing at this address; without the `/` at its end it is /.\n"},
      {"GET", "//evil.example/", 400, "The address is malformed.\n"},
      {"GET", "/%2e%2e/", 400, "The address is malformed.\n"},
  };
  const auto router = routes(Access("", ""));
  for (const auto& row : rows) {
    CAPTURE(row.method);
    CAPTURE(row.path);
    const auto answer = router.answer(asked(row.method, row.path));
    CHECK(answer.status == row.status);
    CHECK(answer.body == row.says);
  }
  const auto refused = router.answer(asked("PUT", "/api/v1/evaluate"));
  REQUIRE(refused.headers.size() == 1);
  CHECK(refused.headers.front().first == "Allow");
  CHECK(refused.headers.front().second == "GET, HEAD, POST");
}

TEST_CASE("a token is asked for where one is needed, in the way of who asks") {
  const auto router = routes(Access("correct horse battery", ""));
  for (const auto* path : {"/healthz", "/webhooks/a"}) {
    CAPTURE(path);
    CHECK(router.answer(asked(path == std::string("/healthz") ? "GET" : "POST", path, {})).status == 200);
  }
  const auto page = router.answer(asked("GET", "/", {}));
  CHECK(page.status == 401);
  REQUIRE(page.headers.size() == 1);
  CHECK(page.headers.front().second == "Basic realm=\"contract-bridge\", charset=\"UTF-8\"");
  const auto program = router.answer(asked("GET", "/api/v1/issues/a/b", {}));
  CHECK(program.status == 401);
  REQUIRE(program.headers.size() == 1);
  CHECK(program.headers.front().first == "WWW-Authenticate");
  CHECK(program.headers.front().second == "Bearer realm=\"contract-bridge\"");
  const auto wrong = router.answer(asked("GET", "/", {{"Authorization", "Bearer correct horse"}}));
  CHECK(wrong.status == 401);
  CHECK(wrong.body.find("correct") == std::string::npos);
  CHECK(router.answer(asked("GET", "/", {{"Authorization", "Bearer correct horse battery"}})).status == 200);
}

TEST_CASE("without a token another host's name is refused") {
  const auto router = routes(Access("", "https://support.vendor.example/bridge"));
  CHECK(router.answer(asked("GET", "/", {{"Host", "evil.example"}})).status == 403);
  CHECK(router.answer(asked("GET", "/healthz", {{"Host", "evil.example"}})).status == 200);
  CHECK(router.answer(asked("GET", "/", {{"Host", "support.vendor.example"}})).status == 200);
}

TEST_CASE("what changes something is not done for a page of a foreign site, with a token or without") {
  const Headers foreign{{"Host", "localhost:8480"},
                        {"Authorization", "Bearer correct horse battery"},
                        {"Sec-Fetch-Site", "cross-site"},
                        {"Origin", "https://evil.example"}};
  for (const auto* token : {"", "correct horse battery"}) {
    CAPTURE(token);
    const auto router = routes(Access(token, ""));
    const auto refused = router.answer(asked("POST", "/api/v1/evaluate", foreign));
    CHECK(refused.status == 403);
    CHECK(refused.body.starts_with("A page of another site"));
    // To read is the browser's own matter: it shows the answer to no foreign page. Webhooks have a proof of their own.
    CHECK(router.answer(asked("GET", "/api/v1/evaluate", foreign)).status == 200);
    CHECK(router.answer(asked("POST", "/webhooks/a", foreign)).status == 200);
    CHECK(router.answer(asked("POST", "/api/v1/evaluate", {foreign[0], foreign[1]})).status == 200);
  }
}

TEST_CASE("a route that no path can fit is a mistake of the program") {
  Router router(Access("", ""));
  for (const auto* pattern : {"", "healthz", "/a/", "/a//b", "/../a"})
    CHECK_THROWS_AS(router.add("GET", pattern, Guard::open, echo("none")), std::logic_error);
}

TEST_CASE("a handler reads the query decoded") {
  Router router(Access("", ""));
  router.add("GET", "/due", Guard::open,
             [](const WebCall& call) { return plain_answer(200, call.parameter("before").value); });
  auto request = asked("GET", "/due");
  CHECK(router.answer(request).body == "\n");
  request.query = "page=2&before=2026-11-27T12%3A00%3A00Z";
  CHECK(router.answer(request).body == "2026-11-27T12:00:00Z\n");
}

}  // namespace cb
