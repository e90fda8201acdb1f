// The fake Jira where it is asked: who may see what, in each of its four forms.
#include <doctest/doctest.h>

#include "tests/conformance/fake_jira_asking.hpp"

using namespace cb;
using namespace cb::jira_asking;
using namespace cb::fake_jira;

TEST_CASE("each form says what it is") {
  for (const auto form : k_forms) {
    CAPTURE(form.cloud);
    CAPTURE(form.desk);
    Server server(form);
    const auto info = server.get("/serverInfo").body;
    CHECK(info["deploymentType"] == (form.cloud ? "Cloud" : "Server"));
    CHECK(info["serverTime"] == "2026-11-27T09:00:00.000+0000");
    CHECK(info.contains("serverTimeZone") == form.cloud);
    CHECK(server.get("/rest/api/3/serverInfo").status == (form.cloud ? 200 : 404));
    CHECK(server.get("/rest/api/2/serverInfo").status == 200);
    const auto me = server.get("/myself").body;
    CHECK(me.value("accountId", "") == (form.cloud ? "acc-bridge" : ""));
    CHECK(me.value("name", "") == (form.cloud ? "" : "bridge"));
    const auto desk = server.get("/rest/servicedeskapi/info");
    CHECK(desk.status == (form.desk ? 200 : 404));
    if (form.desk) CHECK(desk.body["isLicensedForUse"] == true);
  }
}

TEST_CASE("a Service Management without a licence answers its info alone, and a web page to the rest") {
  Server server({false, false});
  server.settings().desk_unlicensed = true;
  CHECK(server.get("/rest/servicedeskapi/info").body["isLicensedForUse"] == false);
  const auto refused = server.get("/rest/servicedeskapi/servicedesk");
  CHECK(refused.status == 403);
  CHECK(header(refused.response, "Content-Type") == "text/html;charset=UTF-8");
}

TEST_CASE("what only one of Cloud and Data Center has is not found at the other") {
  struct Row {
    const char *method, *path;
    int cloud, data_center;
  };
  const Row rows[] = {{"GET", "/issue/SUP-1/changelog", 200, 404},
                      {"GET", "/priority/search", 200, 404},
                      {"GET", "/project/search", 200, 404},
                      {"GET", "/project", 404, 200},
                      {"GET", "/search?jql=project=SUP", 410, 200},
                      {"GET", "/search/jql?jql=project=SUP", 200, 404},
                      {"DELETE", "/myself", 405, 405}};
  Server cloud({true, false}), data_center({false, false});
  for (const auto& row : rows) {
    CAPTURE(row.path);
    CHECK(cloud.ask(row.method, row.path).status == row.cloud);
    CHECK(data_center.ask(row.method, row.path).status == row.data_center);
  }
}

TEST_CASE("wrong credentials are refused, or taken for nobody's where Cloud is set up so") {
  Server cloud({true, false}), data_center({false, false});
  CHECK(cloud.get("/myself", "wrong").status == 401);
  const auto page = data_center.get("/myself", "wrong");
  CHECK(page.status == 401);
  CHECK(header(page.response, "Content-Type") == "text/html;charset=UTF-8");
  cloud.settings().bad_login = BadLogin::anonymous;
  const auto nothing = cloud.search("updated >= -30m", {}, "wrong");
  CHECK(nothing.status == 200);
  CHECK(nothing.keys().empty());
  CHECK(header(nothing.response, "X-Seraph-LoginReason") == "AUTHENTICATED_FAILED");
  CHECK(cloud.get("/myself", "wrong").status == 401);
  CHECK(cloud.get("/issue/SUP-1", "wrong").status == 404);
  // A personal access token is nothing on Cloud, an API token's Basic nothing on Data Center.
  CHECK(cloud.ask("GET", "/myself", {}, "", {{"Authorization", "Bearer bridge-token"}}).status == 401);
  CHECK(data_center
            .ask("GET", "/myself", {}, "", {{"Authorization", "Basic " + base64("bridge@example.com:bridge-token")}})
            .status == 401);
}

TEST_CASE("Data Center takes a name and a password, until it is locked out or of a line that does not") {
  Server server({false, false});
  const Headers basic{{"Authorization", "Basic " + base64("bridge:bridge-password")}};
  CHECK(server.ask("GET", "/myself", {}, "", basic).body["name"] == "bridge");
  server.settings().passwords = false;
  CHECK(server.ask("GET", "/myself", {}, "", basic).status == 401);
  server.settings().passwords = true;
  server.settings().locked_out = true;
  const auto locked = server.ask("GET", "/myself", {}, "", basic);
  CHECK(locked.status == 403);
  CHECK(header(locked.response, "X-Authentication-Denied-Reason").value_or("").rfind("CAPTCHA_CHALLENGE", 0) == 0);
  CHECK(server.get("/myself").status == 200);  // a token is not counted
}

TEST_CASE("projects without the right to browse are not there") {
  for (const auto form : k_forms) {
    CAPTURE(form.cloud);
    CAPTURE(form.desk);
    Server server(form);
    const auto id = add_issue(server.state(), "SEC", "admin", "Secret", "", server.now);
    CHECK(server.get("/issue/" + id).status == 404);
    CHECK(server.get("/issue/" + id, "admin").status == 200);
    CHECK(server.search("project in (SEC)").status == 400);
    CHECK(server.search("updated >= -30m").keys().size() == 2);
    CHECK(server.search("updated >= -30m", {}, "admin").keys().size() == 3);
    // Customers of a service desk have the portal alone.
    CHECK(server.get("/issue/SUP-1", "customer").status == (form.desk ? 404 : 200));
    CHECK(server.get("/issue/SUP-1", "other").status == 200);
    const auto rights =
        server.get("/mypermissions?permissions=EDIT_ISSUES,ADMINISTER&projectKey=SUP").body["permissions"];
    CHECK(rights["EDIT_ISSUES"]["havePermission"] == true);
    CHECK(rights["ADMINISTER"]["havePermission"] == false);
  }
  CHECK(Server({true, false}).get("/mypermissions?projectKey=SUP").status == 400);
  CHECK(Server({false, false}).get("/mypermissions?projectKey=SUP").status == 200);
}

TEST_CASE("roles tell their people and groups, users their groups") {
  for (const auto form : k_forms) {
    CAPTURE(form.cloud);
    Server server(form);
    const std::string role = server.get("/project/SUP/role").body["Service Desk Team"];
    const auto team = server.get(role.substr(role.find("/rest"))).body;
    CHECK(team["actors"][0]["type"] == "atlassian-group-role-actor");
    CHECK(team["actors"][0]["displayName"] == "support-staff");
    const auto customers = server.get("/project/SUP/role/10101").body["actors"];
    REQUIRE(customers.size() == 3);
    CHECK(customers[0].contains("actorUser") == form.cloud);
    const auto who = form.cloud ? "accountId=acc-staff" : "username=staff";
    const auto groups = server.get(std::string("/user?expand=groups&") + who).body["groups"]["items"];
    CHECK(groups.size() == 2);
    CHECK(groups[1]["name"] == "support-staff");
  }
}

TEST_CASE("addresses can be hidden, deleted accounts have no name") {
  Server server({true, false});
  for (auto& user : server.state().users)
    if (user.name == "customer") user.email_hidden = true;
  CHECK_FALSE(server.issue("SUP-1")["reporter"].contains("emailAddress"));
  CHECK(server.issue("SUP-2")["reporter"]["emailAddress"] == "staff@example.com");
  delete_user(server.state(), "customer");
  const auto gone = server.issue("SUP-1")["reporter"];
  CHECK(gone["accountId"] == "unknown");
  CHECK(gone["displayName"] == "Former user");
}

TEST_CASE("a key changes with a move, the id stays, and the old key still finds the issue") {
  for (const auto form : k_forms) {
    Server server(form);
    move_issue(server.state(), "SUP-1", "LAB", "staff", server.now);
    const auto moved = server.get("/issue/SUP-1?expand=changelog").body;
    CHECK(moved["id"] == "10001");
    CHECK(moved["key"] == "LAB-1");
    CHECK(moved["changelog"]["histories"][0]["items"][0]["field"] == "Key");
    CHECK(add_issue(server.state(), "SUP", "staff", "Third", "", server.now) == "10003");
    CHECK(server.get("/issue/10003").body["key"] == "SUP-3");
  }
}

TEST_CASE("times are in the caller's zone, with milliseconds and no colon") {
  for (const auto form : k_forms) {
    Server server(form);
    for (auto& user : server.state().users)
      if (user.name == "bridge") user.zone = "Asia/Kolkata";
    CHECK(server.issue("SUP-1")["created"] == "2026-11-27T14:30:00.123+0530");
    CHECK(server.get("/issue/SUP-1", "staff").body["fields"]["created"] == "2026-11-27T09:00:00.123+0000");
  }
}
