#include "adapters/bugzilla/bugzilla_session.hpp"

#include <doctest/doctest.h>

#include "bugzilla_server.hpp"

namespace cb {

TEST_CASE("the version says how the key is sent") {
  struct Row {
    const char* version;
    BugzillaFlavour flavour;
    bool header, parameter, whoami, iso;
  };
  const Row rows[] = {{"5.0.6", BugzillaFlavour::classic, false, true, false, false},
                      {"5.2+", BugzillaFlavour::classic, false, true, false, false},
                      {"5.1.2", BugzillaFlavour::classic, false, true, false, false},
                      {"4.4.13", BugzillaFlavour::classic, false, true, false, false},
                      {"5.3.3", BugzillaFlavour::trunk, true, false, true, false},
                      {"5.9.1", BugzillaFlavour::harmony, true, false, true, true},
                      {"20260820.1", BugzillaFlavour::bmo, true, false, true, true},
                      {"6.0", BugzillaFlavour::trunk, true, true, true, false}};
  for (const auto& row : rows) {
    CAPTURE(row.version);
    const auto server = bugzilla_server(row.version);
    CHECK(server.flavour == row.flavour);
    CHECK(server.key_in_header == row.header);
    CHECK(server.key_in_parameter == row.parameter);
    CHECK(server.whoami == row.whoami);
    CHECK(server.writes_iso_date_times == row.iso);
  }
}

namespace {

std::string header_of(const HttpRequest& request, const std::string& name) {
  for (const auto& [key, value] : request.headers)
    if (key == name) return value;
  return {};
}

}  // namespace

TEST_CASE("requests carry the key where the flavour reads it, and nowhere else") {
  const auto terms = bugzilla_terms();
  for (const auto* version : {"5.2", "5.9.1", "6.0"}) {
    CAPTURE(version);
    const auto server = bugzilla_server(version);
    ScriptedHttp http;
    http.on("GET /rest/version", 200, "{\"version\":\"" + std::string(version) + "\"}");
    http.on("GET /rest/time", 200, "{}");
    http.on("PUT /rest/bug/5", 200, "{}");
    http.on("POST /rest/bug/5/comment", 201, "{}");
    BugzillaSession session(terms, http);
    REQUIRE(session.get("/time", "asking").has_value());
    REQUIRE(session.get("/time?x=1", "asking").has_value());
    REQUIRE(session.ask("PUT", "/bug/5", R"({"priority":"Low"})", "writing").has_value());
    REQUIRE(session.ask("POST", "/bug/5/comment", "{ }", "writing").has_value());
    REQUIRE(http.requests.size() == 5);  // the version is asked for once
    CHECK(http.requests[0].target == "/rest/version");
    CHECK(header_of(http.requests[0], "X-BUGZILLA-API-KEY").empty());
    CHECK(http.requests[1].target ==
          (server.key_in_parameter ? "/rest/time?Bugzilla_api_key=SECRET%2BKEY" : "/rest/time"));
    CHECK(http.requests[2].target ==
          (server.key_in_parameter ? "/rest/time?x=1&Bugzilla_api_key=SECRET%2BKEY" : "/rest/time?x=1"));
    CHECK(http.requests[3].target == "/rest/bug/5");
    CHECK(http.requests[3].body ==
          (server.key_in_parameter ? R"({"api_key":"SECRET+KEY","priority":"Low"})" : R"({"priority":"Low"})"));
    CHECK(http.requests[4].body == (server.key_in_parameter ? R"({"api_key":"SECRET+KEY" })" : "{ }"));
    for (const auto& request : http.requests) {
      CHECK(header_of(request, "Accept") == "application/json");
      CHECK(header_of(request, "Content-Type") == (request.method == "GET" ? "" : "application/json"));
      if (&request != &http.requests.front())
        CHECK(header_of(request, "X-BUGZILLA-API-KEY") == (server.key_in_header ? "SECRET+KEY" : ""));
    }
  }
}

TEST_CASE("a version that is told to nobody without a key is asked for with it, in both forms") {
  const auto terms = bugzilla_terms();
  ScriptedHttp http;
  http.on("GET /rest/version", 401, bugzilla_recording("352-requirelogin-anonymous-get").body);
  http.on("GET /rest/version", 200, R"({"version":"5.2"})");
  BugzillaSession session(terms, http);
  const auto server = session.server();
  REQUIRE(server.has_value());
  CHECK(server->version == "5.2");
  CHECK(http.requests.back().target == "/rest/version?Bugzilla_api_key=SECRET%2BKEY");
  CHECK(header_of(http.requests.back(), "X-BUGZILLA-API-KEY") == "SECRET+KEY");
}

TEST_CASE("recorded refusals: the code decides, not the status") {
  struct Row {
    const char* recording;
    const char* method;
    ErrorKind kind;
    std::int64_t code;
    const char* says;
  };
  const Row rows[] = {
      {"002-whoami-header-key", "GET", ErrorKind::bad_reply, 32614, "url"},
      {"008-valid_login-bad-key", "GET", ErrorKind::denied, 306, "API key is wrong or revoked"},
      {"017-user-unknown", "GET", ErrorKind::rejected, 51, "no user named"},
      {"037-login-bad-password", "GET", ErrorKind::denied, 300, "not valid"},
      {"044-create-bug-missing-component", "POST", ErrorKind::rejected, 50, "OS"},
      {"045-create-bug-bad-product", "POST", ErrorKind::rejected, 106, "NOPE"},
      {"046-create-bug-unknown-custom-field", "POST", ErrorKind::rejected, 53, "cf_nope"},
      {"060-datetime-iso-T-Z", "PUT", ErrorKind::rejected, 56, "legal date"},
      {"062-datetime-iso-space-Z", "PUT", ErrorKind::rejected, 32000, "legal time"},
      {"080-update-custom-select-invalid", "PUT", ErrorKind::rejected, 51, "platinum"},
      {"086-update-freetext-256-chars", "PUT", ErrorKind::rejected, 104, "too long"},
      {"092-update-freetext-object", "PUT", ErrorKind::bad_reply, 100500, "internal exception"},
      {"101-update-comment-private-by-customer", "PUT", ErrorKind::rejected, 113, "insider group"},
      {"113-comment-by-id-private-as-customer", "GET", ErrorKind::rejected, 110, "private"},
      {"140-flag-bad-status", "PUT", ErrorKind::rejected, 129, "flag status"},
      {"143-flag-plus-as-customer-no-grant", "PUT", ErrorKind::rejected, 130, "grant"},
      {"148-status-resolved-no-resolution", "PUT", ErrorKind::rejected, 121, "resolution"},
      {"150-status-illegal-transition", "PUT", ErrorKind::rejected, 123, "not allowed"},
      {"164-see_also-add-arbitrary-url", "PUT", ErrorKind::rejected, 112, "valid URL"},
      {"183-bulk-get-ids", "GET", ErrorKind::not_found, 100, "alias"},
      {"204-unknown-bug-id-get", "GET", ErrorKind::not_found, 101, "does not exist"},
      {"200-no-key-put", "PUT", ErrorKind::denied, 410, "did not see the API key"},
      {"229-malformed-json", "PUT", ErrorKind::rejected, 32000, "JSON"},
      {"230-malformed-json-array", "PUT", ErrorKind::retry_later, 0, "500"},
      {"237-accept-html", "GET", ErrorKind::bad_reply, 0, "HTML"},
      {"248-comment-65536-chars", "PUT", ErrorKind::rejected, 114, "65535"},
      {"324-tzberlin-dst-gap-read", "GET", ErrorKind::bad_reply, 100500, "Invalid local time"},
      {"343-restricted-get-customer", "GET", ErrorKind::denied, 102, "exists but is not visible to the account"},
      {"350-revoked-key", "GET", ErrorKind::denied, 306, "revoked"},
      {"351-disabled-account", "GET", ErrorKind::denied, 301, "account"},
  };
  const auto terms = bugzilla_terms();
  for (const auto& row : rows) {
    CAPTURE(row.recording);
    ScriptedHttp http;
    script_bugzilla(http);
    const auto recorded = bugzilla_recording(row.recording);
    http.on(std::string(row.method) + " /rest/thing", recorded.status, recorded.body);
    BugzillaSession session(terms, http);
    const auto answer = session.ask(row.method, "/thing", "{}", "doing it");
    REQUIRE(!answer.has_value());
    CHECK(answer.error().code == row.code);
    CHECK(to_text(answer.error().error.kind) == to_text(row.kind));
    CHECK(answer.error().error.what.find("tracker support: doing it") == 0);
    CHECK(answer.error().error.what.find(row.says) != std::string::npos);
  }
}

TEST_CASE("answers that are not Bugzilla's say nothing of a bug") {
  struct Row {
    int status;
    const char* body;
    ErrorKind kind;
  };
  const Row rows[] = {{404, "<html>Not Found</html>", ErrorKind::bad_reply},
                      {404, "", ErrorKind::bad_reply},
                      {404, R"({"message":"no route"})", ErrorKind::bad_reply},
                      {410, "gone", ErrorKind::bad_reply},
                      {429, "<html>slow down</html>", ErrorKind::retry_later},
                      {503, "", ErrorKind::retry_later},
                      {502, R"({"error":"upstream"})", ErrorKind::retry_later},
                      {403, "<html>no</html>", ErrorKind::denied},
                      {302, "", ErrorKind::bad_reply},
                      {200, "", ErrorKind::bad_reply},
                      {200, R"({"bugs":[)", ErrorKind::bad_reply},
                      {200, R"({"error":true})", ErrorKind::bad_reply},
                      {200, R"({"error":1,"code":"x","message":7})", ErrorKind::bad_reply},
                      {400, R"({"error":true,"code":32000,"message":"Rate Limit exceeded"})", ErrorKind::retry_later},
                      {400, R"({"error":true,"code":-32000,"message":"broken"})", ErrorKind::bad_reply}};
  const auto terms = bugzilla_terms();
  for (const auto& row : rows) {
    CAPTURE(row.status);
    CAPTURE(row.body);
    ScriptedHttp http;
    script_bugzilla(http);
    http.on("GET /rest/bug/1", row.status, row.body);
    BugzillaSession session(terms, http);
    const auto answer = session.get("/bug/1", "reading bug #1");
    REQUIRE(!answer.has_value());
    CHECK(to_text(answer.error().kind) == to_text(row.kind));
  }
}

TEST_CASE("the key is in no message, however the server or the connection repeats it") {
  const auto terms = bugzilla_terms();
  ScriptedHttp http;
  script_bugzilla(http);
  http.on("GET /rest/a", 400, R"({"error":true,"code":306,"message":"SECRET+KEY is wrong"})");
  http.on("GET /rest/b", 404, "no /rest/b?Bugzilla_api_key=SECRET%2BKEY here");
  http.fail("GET /rest/c", {ErrorKind::retry_later, "cannot reach /rest/c?Bugzilla_api_key=SECRET%2BKEY", {}});
  BugzillaSession session(terms, http);
  for (const auto* target : {"/a", "/b", "/c"}) {
    CAPTURE(target);
    const auto answer = session.get(target, "asking");
    REQUIRE(!answer.has_value());
    CHECK(answer.error().what.find("SECRET") == std::string::npos);
    CHECK(answer.error().what.find("(hidden)") != std::string::npos);
  }
}

}  // namespace cb
