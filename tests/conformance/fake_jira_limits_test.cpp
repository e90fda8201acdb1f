// How much a fake Jira takes, and bulk edits, which are the way round.
#include <doctest/doctest.h>

#include "tests/conformance/fake_jira_asking.hpp"

using namespace cb;
using namespace cb::jira_asking;
using namespace cb::fake_jira;

namespace {

int write(Server& server, const std::string& key, int value) {
  return server.edit(key, {{server.field("SLA"), std::to_string(value)}}).status;
}

}  // namespace

TEST_CASE("writes of one issue are limited in two spans, others are not hindered") {
  Server server({true, false});
  server.settings().limits.per_issue = true;
  for (int i = 0; i < 20; ++i) CHECK(write(server, "SUP-1", i) == 204);
  const auto refused = server.edit("SUP-1", {{server.field("SLA"), "x"}});
  CHECK(refused.status == 429);
  CHECK(header(refused.response, "Retry-After") == "2");
  CHECK(header(refused.response, "RateLimit-Reason") == "jira-per-issue-on-write");
  CHECK(header(refused.response, "X-RateLimit-Limit") == "20");
  CHECK(header(refused.response, "X-RateLimit-Reset") == "2026-11-27T09:00Z");
  CHECK(write(server, "SUP-2", 1) == 204);
  CHECK(server.get("/issue/SUP-1").status == 200);
  for (int burst = 0; burst < 4; ++burst) {
    server.now += Seconds(2);
    for (int i = 0; i < 20; ++i) CHECK(write(server, "10001", 100 * burst + i) == 204);
  }
  server.now += Seconds(2);
  const auto longer = server.edit("SUP-1", {{server.field("SLA"), "y"}});
  CHECK(longer.status == 429);
  CHECK(header(longer.response, "Retry-After") == "20");
  server.now += Seconds(20);
  CHECK(write(server, "SUP-1", 7) == 204);
  CHECK(server.state().counters.refused == 2);
  CHECK(server.state().counters.most_in_2_seconds == 20);
  CHECK(server.state().counters.most_in_30_seconds == 100);
}

TEST_CASE("what was written is counted without a limit, too") {
  Server server({true, false});
  for (int i = 0; i < 30; ++i) CHECK(write(server, "SUP-1", i) == 204);
  CHECK(server.state().counters.refused == 0);
  CHECK(server.state().counters.most_in_2_seconds == 30);
  CHECK(server.state().counters.most_in_a_second["PUT"] == 30);
}

TEST_CASE("bursts are limited by method, with or without a word on when to come back") {
  Server server({true, false});
  server.settings().limits.get = 3;
  for (int i = 0; i < 3; ++i) CHECK(server.get("/myself").status == 200);
  const auto refused = server.get("/myself");
  CHECK(refused.status == 429);
  CHECK(header(refused.response, "Retry-After") == "1");
  CHECK(header(refused.response, "RateLimit-Reason") == "jira-burst-based");
  server.settings().limits.tells_retry_after = false;
  CHECK_FALSE(header(server.get("/myself").response, "Retry-After"));
  CHECK(write(server, "SUP-1", 1) == 204);
  server.now += Seconds(1);
  CHECK(server.get("/myself").status == 200);
}

TEST_CASE("Data Center's bucket is told with every answer, and refills") {
  Server server({false, false});
  auto& limits = server.settings().limits;
  limits.bucket = 10;
  limits.fill = 2;
  for (int left = 9; left >= 0; --left) {
    const auto answer = server.get("/myself");
    CHECK(answer.status == 200);
    CHECK(header(answer.response, "X-RateLimit-Remaining") == std::to_string(left));
    CHECK(header(answer.response, "X-RateLimit-FillRate") == "2");
  }
  CHECK(server.get("/myself").status == 429);
  CHECK(server.get("/myself", "staff").status == 200);
  server.now += Seconds(1);
  CHECK(server.get("/myself").status == 200);
  CHECK(server.get("/myself").status == 200);
  CHECK(server.get("/myself").status == 429);
}

TEST_CASE("a bulk edit is done later, quietly where asked, and tells of each issue") {
  Server server({true, false});
  const auto sla = server.field("SLA"), billing = server.field("Billing");
  const auto paid = field_by_name(server.state(), "Billing")->options[2].id;
  const auto hidden = add_issue(server.state(), "SEC", "admin", "Secret", "", server.now);
  const Json input{
      {"singleLineTextFields", {{{"fieldId", sla}, {"text", "met"}}}},
      {"singleSelectFields", {{{"fieldId", billing}, {"option", {{"optionId", std::stoi(paid)}}}}}},
      {"labelsFields",
       {{{"fieldId", "labels"}, {"bulkEditMultiSelectFieldOption", "ADD"}, {"labels", {{{"name", "vip"}}}}}}}};
  Json body{{"selectedIssueIdsOrKeys", {"SUP-1", "SUP-2", hidden, "SUP-99"}},
            {"selectedActions", {sla, billing, "labels"}},
            {"editedFieldsInput", input},
            {"sendBulkNotification", false}};
  const auto submitted = server.ask("POST", "/bulk/issues/fields", body);
  REQUIRE(submitted.status == 201);
  const auto progress = [&] { return server.get("/bulk/queue/" + submitted.body["taskId"].get<std::string>()).body; };
  CHECK(progress()["status"] == "RUNNING");
  CHECK(server.issue("SUP-1")[sla].is_null());
  server.now += Seconds(2);
  const auto done = progress();
  CHECK(done["status"] == "COMPLETE");
  CHECK(done["processedAccessibleIssues"] == Json{10001, 10002});
  CHECK(done["failedAccessibleIssues"].contains(hidden));
  CHECK(done["invalidOrInaccessibleIssueCount"] == 1);
  const auto issue = server.issue("SUP-2");
  CHECK(issue[sla] == "met");
  CHECK(issue[billing]["value"] == "Paid");
  CHECK(issue["labels"] == Json{"vip"});
  CHECK(server.state().counters.mails == 0);
  body["selectedActions"] = {sla};
  CHECK(server.ask("POST", "/bulk/issues/fields", body).status == 400);
  body["selectedActions"] = {sla, billing, "labels"};
  for (int i = 0; i < 5; ++i) CHECK(server.ask("POST", "/bulk/issues/fields", body).status == 201);
  CHECK(server.ask("POST", "/bulk/issues/fields", body).status == 400);
}
