// A fake Jira with Service Management: who reads which comment, organisations, and its own clocks.
#include <doctest/doctest.h>

#include "tests/conformance/fake_jira_asking.hpp"

using namespace cb;
using namespace cb::jira_asking;
using namespace cb::fake_jira;

namespace {

const std::string k_desk = "/rest/servicedeskapi";
const std::vector<Form> k_desks{{true, true}, {false, true}};

Json internal_property(bool value) {
  return Json::array({{{"key", "sd.public.comment"}, {"value", {{"internal", value}}}}});
}

std::vector<std::string> bodies(Server& server, const std::string& who, const std::string& query = "") {
  std::vector<std::string> out;
  const auto read = server.get(k_desk + "/request/SUP-1/comment" + query, who);
  REQUIRE(read.status == 200);
  for (const auto& comment : read.body["values"]) out.push_back(comment["body"]);
  return out;
}

int say(Server& server, const std::string& text, const Json& more = Json::object(), const std::string& who = "bridge") {
  Json body{{"body", server.rich(text)}};
  body.update(more);
  return server.ask("POST", "/issue/SUP-1/comment", body, who).status;
}

Json last_comment(Server& server) {
  return server.get("/issue/SUP-1/comment?expand=properties").body["comments"].back();
}

}  // namespace

TEST_CASE("a platform comment of a service desk is public unless it says otherwise") {
  for (const auto form : k_desks) {
    CAPTURE(form.cloud);
    Server server(form);
    CHECK(say(server, "for all") == 201);
    CHECK(last_comment(server)["properties"][0]["value"]["internal"] == false);
    CHECK(last_comment(server).contains("jsdPublic") == form.cloud);
    CHECK(say(server, "for staff", {{"properties", internal_property(true)}}) == 201);
    CHECK(last_comment(server)["properties"][0]["value"]["internal"] == true);
    if (form.cloud) CHECK(last_comment(server)["jsdPublic"] == false);
    CHECK(say(server, "for the team", {{"visibility", {{"type", "role"}, {"value", "Service Desk Team"}}}}) == 201);
    CHECK(bodies(server, "bridge") == std::vector<std::string>{"for all", "for staff", "for the team"});
    CHECK(bodies(server, "bridge", "?public=false") == std::vector<std::string>{"for staff"});
    CHECK(bodies(server, "bridge", "?internal=false&start=1&limit=1") == std::vector<std::string>{"for the team"});
    CHECK(bodies(server, "customer") == std::vector<std::string>{"for all"});
    // Without the role it is not there at all, not even for a licensed account.
    CHECK(server.get("/issue/SUP-1/comment", "other").body["total"] == 2);
    CHECK(say(server, "x", {{"visibility", {{"type", "role"}, {"value", "Nobody"}}}}) == 400);
  }
}

TEST_CASE("outside of a service desk nothing is internal") {
  for (const bool cloud : {true, false}) {
    Server server({cloud, false});
    CHECK(say(server, "note", {{"properties", internal_property(true)}}) == 201);
    CHECK(last_comment(server)["properties"].empty());
    if (cloud) CHECK(last_comment(server)["jsdPublic"] == true);
  }
}

TEST_CASE("who is no agent cannot say anything internal, and may not be told so") {
  for (const auto form : k_desks) {
    Server server(form);
    for (auto& user : server.state().users)
      if (user.name == "bridge") user.is_agent = false;
    CHECK(say(server, "leaks", {{"properties", internal_property(true)}}) == 201);
    CHECK(last_comment(server)["properties"][0]["value"]["internal"] == false);
    const Json wanted{{"body", "leaks too"}, {"public", false}};
    const auto leaked = server.ask("POST", k_desk + "/request/SUP-1/comment", wanted);
    CHECK(leaked.body["public"] == true);
    server.settings().internal_of_others_turns_public = false;
    CHECK(say(server, "refused", {{"properties", internal_property(true)}}) == 403);
    CHECK(server.ask("POST", k_desk + "/request/SUP-1/comment", wanted).status == 403);
    CHECK(bodies(server, "customer").size() == 2);
    // Even an agent's can turn public, where the setting says so.
    server.settings().internal_turns_public = true;
    CHECK(server.ask("POST", k_desk + "/request/SUP-1/comment", wanted, "staff").body["public"] == true);
  }
}

TEST_CASE("a comment can be taken back, and made internal later") {
  for (const auto form : k_desks) {
    Server server(form);
    CHECK(say(server, "oops") == 201);
    const std::string id = last_comment(server)["id"];
    CHECK(server
              .ask("PUT", "/issue/SUP-1/comment/" + id,
                   {{"body", server.rich("hidden")}, {"properties", internal_property(true)}})
              .status == 200);
    CHECK(bodies(server, "customer").empty());
    CHECK(bodies(server, "bridge") == std::vector<std::string>{"hidden"});
    CHECK(server.ask("DELETE", "/issue/SUP-1/comment/" + id, {}, "other").status == 403);
    CHECK(server.ask("DELETE", "/issue/SUP-1/comment/" + id).status == 204);
    CHECK(server.get("/issue/SUP-1/comment").body["total"] == 0);
    CHECK(server.get("/issue/SUP-1?expand=changelog").body["changelog"]["total"] == 0);
  }
}

TEST_CASE("a customer sees own requests, those of the organisation and those shared, and nothing else") {
  for (const auto form : k_desks) {
    Server server(form);
    const auto status = [&](const std::string& who) { return server.get(k_desk + "/request/SUP-1", who).status; };
    CHECK(status("customer") == 200);
    CHECK(status("customer2") == 404);
    server.state().organizations[0].users.push_back(server.id("customer2"));
    CHECK(status("customer2") == 200);
    server.state().organizations[0].users.pop_back();
    issue(server.state(), "SUP-1").participants.push_back(server.id("customer2"));
    CHECK(status("customer2") == 200);
    CHECK(server.get(k_desk + "/request/SUP-1/participant").body["values"][0]["displayName"] == "Customer Otto");
    const auto held = server.issue("SUP-1")[server.field("Organizations")];
    CHECK(held[0]["name"] == "ACME");
    const auto made = server.ask("POST", k_desk + "/request",
                                 {{"serviceDeskId", "1"},
                                  {"requestTypeId", "10001"},
                                  {"requestFieldValues", {{"summary", "Portal"}, {"description", "Help"}}}},
                                 "customer2");
    CHECK(made.status == 201);
    CHECK(server.issue(made.body["issueKey"])[server.field("Organizations")][0]["name"] == "Duna");
  }
}

TEST_CASE("organisations are listed by account on Cloud, and only with an opt-in on Data Center") {
  Server cloud({true, true}), data_center({false, true});
  const auto named = cloud.get(k_desk + "/organization?accountId=acc-customer2").body["values"];
  REQUIRE(named.size() == 1);
  CHECK(named[0]["name"] == "Duna");
  CHECK(cloud.get(k_desk + "/organization/1/user").body["values"].size() == 2);
  CHECK(cloud.get(k_desk + "/servicedesk/1/organization").body["size"] == 2);
  CHECK(cloud.get(k_desk + "/organization", "customer").body["size"] == 1);
  CHECK(data_center.get(k_desk + "/organization").status == 412);
  const auto asked = data_center.ask("GET", k_desk + "/organization", {}, "bridge", {{"X-ExperimentalApi", "opt-in"}});
  CHECK(asked.body["values"].size() == 2);
  const auto field = data_center.field("Organizations");
  for (const auto& row : data_center.get("/field").body)
    if (row["id"] == field) CHECK(row["schema"]["custom"] == "com.atlassian.servicedesk:sd-customer-organizations");
}

TEST_CASE("the desk's own clocks run, stop, pause and begin anew") {
  for (const auto form : k_desks) {
    Server server(form);
    const auto clocks = [&] { return server.get(k_desk + "/request/SUP-1/sla").body["values"]; };
    server.now += Seconds(3600);
    CHECK(clocks()[0]["ongoingCycle"]["elapsedTime"]["millis"] == 3600000 - 123);
    CHECK(say(server, "staff only", {{"properties", internal_property(true)}}) == 201);
    CHECK(clocks()[0].contains("ongoingCycle"));
    CHECK(say(server, "answer") == 201);
    CHECK(clocks()[0]["completedCycles"][0]["breached"] == false);
    CHECK_FALSE(clocks()[0].contains("ongoingCycle"));
    set_status(server.state(), "SUP-1", "staff", "Waiting for customer", server.now);
    server.now += Seconds(48 * 3600);
    CHECK(clocks()[1]["ongoingCycle"]["paused"] == true);
    CHECK(clocks()[1]["ongoingCycle"]["breached"] == false);
    CHECK_FALSE(clocks()[1]["ongoingCycle"].contains("breachTime"));
    set_status(server.state(), "SUP-1", "staff", "In Progress", server.now);
    server.now += Seconds(23 * 3600 + 60);
    CHECK(clocks()[1]["ongoingCycle"]["breached"] == true);
    set_status(server.state(), "SUP-1", "staff", "Done", server.now);
    CHECK(clocks()[1]["completedCycles"][0]["breached"] == true);
    set_status(server.state(), "SUP-1", "staff", "In Progress", server.now);
    CHECK(clocks()[1]["completedCycles"].size() == 1);
    CHECK(clocks()[1]["ongoingCycle"]["remainingTime"]["millis"].get<long long>() > 86'000'000);
    CHECK(server.get(k_desk + "/request/SUP-1/sla", "customer").status == 403);
  }
}
