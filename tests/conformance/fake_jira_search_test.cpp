// Searches of a fake Jira: their times, pages, and an index that lags.
#include <doctest/doctest.h>

#include "tests/conformance/fake_jira_asking.hpp"

using namespace cb;
using namespace cb::jira_asking;
using namespace cb::fake_jira;

namespace {

using Keys = std::vector<std::string>;

// Six issues, ten minutes apart from 09:00:00.123 on; now it is 10:00.
void add_more(Server& server) {
  for (int i = 1; i < 5; ++i) add_issue(server.state(), "SUP", "staff", "More", "", server.now + Seconds(600 * i));
  server.now += Seconds(3600);
}

const std::string k_order = " ORDER BY updated ASC, key ASC";

}  // namespace

TEST_CASE("times of JQL: milliseconds, periods, and minutes in the caller's zone") {
  struct Row {
    const char* time;
    Keys keys;
  };
  const Row rows[] = {{"1795771200123", {"SUP-4", "SUP-5", "SUP-6"}},  // to the millisecond
                      {"1795771200124", {"SUP-5", "SUP-6"}},
                      {"-45m", {"SUP-4", "SUP-5", "SUP-6"}},
                      {"\"-1h 5m\"", {"SUP-1", "SUP-2", "SUP-3", "SUP-4", "SUP-5", "SUP-6"}},
                      {"\"2026/11/27 14:50\"", {"SUP-4", "SUP-5", "SUP-6"}},
                      {"'2026-11-27 14:51'", {"SUP-5", "SUP-6"}},
                      {"2026-11-28", {}}};
  for (const auto form : k_forms) {
    CAPTURE(form.cloud);
    Server server(form);
    add_more(server);
    for (auto& user : server.state().users)
      if (user.name == "bridge") user.zone = "Asia/Kolkata";  // 5:30 ahead
    for (const auto& row : rows) {
      CAPTURE(row.time);
      const auto found = server.search("project = SUP AND updated >= " + std::string(row.time) + k_order);
      REQUIRE(found.status == 200);
      CHECK(found.keys() == row.keys);
    }
    CHECK(server.search("updated >= tomorrow").status == 400);
    server.settings().epoch_in_jql = false;
    CHECK(server.search("updated >= 1795771200123").message().rfind("Date value '1795771200123'", 0) == 0);
  }
}

TEST_CASE("what JQL is understood, and what is refused") {
  struct Row {
    const char* jql;
    int status;
    Keys keys;
  };
  const Row rows[] = {{"id in (10001, 10003) ORDER BY key DESC", 200, {"SUP-3", "SUP-1"}},
                      {"key in (SUP-1,SUP-3) AND project != LAB order by created", 200, {"SUP-1", "SUP-3"}},
                      {"issuekey = SUP-2", 200, {"SUP-2"}},
                      {"project in (\"SUP\", LAB) and status = 'Done'", 200, {"SUP-6"}},
                      {"project = Support AND key NOT IN (SUP-1, SUP-2, SUP-3, SUP-4)", 200, {"SUP-6", "SUP-5"}},
                      {"project = NONE", 400, {}},
                      {"id in (99)", 400, {}},
                      {"key = SUP-99", 400, {}},
                      {"colour = red", 400, {}},
                      {"project ~ SUP", 400, {}},
                      {"project = SUP OR project = LAB", 400, {}},
                      {"project = SUP ORDER BY colour", 400, {}},
                      {"project in (SUP", 400, {}}};
  for (const auto form : k_forms) {
    CAPTURE(form.cloud);
    Server server(form);
    add_more(server);
    set_status(server.state(), "SUP-6", "staff", "Done", server.now);
    for (const auto& row : rows) {
      CAPTURE(row.jql);
      const auto found = server.search(row.jql);
      CHECK(found.status == row.status);
      if (row.status == 200) CHECK(found.keys() == row.keys);
    }
    CHECK(server.search("ORDER BY updated").status == (form.cloud ? 400 : 200));
  }
}

TEST_CASE("Cloud goes on by token, over pages that are shorter than asked") {
  Server server({true, false});
  add_more(server);
  Keys all;
  const auto jql = "project = SUP" + k_order;
  Json more{{"maxResults", 4}};
  server.settings().short_pages = 2;
  for (int page = 0; page < 10; ++page) {
    const auto found = server.search(jql, more);
    REQUIRE(found.status == 200);
    CHECK(found.keys().size() == 2);
    for (const auto& key : found.keys()) all.push_back(key);
    CHECK(found.body["isLast"] == !found.body.contains("nextPageToken"));
    if (found.body["isLast"] == true) break;
    more["nextPageToken"] = found.body["nextPageToken"];
  }
  CHECK(all == Keys{"SUP-1", "SUP-2", "SUP-3", "SUP-4", "SUP-5", "SUP-6"});
  CHECK(server.search("project = LAB", more).status == 400);  // another search's token
  CHECK(server.search(jql, {{"nextPageToken", "none"}}).status == 400);
  CHECK(server.search(jql, {{"maxResults", 0}}).status == 400);
}

TEST_CASE("Cloud gives ids unless fields are named, Data Center all that is navigable") {
  Server cloud({true, false}), data_center({false, false});
  const auto bare = cloud.ask("POST", "/search/jql", {{"jql", "project = SUP"}}).body["issues"][0];
  CHECK_FALSE(bare.contains("fields"));
  const auto full = data_center.ask("POST", "/search", {{"jql", "project = SUP"}}).body["issues"][0];
  CHECK(full["fields"].contains("summary"));
  CHECK_FALSE(full["fields"].contains("comment"));
  CHECK(cloud.search("project = SUP").body["issues"][0]["fields"].size() == 1);
  CHECK(cloud.search("project = SUP", {{"fields", {"*all", "-summary"}}})
            .body["issues"][0]["fields"]
            .contains("comment"));
}

TEST_CASE("Data Center goes on by offset, gives fewer rows than asked, and not deep ones") {
  Server server({false, false});
  add_more(server);
  server.settings().most_rows = 4;
  const auto page = server.search("project = SUP" + k_order, {{"startAt", 0}, {"maxResults", 500}});
  CHECK(page.body["maxResults"] == 4);
  CHECK(page.body["total"] == 6);
  CHECK(server.search("project = SUP" + k_order, {{"startAt", 4}}).keys() == Keys{"SUP-5", "SUP-6"});
  const auto deep = server.search("project = SUP", {{"startAt", 9999}});
  CHECK(deep.status == 500);
  CHECK(deep.message().rfind("Search limit exceeded", 0) == 0);
}

TEST_CASE("the index shows issues as they were, except those that are to be reconciled") {
  for (const bool cloud : {true, false}) {
    CAPTURE(cloud);
    Server server({cloud, false});
    server.settings().index_lag = Seconds(300);
    server.get("/myself");
    server.now += Seconds(600);
    CHECK(server.edit("SUP-1", {{server.field("SLA"), "met"}}).status == 204);
    const auto created =
        server.ask("POST", "/issue",
                   {{"fields", {{"project", {{"key", "SUP"}}}, {"issuetype", {{"name", "Bug"}}}, {"summary", "New"}}}});
    CHECK(created.status == 201);
    const auto changed = "project = SUP AND updated >= -5m" + k_order;
    CHECK(server.search(changed).keys().empty());
    CHECK(server.get("/issue/SUP-3").status == 200);
    if (cloud) CHECK(server.search(changed, {{"reconcileIssues", {10001}}}).keys() == Keys{"SUP-1"});
    server.now += Seconds(299);
    CHECK(server.search(changed).keys().empty());
    server.now += Seconds(1);
    CHECK(server.search("project = SUP AND updated >= -6m" + k_order).keys() == Keys{"SUP-1", "SUP-3"});
  }
}

TEST_CASE("many issues are read at once, in the order of their ids, with those that are not there named") {
  Server server({true, false});
  const auto read = server.ask("POST", "/issue/bulkfetch",
                               {{"issueIdsOrKeys", {"SUP-2", "10001", "SUP-99"}}, {"fields", {"summary"}}});
  CHECK(read.keys() == Keys{"SUP-1", "SUP-2"});
  CHECK(read.body["issueErrors"][0]["id"] == "SUP-99");
  CHECK(server.ask("POST", "/issue/bulkfetch", {{"issueIdsOrKeys", Json(Keys(101, "SUP-1"))}}).status == 400);
}
