// Which Jira it is, how the account is told, and what a failure means.
#include "adapters/jira/jira_session.hpp"

#include <doctest/doctest.h>

#include "adapters/jira/jira_parse.hpp"
#include "tests/adapters/scripted_http.hpp"

namespace cb {

namespace {

const char* const k_cloud = R"({"baseUrl":"https://acme.atlassian.net","version":"1001.0.0","deploymentType":"Cloud",
                               "serverTime":"2026-05-01T12:00:00.000+0200"})";
const char* const k_data_center = R"({"baseUrl":"https://jira.acme.example","version":"10.3.24",
                               "deploymentType":"Server","serverTime":"2026-05-01T12:00:00.000+0530"})";

JiraTerms terms() {
  JiraTerms terms;
  terms.name = "support";
  terms.base_url = "https://jira.example";
  terms.api_key = "secret-token";
  return terms;
}

std::string header_of(const HttpRequest& request, const std::string& name) {
  for (const auto& [key, value] : request.headers)
    if (key == name) return value;
  return {};
}

}  // namespace

TEST_CASE("the credentials by what is configured") {
  struct Row {
    const char* name;
    const char* login;
    const char* key;
    const char* header;
  };
  const Row rows[] = {
      {"token of an address", "ann@acme.example", "t0k", "Basic YW5uQGFjbWUuZXhhbXBsZTp0MGs="},
      {"address and token in one", "", "ann@acme.example:t0k", "Basic YW5uQGFjbWUuZXhhbXBsZTp0MGs="},
      {"personal access token", "", "MjE0:x", "Bearer MjE0:x"},
      {"bearer token", "", "t0k", "Bearer t0k"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(jira_authorization(row.login, row.key) == row.header);
  }
}

TEST_CASE("the server tells what it is") {
  ScriptedHttp http;
  const auto how = terms();
  SUBCASE("Cloud with service management") {
    http.on("GET /rest/api/3/serverInfo", 200, k_cloud);
    http.on("GET /rest/servicedeskapi/info", 200, R"({"isLicensedForUse":true})");
    JiraSession session(how, http);
    const auto server = session.server();
    REQUIRE(server.has_value());
    CHECK(server->cloud);
    CHECK(server->service_management);
    CHECK(server->version == "1001.0.0");
    CHECK(server->address == "https://acme.atlassian.net");
    CHECK(header_of(http.requests.front(), "Authorization") == "Bearer secret-token");
  }
  SUBCASE("Data Center without a licence for service management, which answers with a page") {
    http.on("GET /rest/api/2/serverInfo", 200, k_data_center);
    http.on("GET /rest/servicedeskapi/info", 403, "<html>no licence</html>");
    JiraSession session(how, http);
    const auto server = session.server();
    REQUIRE(server.has_value());
    CHECK_FALSE(server->cloud);
    CHECK_FALSE(server->service_management);
    const auto time = session.server_time();
    REQUIRE(time.has_value());
    CHECK(to_iso(*time) == "2026-05-01T06:30:00Z");
  }
  SUBCASE("a failure is no Data Center") {
    http.on("GET /rest/api/3/serverInfo", 503, "<html>maintenance</html>");
    JiraSession session(how, http);
    const auto server = session.server();
    REQUIRE_FALSE(server.has_value());
    CHECK(server.error().kind == ErrorKind::retry_later);
    CHECK(http.requests.size() == 1);
  }
}

TEST_CASE("what an answer means") {
  struct Row {
    const char* name;
    const char* method;
    int status;
    const char* body;
    Headers headers;
    ErrorKind kind;
    const char* words;
  };
  const Row rows[] = {
      {"validation",
       "PUT",
       400,
       R"({"errorMessages":[],"errors":{"customfield_10050":"Not a date"}})",
       {},
       ErrorKind::rejected,
       "customfield_10050: Not a date"},
      {"wrong key",
       "GET",
       401,
       R"({"message":"Client must be authenticated"})",
       {},
       ErrorKind::denied,
       "Client must be authenticated"},
      {"wrong key, a page", "GET", 401, "<html>401</html>", {}, ErrorKind::denied, "login"},
      {"not allowed to write",
       "PUT",
       403,
       R"({"errorMessages":["You do not have permission"],"errors":{}})",
       {},
       ErrorKind::rejected,
       "You do not have permission"},
      {"not allowed to read",
       "GET",
       403,
       R"({"errorMessages":["Forbidden"],"errors":{}})",
       {},
       ErrorKind::denied,
       "Forbidden"},
      {"captcha",
       "GET",
       403,
       "<html></html>",
       {{"X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE"}},
       ErrorKind::denied,
       "captcha"},
      {"taken for a stranger, with success",
       "GET",
       200,
       "[]",
       {{"X-Seraph-LoginReason", "AUTHENTICATED_FAILED"}},
       ErrorKind::denied,
       "stranger"},
      {"logged in",
       "GET",
       404,
       R"({"errorMessages":["Issue does not exist"],"errors":{}})",
       {{"X-Seraph-LoginReason", "OK"}},
       ErrorKind::not_found,
       "Issue does not exist"},
      {"a proxy's 404", "GET", 404, "<html>nothing here</html>", {}, ErrorKind::bad_reply, "url"},
      {"an old resource",
       "GET",
       410,
       R"({"errorMessages":["The requested API has been removed"],"errors":{}})",
       {},
       ErrorKind::bad_reply,
       "no longer has"},
      {"too big", "PUT", 413, R"({"errorMessages":["Too large"],"errors":{}})", {}, ErrorKind::rejected, "Too large"},
      {"too many, told when", "GET", 429, "", {{"Retry-After", "17"}}, ErrorKind::retry_later, "429"},
      {"too many, not told when", "GET", 429, "Rate limit exceeded", {}, ErrorKind::retry_later, "429"},
      {"a page of a broken gateway", "GET", 503, "<html>503</html>", {}, ErrorKind::retry_later, "HTML"},
      {"a page with success", "GET", 200, "<html>Log in</html>", {}, ErrorKind::bad_reply, "HTML"},
      {"service management's words",
       "POST",
       400,
       R"({"errorMessage":"Comment is empty","i18nErrorMessage":{}})",
       {},
       ErrorKind::rejected,
       "Comment is empty"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    ScriptedHttp http;
    http.on("GET /rest/api/3/serverInfo", 200, k_cloud);
    http.on("GET /rest/servicedeskapi/info", 404, "{}");
    http.on(std::string(row.method) + " /rest/api/3/issue/1", row.status, row.body, row.headers);
    const auto how = terms();
    JiraSession session(how, http);
    const auto answer = session.ask(row.method, "/issue/1", "", "doing something");
    REQUIRE_FALSE(answer.has_value());
    const auto& error = answer.error().error;
    CHECK(error.kind == row.kind);
    CHECK_MESSAGE(error.what.find(row.words) != std::string::npos, error.what);
    CHECK(error.what.find("tracker support: doing something") == 0);
    CHECK(error.what.find("secret-token") == std::string::npos);
    if (row.status == 429 && !row.headers.empty()) CHECK(error.retry_after == std::chrono::seconds(17));
  }
}

TEST_CASE("the key is cut out of whatever a server echoes") {
  ScriptedHttp http;
  http.on("GET /rest/api/3/serverInfo", 200, k_cloud);
  http.on("GET /rest/servicedeskapi/info", 404, "{}");
  auto how = terms();
  how.login = "ann@acme.example";
  const auto sent = jira_authorization(how.login, how.api_key).substr(6);
  http.on("GET /rest/api/3/issue/1", 400, R"({"errorMessages":["bad header )" + sent + R"( of secret-token"]})");
  JiraSession session(how, http);
  const auto answer = session.ask("GET", "/issue/1", "", "doing something");
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().error.what.find(sent) == std::string::npos);
  CHECK(answer.error().error.what.find("secret-token") == std::string::npos);
}

TEST_CASE("instants of Jira, whatever their form") {
  struct Row {
    const char* text;
    const char* instant;  // empty: none
    const char* revision;
  };
  const Row rows[] = {
      {"2026-05-01T12:12:44.123+0300", "2026-05-01T09:12:44Z", "2026-05-01T09:12:44.123Z"},
      {"2026-05-01T12:12:44.123+03:00", "2026-05-01T09:12:44Z", "2026-05-01T09:12:44.123Z"},
      {"2026-05-01T09:12:44Z", "2026-05-01T09:12:44Z", "2026-05-01T09:12:44.000Z"},
      {"2026-05-01T09:12:44.5Z", "2026-05-01T09:12:44Z", "2026-05-01T09:12:44.500Z"},
      {"2026-05-01T09:12:44.123456-0330", "2026-05-01T12:42:44Z", "2026-05-01T12:42:44.123Z"},
      {"2026-05-01T00:10:00.000+0530", "2026-04-30T18:40:00Z", "2026-04-30T18:40:00.000Z"},
      {"2026-05-01", "", "2026-05-01"},
      {"2026-05-01T09:12:44", "", "2026-05-01T09:12:44"},
      {"2026-05-01T09:12:44.Z", "", "2026-05-01T09:12:44.Z"},
      {"2026-05-01T09:12:44+3", "", "2026-05-01T09:12:44+3"},
      {"2026-13-01T09:12:44Z", "", "2026-13-01T09:12:44Z"},
      {"", "", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto instant = jira_instant(row.text);
    CHECK((instant ? to_iso(*instant) : "") == row.instant);
    CHECK(jira_revision(row.text) == row.revision);
  }
  CHECK(jira_date_time(*instant_from_iso("2026-05-03T10:00:00Z")) == "2026-05-03T10:00:00.000+0000");
}

}  // namespace cb
