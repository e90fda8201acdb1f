// The fake Redmine where no recording reaches: its log, its faults, its port without a socket, and what Redmine's
// source says of people's addresses.
#include "tests/trackers/fake_redmine.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/trackers/fake_redmine_seed.hpp"

using namespace cb;

namespace {

using Json = nlohmann::json;

struct Server {
  Instant now = *instant_from_iso("2026-06-09T07:00:00Z");
  FakeRedmine redmine{fake::recorded_state(now), [this] { return now; }};

  HttpResponse ask(const std::string& method, const std::string& target, const std::string& body = "",
                   const std::string& key = "staff-key") {
    return redmine.handle(request(method, target, body, key));
  }
  static HttpRequest request(const std::string& method, const std::string& target, const std::string& body = "",
                             const std::string& key = "staff-key") {
    return {method, target, {{"X-Redmine-API-Key", key}, {"Content-Type", "application/json"}}, body};
  }
  Json issue(int id) {
    return Json::parse(ask("GET", "/issues/" + std::to_string(id) + ".json?include=journals").body)["issue"];
  }
};

}  // namespace

TEST_CASE("requests are counted by method and path") {
  Server server;
  server.ask("GET", "/issues.json?limit=1");
  server.ask("GET", "/issues/1.json");
  server.ask("PUT", "/issues/1.json", R"({"issue":{"notes":"x"}})");
  CHECK(server.redmine.requests() == 3);
  CHECK(server.redmine.requests("GET", "/issues") == 2);
  CHECK(server.redmine.requests("GET", "/issues.json") == 1);
  CHECK(server.redmine.requests("", "/users") == 0);
  CHECK(server.redmine.writes() == 1);
  CHECK(server.redmine.log().back().body == R"({"issue":{"notes":"x"}})");
  CHECK(server.redmine.log().back().status == 204);
  server.redmine.clear_log();
  CHECK(server.redmine.requests() == 0);
}

TEST_CASE("the n-th request from now fails, and no other") {
  Server server;
  server.ask("GET", "/issues/1.json");
  server.redmine.fail(2, {Fault::Kind::status, 503, 9});
  CHECK(server.ask("GET", "/issues/1.json").status == 200);
  const auto failed = server.ask("GET", "/issues/1.json");
  CHECK(failed.status == 503);
  CHECK(header(failed, "Retry-After") == "9");
  CHECK(server.ask("GET", "/issues/1.json").status == 200);
}

TEST_CASE("a request that fails has not happened, one whose answer is lost has") {
  Server server;
  const auto before = server.issue(1)["journals"].size();
  server.redmine.fail(1, {Fault::Kind::no_answer, 0, {}});
  CHECK_FALSE(
      server.redmine.exchange(Server::request("PUT", "/issues/1.json", R"({"issue":{"notes":"x"}})")).has_value());
  CHECK(server.issue(1)["journals"].size() == before);
  server.redmine.fail(1, {Fault::Kind::answer_lost, 0, {}});
  CHECK_FALSE(
      server.redmine.exchange(Server::request("PUT", "/issues/1.json", R"({"issue":{"notes":"x"}})")).has_value());
  CHECK(server.issue(1)["journals"].size() == before + 1);
}

TEST_CASE("without a socket no answer is an error to try again") {
  Server server;
  InProcessHttp http(server.redmine);
  const auto good = http.send(Server::request("GET", "/users/current.json"));
  REQUIRE(good.has_value());
  CHECK(good->status == 200);
  server.redmine.fail_always("", "/users", {Fault::Kind::no_answer, 0, {}});
  const auto silent = http.send(Server::request("GET", "/users/current.json"));
  REQUIRE_FALSE(silent.has_value());
  CHECK(silent.error().kind == ErrorKind::retry_later);
}

TEST_CASE("a PUT that changes nothing moves updated_on and leaves no journal") {
  Server server;
  const auto before = server.issue(1);
  server.now += Seconds(60);
  CHECK(server.ask("PUT", "/issues/1.json", R"({"issue":{"status_id":3}})").status == 204);
  const auto after = server.issue(1);
  CHECK(after["journals"] == before["journals"]);
  CHECK(after["updated_on"] == "2026-06-09T07:01:00Z");
}

TEST_CASE("editing or emptying a note does not move updated_on, and its number is used again") {
  Server server;
  server.ask("PUT", "/issues/4.json", R"({"issue":{"notes":"first"}})");
  const auto written = server.issue(4);
  const auto number = written["journals"].back()["id"].get<int>();
  const auto address = "/journals/" + std::to_string(number) + ".json";
  server.now += Seconds(60);
  CHECK(server.ask("PUT", address, R"({"journal":{"notes":"edited"}})").status == 204);
  CHECK(server.issue(4)["journals"].back()["notes"] == "edited");
  CHECK(server.ask("PUT", address, R"({"journal":{"notes":"customer"}})", "customer-key").status == 403);
  CHECK(server.ask("PUT", address, R"({"journal":{"notes":""}})").status == 204);
  CHECK(server.issue(4)["journals"].empty());
  CHECK(server.issue(4)["updated_on"] == written["updated_on"]);
  server.ask("PUT", "/issues/4.json", R"({"issue":{"notes":"second"}})");
  CHECK(server.issue(4)["journals"].back()["id"] == number);
}

TEST_CASE("addresses of people are for administrators and those who show theirs") {
  Server server;
  const auto mail = [&](const char* key) {
    const auto user = Json::parse(server.ask("GET", "/users/6.json", "", key).body)["user"];
    return user.value("mail", "hidden");
  };
  CHECK(mail("staff-key") == "hidden");
  CHECK(mail("customer-key") == "hidden");
  CHECK(mail("admin-key") == "customer@example.test");
  for (auto& user : server.redmine.state().users) user.hide_mail = false;
  CHECK(mail("staff-key") == "customer@example.test");
}

TEST_CASE("a role tells its permissions to any key") {
  Server server;
  const auto role = Json::parse(server.ask("GET", "/roles/6.json", "", "customer-key").body)["role"];
  CHECK(role["name"] == "SLA Staff");
  const auto permissions = role["permissions"].get<std::set<std::string>>();
  CHECK(permissions.count("set_notes_private") == 1);
  CHECK(server.ask("GET", "/roles/99.json").status == 404);
}

TEST_CASE("people in copy are added and removed, whoever they are, and nothing moves") {
  Server server;
  auto& role = server.redmine.state().roles[3];
  REQUIRE(role.name == "SLA Staff");
  const auto add = [&](const std::string& body, const std::string& key = "staff-key") {
    return server.ask("POST", "/issues/1/watchers.json", body, key).status;
  };
  const auto remove = [&](int user) {
    return server.ask("DELETE", "/issues/1/watchers/" + std::to_string(user) + ".json").status;
  };
  const auto watchers = [&] {
    const auto issue = Json::parse(server.ask("GET", "/issues/1.json?include=watchers").body)["issue"];
    return issue.contains("watchers") ? issue["watchers"].dump() : "not told";
  };
  server.now += Seconds(60);
  CHECK(add(R"({"user_id":6})", "customer-key") == 403);
  CHECK(add(R"({"user_id":6})") == 204);
  CHECK(add(R"({"watcher":{"user_ids":[1,"6"]}})") == 204);  // a member or not, and nobody twice
  CHECK(add(R"({"user_id":9999})") == 204);
  CHECK(add("{}") == 204);
  CHECK(watchers() == R"([{"id":6,"name":"Cora Customer"},{"id":1,"name":"Redmine Admin"}])");
  CHECK(server.issue(1)["updated_on"] == "2026-06-09T07:00:00Z");
  CHECK(server.ask("POST", "/issues/9999/watchers.json", R"({"user_id":6})").status == 403);
  CHECK(server.ask("POST", "/issues/1/watchers.json", R"({"user_id":6})", "no-key").status == 401);
  CHECK(remove(6) == 403);
  role.permissions.insert("delete_issue_watchers");
  CHECK(remove(6) == 204);
  CHECK(remove(6) == 204);
  CHECK(remove(9999) == 404);
  server.redmine.state().users.front().locked = true;
  CHECK(add(R"({"user_id":1})") == 204);
  CHECK(watchers() == R"([{"id":1,"name":"Redmine Admin"}])");  // stays
  role.permissions.erase("view_issue_watchers");
  CHECK(watchers() == "not told");
}

TEST_CASE("issues are assigned to members with such a role and to the author, never to the locked") {
  Server server;
  const auto assign = [&](int issue, int user) {
    return server
        .ask("PUT", "/issues/" + std::to_string(issue) + ".json",
             R"({"issue":{"assigned_to_id":)" + std::to_string(user) + "}}")
        .status;
  };
  CHECK(assign(2, 6) == 204);
  CHECK(assign(2, 1) == 422);  // no member
  server.redmine.state().issues.at(2).author = 1;
  CHECK(assign(2, 1) == 204);
  server.redmine.state().roles[3].assignable = false;
  CHECK(assign(2, 5) == 422);
  server.redmine.state().roles[3].assignable = true;
  CHECK(assign(2, 5) == 204);
  server.redmine.state().users[2].locked = true;
  CHECK(assign(2, 6) == 422);
}

TEST_CASE("logged time is told with the issue and moves nothing") {
  Server server;
  server.now += Seconds(60);
  CHECK(server.ask("POST", "/time_entries.json", R"({"time_entry":{"issue_id":1,"hours":1.5}})").status == 201);
  CHECK(server.issue(1)["spent_hours"] == 1.5);
  CHECK(server.issue(1)["updated_on"] == "2026-06-09T07:00:00Z");
}
