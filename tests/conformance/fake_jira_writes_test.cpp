// What a fake Jira makes of writes: values by kind of field, labels, quietness, transitions, comments and what hangs on
// an issue.
#include <doctest/doctest.h>

#include "tests/conformance/fake_jira_asking.hpp"

using namespace cb;
using namespace cb::jira_asking;
using namespace cb::fake_jira;

TEST_CASE("each kind of field takes its own form and nothing else") {
  struct Row {
    const char* field;
    Json good, bad;
    const char* why;  // what the error says of the bad one
  };
  for (const auto form : k_forms) {
    Server server(form);
    CAPTURE(form.cloud);
    const auto wrong_rich =
        form.cloud ? Json("text") : Json{{"type", "doc"}, {"version", 1}, {"content", Json::array()}};
    const Row rows[] = {
        {"SLA", "met", 7, "must be a string"},
        {"Due", "2026-12-01T10:00:00.000+0000", "2026-12-01T10:00:00.000+00:00", "Error parsing date string"},
        {"Due", "2026-12-01T10:00:00.5+0000", "2026-12-01T10:00:00+0000", "Error parsing date string"},
        {"Due", "2026-12-01T10:00:00.000Z", "2026-12-01T10:00:00.000000+0000", "Error parsing date string"},
        {"Since", "2026-05-03", "2026-13-03", "Error parsing date string"},
        {"Effort", 2.5, "2.5", "must be a number"},
        {"Billing", {{"value", "Paid"}}, {{"value", "Gift"}}, "'Gift' is not valid"},
        {"Billing", {{"value", "Free"}}, "Paid", "Could not find valid 'id' or 'value'"},
        {"Areas", Json::array({{{"value", "Tests"}}}), {{"value", "Tests"}}, "not an array"},
        {"Region", {{"value", "Europe"}, {"child", {{"value", "Czechia"}}}}, {{"value", "Asia"}}, "is not valid"},
        {"Tags", Json::array({"a", "b"}), Json::array({"a b"}), "contains spaces"},
        {"Owner", server.person("staff"), Json{{form.cloud ? "accountId" : "name", "ghost"}}, "does not exist"},
        {"Notes for staff", server.rich("a note"), wrong_rich, "must be a"}};
    for (const auto& row : rows) {
      CAPTURE(row.field);
      const auto id = server.field(row.field);
      CHECK(server.edit("SUP-1", {{id, row.good}}).status == 204);
      const auto kept = server.issue("SUP-1")[id];
      CHECK_FALSE(kept.is_null());
      const auto refused = server.edit("SUP-1", {{id, row.bad}});
      CHECK(refused.status == 400);
      CHECK(refused.body["errors"][id].get<std::string>().find(row.why) != std::string::npos);
      CHECK(server.issue("SUP-1")[id] == kept);
      CHECK(server.edit("SUP-1", {{id, nullptr}}).status == 204);
      CHECK(server.issue("SUP-1")[id].is_null());
    }
  }
}

TEST_CASE("an edit is done as a whole or not at all, and says what was wrong with each field") {
  for (const auto form : k_forms) {
    Server server(form);
    const auto sla = server.field("SLA");
    const auto before = server.issue("SUP-1");
    const auto refused =
        server.ask("PUT", "/issue/SUP-1",
                   {{"fields", {{sla, "met"}, {"labels", {"a"}}, {"customfield_1", 1}, {"status", {{"id", "3"}}}}},
                    {"update", {{"labels", {{{"add", "b"}}}}}}});
    CHECK(refused.status == 400);
    const auto unknown = [](const std::string& field) {
      return "Field '" + field + "' cannot be set. It is not on the appropriate screen, or unknown.";
    };
    CHECK(refused.body["errors"]["customfield_1"] == unknown("customfield_1"));
    CHECK(refused.body["errors"]["status"] == unknown("status"));
    CHECK(refused.body["errors"].contains("labels"));
    CHECK(server.issue("SUP-1") == before);
    CHECK(server.ask("PUT", "/issue/SUP-1", Json::object()).message() == "one of 'fields' or 'update' required");
    // The same value again changes nothing.
    CHECK(server.edit("SUP-1", {{sla, "met"}}).status == 204);
    const auto once = server.issue("SUP-1")["updated"];
    CHECK(once != before["updated"]);
    CHECK(server.edit("SUP-1", {{sla, "met"}}).status == 204);
    CHECK(server.issue("SUP-1")["updated"] == once);
  }
}

TEST_CASE("a field that stands on no screen cannot be edited, nor read where it has no context") {
  Server server({false, false});
  make_admin(server.state(), "bridge");
  const auto made = server.ask(
      "POST", "/field", {{"name", "Pool"}, {"type", "com.atlassian.jira.plugin.system.customfieldtypes:textfield"}});
  CHECK(made.status == 201);
  const std::string id = made.body["id"];
  CHECK(server.edit("SUP-1", {{id, "x"}}).status == 400);
  CHECK_FALSE(server.get("/issue/SUP-1/editmeta").body["fields"].contains(id));
  server.state().fields.back().has_screen = true;
  CHECK(server.edit("SUP-1", {{id, "x"}}).status == 204);
  server.state().fields.back().projects = {"10001"};
  CHECK_FALSE(server.issue("SUP-1").contains(id));
  CHECK(server.ask("POST", "/field", {{"name", "Y"}, {"type", "text"}}).status == 400);
  CHECK(server.ask("POST", "/field", {{"name", "Y"}}, "staff").status == 403);
}

TEST_CASE("labels are added and removed beside what others do, or replaced") {
  for (const auto form : k_forms) {
    Server server(form);
    const auto update = [&](const Json& operations) {
      return server.ask("PUT", "/issue/SUP-1", {{"update", {{"labels", operations}}}}).status;
    };
    CHECK(update({{{"add", "b"}}, {{"add", "a"}}}) == 204);
    CHECK(update({{{"remove", "b"}}, {{"add", "c"}}}) == 204);
    CHECK(server.issue("SUP-1")["labels"] == Json{"a", "c"});
    CHECK(update({{{"add", "d e"}}}) == 400);
    CHECK(update({{{"set", {"z"}}}}) == 204);
    CHECK(server.issue("SUP-1")["labels"] == Json{"z"});
    const auto log = server.get("/issue/SUP-1?expand=changelog").body["changelog"]["histories"];
    const auto last = log[1]["items"][0];
    CHECK(last["fromString"] == "a b");
    CHECK(last["toString"] == "a c");
    CHECK(last.contains("fieldId") == form.cloud);
  }
}

TEST_CASE("a quiet edit needs an administrator; what happens without one is a setting") {
  for (const auto form : k_forms) {
    Server server(form);
    const auto sla = server.field("SLA");
    const auto quiet = [&](const std::string& value, const std::string& flag = "false") {
      return server.edit("SUP-1", {{sla, value}}, "?notifyUsers=" + flag).status;
    };
    CHECK(quiet("one") == 403);
    CHECK(quiet("one", "0") == 403);  // read as false
    CHECK(server.issue("SUP-1")[sla].is_null());
    server.settings().quiet_without_right = QuietWithoutRight::dropped;
    CHECK(quiet("two") == 204);
    CHECK(server.issue("SUP-1")[sla].is_null());
    server.settings().quiet_without_right = QuietWithoutRight::mailed;
    CHECK(quiet("three") == 204);
    CHECK(server.issue("SUP-1")[sla] == "three");
    CHECK(server.state().counters.mails == 1);
    make_admin(server.state(), "bridge");
    CHECK(quiet("four") == 204);
    CHECK(server.state().counters.mails == 1);
    CHECK(quiet("five", "true") == 204);
    CHECK(server.state().counters.mails == 2);
  }
}

TEST_CASE("Cloud returns the issue of an edit where it is asked, with what came along") {
  Server server({true, false});
  const Json body{{"fields", {{server.field("SLA"), "met"}}},
                  {"historyMetadata", {{"type", "sla.bridge"}, {"extraData", {{"op", "u-1"}}}}},
                  {"properties", Json::array({{{"key", "sla.bridge"}, {"value", {{"rev", 7}}}}})}};
  const auto edited = server.ask("PUT", "/issue/SUP-1?returnIssue=true", body);
  CHECK(edited.status == 200);
  CHECK(edited.body["fields"][server.field("SLA")] == "met");
  CHECK(server.get("/issue/SUP-1/changelog").body["values"][0]["historyMetadata"]["extraData"]["op"] == "u-1");
  CHECK(server.get("/issue/SUP-1/properties/sla.bridge").body["value"]["rev"] == 7);
}

TEST_CASE("a transition goes where the workflow leads, with just the fields of its screen") {
  for (const auto form : k_forms) {
    Server server(form);
    const auto go = [&](const char* id, const Json& fields) {
      return server.ask("POST", "/issue/SUP-1/transitions", {{"transition", {{"id", id}}}, {"fields", fields}});
    };
    const auto listed = server.get("/issue/SUP-1/transitions?expand=transitions.fields").body["transitions"];
    REQUIRE(listed.size() == 2);
    CHECK(listed[1]["to"]["name"] == "Done");
    CHECK(listed[1]["fields"]["resolution"]["required"] == true);
    CHECK(listed[0]["fields"].empty());
    CHECK(go("21", Json::object()).status == 400);  // not from To Do
    CHECK(go("41", Json::object()).body["errors"]["resolution"] == "Resolution is required.");
    CHECK(go("41", {{"resolution", {{"name", "Done"}}}, {"summary", "x"}}).status == 400);
    CHECK(go("11", {{"resolution", {{"name", "Done"}}}}).status == 400);
    CHECK(go("41", {{"resolution", {{"name", "Duplicate"}}}}).status == 204);
    auto issue = server.issue("SUP-1");
    CHECK(issue["status"]["statusCategory"]["key"] == "done");
    CHECK(issue["resolution"]["name"] == "Duplicate");
    CHECK(issue["resolutiondate"] == issue["updated"]);
    CHECK(go("51", Json::object()).status == 204);
    issue = server.issue("SUP-1");
    CHECK(issue["resolution"].is_null());
    CHECK(issue["resolutiondate"].is_null());
    // Renamed, the history keeps the old word and the id.
    rename_status(server.state(), "Done", "Finished");
    const auto log = server.get("/issue/SUP-1?expand=changelog").body["changelog"]["histories"];
    const auto& first = log[form.cloud ? 1 : 0]["items"];
    CHECK(first.back()["toString"] == "Done");
    CHECK(first.back()["to"] == "10002");
  }
}

TEST_CASE("expand=changelog is whole on Data Center, the newest of it on Cloud") {
  for (const bool cloud : {true, false}) {
    Server server({cloud, false});
    for (int i = 0; i < 45; ++i) server.edit("SUP-1", {{server.field("SLA"), std::to_string(i)}});
    const auto log = server.get("/issue/SUP-1?expand=changelog").body["changelog"];
    CHECK(log["total"] == 45);
    CHECK(log["histories"].size() == (cloud ? 40 : 45));
    CHECK(log["histories"][0]["items"][0]["toString"] == (cloud ? "44" : "0"));
  }
  Server server({true, false});
  for (int i = 0; i < 45; ++i) server.edit("SUP-1", {{server.field("SLA"), std::to_string(i)}});
  const auto page = server.get("/issue/SUP-1/changelog?startAt=20&maxResults=20").body;
  CHECK(page["values"][0]["items"][0]["toString"] == "20");
  CHECK(page["isLast"] == false);
  const Json wanted{{"issueIdsOrKeys", {"SUP-1", "SUP-2"}}, {"fieldIds", {server.field("SLA")}}, {"maxResults", 30}};
  auto bulk = server.ask("POST", "/changelog/bulkfetch", wanted).body;
  CHECK(bulk["issueChangeLogs"][0]["changeHistories"].size() == 30);
  auto rest = wanted;
  rest["nextPageToken"] = bulk["nextPageToken"];
  bulk = server.ask("POST", "/changelog/bulkfetch", rest).body;
  CHECK(bulk["issueChangeLogs"][0]["changeHistories"].size() == 15);
  CHECK_FALSE(bulk.contains("nextPageToken"));
}

TEST_CASE("links are replaced by their global id, with nothing of the old one left") {
  for (const auto form : k_forms) {
    Server server(form);
    const auto put = [&](const Json& body) { return server.ask("POST", "/issue/SUP-1/remotelink", body).status; };
    CHECK(put({{"globalId", "cb#1"}, {"relationship", "contract"}, {"object", {{"url", "u"}, {"title", "t"}}}}) == 201);
    CHECK(put({{"globalId", "cb#1"}, {"object", {{"url", "u2"}, {"title", "t2"}}}}) == 200);
    CHECK(put({{"object", {{"url", "u"}}}}) == 400);
    const auto links = server.get("/issue/SUP-1/remotelink").body;
    REQUIRE(links.size() == 1);
    CHECK(links[0]["object"]["title"] == "t2");
    CHECK_FALSE(links[0].contains("relationship"));
  }
}

TEST_CASE("properties, watchers and work hang on an issue") {
  for (const auto form : k_forms) {
    Server server(form);
    const auto updated = server.issue("SUP-1")["updated"];
    CHECK(server.ask("PUT", "/issue/SUP-1/properties/p", {{"a", 1}}).status == 201);
    CHECK(server.ask("PUT", "/issue/SUP-1/properties/p", {{"a", 2}}).status == 200);
    CHECK(server.issue("SUP-1")["updated"] == updated);
    CHECK(server.get("/issue/SUP-1?properties=p").body["properties"]["p"]["a"] == 2);
    CHECK(server.ask("PUT", "/issue/SUP-1/properties/p", std::string(40000, 'x')).status == 400);
    CHECK(server.ask("DELETE", "/issue/SUP-1/properties/p").status == 204);
    CHECK(server.get("/issue/SUP-1/properties/p").status == 404);
    CHECK(server.ask("POST", "/issue/SUP-1/watchers", form.cloud ? server.id("staff") : "staff").status == 204);
    CHECK(server.get("/issue/SUP-1/watchers").body["watchCount"] == 1);
    CHECK(server.ask("POST", "/issue/SUP-1/watchers", {{"name", "staff"}}).status == 400);
    CHECK(server.ask("POST", "/issue/SUP-1/worklog", {{"timeSpentSeconds", 5400}}).status == 201);
    CHECK(server.issue("SUP-1")["timespent"] == 5400);
  }
}
