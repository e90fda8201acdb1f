// Lists that are asked for safely: minutes, zones, tokens and offsets.
#include "adapters/jira/jira_list.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/adapters/scripted_http.hpp"

namespace cb {

namespace {

using Json = nlohmann::json;

const char* const k_cloud = R"({"baseUrl":"https://x.example","version":"1","deploymentType":"Cloud"})";
const char* const k_data_center = R"({"baseUrl":"https://x.example","version":"10.3.24","deploymentType":"Server"})";

struct Jira {
  explicit Jira(bool cloud) {
    if (cloud) http.on("GET /rest/api/3/serverInfo", 200, k_cloud);
    http.on("GET /rest/api/2/serverInfo", 200, k_data_center);
    http.on("GET /rest/servicedeskapi/info", 404, "{}");
    terms.name = "support";
    terms.rows_a_page = 3;
  }
  Result<JiraListPart> part(std::optional<Instant> since, const std::optional<std::string>& page,
                            const std::string& zone = "Europe/Berlin") {
    return jira_list_part(session, terms, {projects, zone}, since, page);
  }
  Json last_body() const { return Json::parse(http.requests.back().body); }

  ScriptedHttp http;
  JiraTerms terms;
  JiraSession session{terms, http};
  std::vector<JiraProject> projects{{"1", "SUP", "Support", false}, {"2", "A\"B", "Quoted", false}};
};

Json row(const std::string& id, const std::string& updated) {
  return {{"id", id}, {"key", "SUP-" + id}, {"fields", {{"updated", updated}}}};
}

Instant at(const char* iso) {
  return *instant_from_iso(iso);
}

}  // namespace

TEST_CASE("Cloud is asked by milliseconds and goes on by token, however short a page is") {
  Jira jira(true);
  jira.http.on(
      "POST /rest/api/3/search/jql", 200,
      Json{{"issues", {row("1", "2026-05-01T12:00:00.000+0200")}}, {"nextPageToken", "t1"}, {"isLast", false}}.dump());
  jira.http.on("POST /rest/api/3/search/jql", 200, Json{{"issues", Json::array()}, {"nextPageToken", "t2"}}.dump());
  jira.http.on("POST /rest/api/3/search/jql", 200, Json{{"issues", Json::array()}, {"isLast", true}}.dump());
  auto part = jira.part(at("2026-05-01T10:00:00Z"), {});
  REQUIRE(part.has_value());
  CHECK(jira.last_body().at("jql") ==
        "project in (\"SUP\", \"A\\\"B\") AND updated >= 1777629600000 ORDER BY updated ASC, key ASC");
  CHECK(jira.last_body().at("fields") == Json::array({"updated"}));
  CHECK_FALSE(jira.last_body().contains("nextPageToken"));
  REQUIRE(part->refs.size() == 1);
  CHECK(part->refs.front().updated == at("2026-05-01T10:00:00Z"));
  REQUIRE(part->next == "t1");
  part = jira.part(at("2026-05-01T10:00:00Z"), part->next);
  REQUIRE(part.has_value());
  CHECK(jira.last_body().at("nextPageToken") == "t1");
  CHECK(part->refs.empty());
  REQUIRE(part->next == "t2");
  part = jira.part(at("2026-05-01T10:00:00Z"), part->next);
  REQUIRE(part.has_value());
  CHECK_FALSE(part->next.has_value());
}

TEST_CASE("without a time the list is bounded by its projects") {
  Jira jira(true);
  jira.http.on("POST /rest/api/3/search/jql", 200, R"({"issues":[],"isLast":true})");
  REQUIRE(jira.part({}, {}).has_value());
  CHECK(jira.last_body().at("jql") == "project in (\"SUP\", \"A\\\"B\") ORDER BY updated ASC, key ASC");
}

TEST_CASE("a token that comes twice is an error and no endless list") {
  Jira jira(true);
  jira.http.on("POST /rest/api/3/search/jql", 200, R"({"issues":[],"nextPageToken":"t1","isLast":false})");
  const auto part = jira.part({}, "t1");
  REQUIRE_FALSE(part.has_value());
  CHECK(part.error().kind == ErrorKind::bad_reply);
}

TEST_CASE("a Data Center is asked by minutes of the account's zone, and never for one that comes twice") {
  struct Row {
    const char* name;
    const char* since;
    const char* zone;
    const char* minute;
  };
  const Row rows[] = {
      {"summer", "2026-05-01T10:12:44Z", "Europe/Berlin", "2026/05/01 12:12"},
      {"west", "2026-05-01T02:12:44Z", "America/New_York", "2026/04/30 22:12"},
      {"half hours", "2026-05-01T10:12:44Z", "Asia/Kolkata", "2026/05/01 15:42"},
      {"first of the doubled hours", "2026-10-25T00:30:00Z", "Europe/Berlin", "2026/10/25 01:30"},
      {"second of the doubled hours", "2026-10-25T01:30:00Z", "Europe/Berlin", "2026/10/25 01:30"},
      {"behind them", "2026-10-25T02:00:00Z", "Europe/Berlin", "2026/10/25 03:00"},
      {"behind the gap", "2026-03-29T01:00:00Z", "Europe/Berlin", "2026/03/29 03:00"},
  };
  for (const auto& each : rows) {
    CAPTURE(each.name);
    Jira jira(false);
    jira.http.on("POST /rest/api/2/search", 200, R"({"startAt":0,"maxResults":3,"total":0,"issues":[]})");
    REQUIRE(jira.part(at(each.since), {}, each.zone).has_value());
    CHECK(jira.last_body().at("jql") == "project in (\"SUP\", \"A\\\"B\") AND updated >= \"" +
                                            std::string(each.minute) + "\" ORDER BY updated ASC, key ASC");
  }
  Jira jira(false);
  const auto unknown = jira.part(at("2026-05-01T10:00:00Z"), {}, "Mars/Olympus");
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().what.find("Mars/Olympus") != std::string::npos);
}

TEST_CASE("a Data Center's list begins anew at the minute of the last row, and within one minute goes on by offset") {
  Jira jira(false);
  const auto page = [&](std::int64_t start, std::int64_t total, Json issues) {
    jira.http.on("POST /rest/api/2/search", 200,
                 Json{{"startAt", start}, {"maxResults", 3}, {"total", total}, {"issues", std::move(issues)}}.dump());
  };
  const auto since = at("2026-05-01T10:00:00Z");
  page(0, 9,
       {row("1", "2026-05-01T10:00:10.000+0000"), row("2", "2026-05-01T10:03:00.000+0000"),
        row("3", "2026-05-01T10:07:30.000+0000")});
  page(0, 7,
       {row("3", "2026-05-01T10:07:30.000+0000"), row("4", "2026-05-01T10:07:31.000+0000"),
        row("5", "2026-05-01T10:07:32.000+0000")});
  page(1, 7,
       {row("4", "2026-05-01T10:07:31.000+0000"), row("5", "2026-05-01T10:07:32.000+0000"),
        row("6", "2026-05-01T10:09:00.000+0000")});
  page(0, 1, Json::array({row("6", "2026-05-01T10:09:00.000+0000")}));
  auto part = jira.part(since, {});
  REQUIRE(part.has_value());
  REQUIRE(part->next.has_value());
  part = jira.part(since, part->next);
  REQUIRE(part.has_value());
  CHECK(jira.last_body().at("jql").get<std::string>().find("2026/05/01 12:07") != std::string::npos);
  CHECK(jira.last_body().at("startAt") == 0);
  part = jira.part(since, part->next);
  REQUIRE(part.has_value());
  CHECK(jira.last_body().at("jql").get<std::string>().find("2026/05/01 12:07") != std::string::npos);
  CHECK(jira.last_body().at("startAt") == 1);
  REQUIRE(part->next.has_value());
  part = jira.part(since, part->next);
  REQUIRE(part.has_value());
  CHECK(jira.last_body().at("jql").get<std::string>().find("2026/05/01 12:09") != std::string::npos);
  CHECK(jira.last_body().at("startAt") == 0);
  CHECK_FALSE(part->next.has_value());
}

TEST_CASE("a page token that is none of ours is refused") {
  for (const auto* token : {"", "x", "12", "12|", "|-1", "a|1", "9999999999999999999|0"}) {
    CAPTURE(token);
    Jira jira(false);
    const auto part = jira.part({}, token);
    REQUIRE_FALSE(part.has_value());
    CHECK(part.error().kind == ErrorKind::bad_reply);
  }
}

}  // namespace cb
