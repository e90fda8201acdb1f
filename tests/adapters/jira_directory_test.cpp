// Answers that are something else than was asked for: an error, never "nothing there", and never remembered.
#include "adapters/jira/jira_directory.hpp"

#include <doctest/doctest.h>

#include "tests/adapters/scripted_http.hpp"

namespace cb {

namespace {

struct Jira {
  Jira() {
    http.on("GET /rest/api/3/serverInfo", 200,
            R"({"baseUrl":"https://x.example","version":"1","deploymentType":"Cloud"})");
    http.on("GET /rest/servicedeskapi/info", 200, R"({"version":"5.0"})");
    terms.name = "support";
  }
  ScriptedHttp http;
  JiraTerms terms;
  JiraSession session{terms, http};
  JiraDirectory directory{session, terms};
};

}  // namespace

TEST_CASE("a page that is something else is no end of a list") {
  for (const auto* wrong : {R"({"unexpected":[]})", R"({"values":{}})", R"({"values":null,"isLastPage":true})"}) {
    CAPTURE(wrong);
    Jira jira;
    jira.http.on("GET /rest/servicedeskapi/organization", 200, wrong);
    jira.http.on("GET /rest/api/3/field/search", 200, wrong);
    const auto desk = jira_desk_pages(jira.session, "/organization", "reading the organisations");
    REQUIRE_FALSE(desk.has_value());
    CHECK(desk.error().kind == ErrorKind::bad_reply);
    CHECK(desk.error().what.find("reading the organisations") != std::string::npos);
    CHECK_FALSE(jira_pages(jira.session, "/field/search", "reading the fields").has_value());
  }
}

TEST_CASE("roles that are none are asked for again") {
  Jira jira;
  jira.http.on("GET /rest/api/3/project/LMS/role", 200, R"({"Developers":[]})");
  jira.http.on("GET /rest/api/3/project/LMS/role", 200,
               R"({"Developers":"https://x.example/rest/api/3/project/10000/role/7"})");
  jira.http.on("GET /rest/api/3/project/LMS/role/", 200, R"({"id":1,"name":"Developers","actors":[]})");
  jira.http.on("GET /rest/api/3/project/LMS/role/7", 200, R"({"id":7,"name":"Developers","actors":[]})");
  CHECK_FALSE(jira.directory.roles("LMS").has_value());
  const auto roles = jira.directory.roles("LMS");
  REQUIRE(roles.has_value());
  REQUIRE(roles->size() == 1);
  CHECK(roles->front().name == "Developers");
}

}  // namespace cb
