// The fake Jira against what real ones answered (../shared/jira/recorded beside the repository, or CB_SHARED/jira): not
// the values, but the shapes. Every member that the fake's answer has in common with a recorded one must be of a type
// that a recorded one has there, and what every real answer carries the fake's must carry. What is not compared is
// listed with its reason.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/conformance/fake_jira_asking.hpp"

using namespace cb;
using namespace cb::jira_asking;
using namespace cb::fake_jira;

namespace {

std::filesystem::path folder() {
  const char* shared = std::getenv("CB_SHARED");
  const std::filesystem::path root = shared ? shared : CB_SOURCE_DIR "/../shared";
  return root / "jira" / "recorded";
}

// Where the recordings are not, that is said, loudly; nothing is compared then.
bool are_there() {
  if (std::filesystem::is_directory(folder())) return true;
  MESSAGE("NOT CHECKED: the recorded answers of real Jiras are not at ",
          folder().string() + " (set CB_SHARED to the folder that holds jira/): the fake Jira was compared with none");
  return false;
}

Json recorded(const std::string& file) {
  std::ifstream in(folder() / file);
  INFO("the recording " << file);
  REQUIRE(in.good());
  return Json::parse(in);
}

// `data` of each record of a list.
std::vector<Json> records(const std::string& file) {
  std::vector<Json> out;
  for (const auto& row : recorded(file)) out.push_back(row["data"]);
  return out;
}

std::vector<Json> rows(const Json& list) {
  return {list.begin(), list.end()};
}

std::string type_of(const Json& value) {
  return value.is_number() ? "number" : value.type_name();
}

// What is known of one place of the recorded answers.
struct Shape {
  std::set<std::string> types;
  std::map<std::string, Shape> members;
  std::map<std::string, int> counts;  // how many objects had the member
  int objects = 0;
  std::vector<Shape> items;  // one for all
};

void learn(Shape& shape, const Json& value) {
  shape.types.insert(type_of(value));
  if (value.is_object()) {
    ++shape.objects;
    for (const auto& [name, member] : value.items()) {
      learn(shape.members[name], member);
      ++shape.counts[name];
    }
  }
  if (value.is_array() && shape.items.empty()) shape.items.emplace_back();
  if (value.is_array())
    for (const auto& item : value) learn(shape.items.front(), item);
}

// What a Jira has for others than us: pictures, other applications, numbers of its own.
bool is_left(const std::string& name) {
  static const std::set<std::string> k_left{
      // pictures, texts and what other applications show
      "iconUrl", "avatarId", "avatarUrls", "description", "scope", "properties", "issuelinks", "attachment", "epic",
      "projectCategory", "timetracking", "applicationRoles", "untranslatedName", "hierarchyLevel", "entityId", "uuid",
      // of a field, depending on what it is
      "autoCompleteUrl", "allowedValues", "defaultValue", "custom", "customId", "items"};
  return k_left.count(name) > 0 || name.rfind("customfield_", 0) == 0;
}

void compare(const Json& ours, const Shape& real, const std::string& path) {
  CAPTURE(path);
  CAPTURE(ours.dump().substr(0, 200));
  // Null is what an empty place shows; whether one may be is another test's.
  const bool fits =
      real.types.count(type_of(ours)) > 0 || ours.is_null() || real.types == std::set<std::string>{"null"};
  CHECK(fits);
  if (ours.is_object()) {
    for (const auto& member : real.members) {
      const auto& [name, shape] = member;
      if (is_left(name)) continue;
      const bool is_always_there = real.counts.at(name) == real.objects;
      INFO("the member " << member.first);
      if (is_always_there) CHECK(ours.contains(name));
      if (ours.contains(name)) compare(ours[name], shape, path + "." + name);
    }
  }
  if (ours.is_array() && !real.items.empty() && !real.items.front().types.empty())
    for (const auto& item : ours) compare(item, real.items.front(), path + "[]");
}

// Fields of a screen are each Jira's own: only what is said of a field is compared, as of a list.
Json with_listed_fields(Json json) {
  if (json.is_structured())
    for (auto& value : json) value = with_listed_fields(value);
  if (!json.is_object() || !json.contains("fields") || !json["fields"].is_object()) return json;
  auto list = Json::array();
  for (const auto& value : json["fields"])
    if (value.is_object() && value.contains("operations")) list.push_back(value);
  if (list.size() == json["fields"].size()) json["fields"] = list;
  return json;
}

void compare_rows(const Json& ours, const std::vector<Json>& real, const std::string& what) {
  REQUIRE_FALSE(real.empty());
  REQUIRE_FALSE(ours.empty());
  Shape shape;
  for (const auto& row : real) learn(shape, with_listed_fields(row));
  for (const auto& row : ours) compare(with_listed_fields(row), shape, what);
}

// An issue with something of everything.
void fill(Server& server) {
  Json body{{"fields",
             {{"priority", {{"name", "High"}}},
              {"components", Json::array({{{"name", "Engine"}}})},
              {"assignee", server.person("staff")}}},
            {"update", {{"labels", {{{"add", "a"}}}}}}};
  REQUIRE(server.ask("PUT", "/issue/SUP-1", body).status == 204);
  REQUIRE(server.ask("POST", "/issue/SUP-1/comment", {{"body", server.rich("Hello")}}).status == 201);
  REQUIRE(server.ask("POST", "/issue/SUP-1/watchers", server.cloud() ? server.id("staff") : "staff").status == 204);
  REQUIRE(server
              .ask("POST", "/issue/SUP-1/remotelink",
                   {{"globalId", "g"}, {"relationship", "contract"}, {"object", {{"url", "u"}, {"title", "t"}}}})
              .status == 201);
  REQUIRE(server.ask("PUT", "/issue/SUP-1/properties/xyz", "text").status == 201);
}

}  // namespace

TEST_CASE("Cloud's lists have the shapes of recorded ones") {
  if (!are_there()) return;
  Server server({true, false});
  fill(server);
  compare_rows(server.get("/status").body, records("devlake/status.json"), "status");
  compare_rows(server.get("/issuetype").body, records("devlake/issue_types.json"), "issue type");
  compare_rows(server.get("/project/search").body["values"], records("devlake/projects.json"), "project");
  compare_rows(server.get("/issue/SUP-1/changelog").body["values"], records("devlake/issue_changelogs.json"), "change");
  compare_rows(server.get("/issue/SUP-1/remotelink").body, records("devlake/remotelinks.json"), "remote link");
  compare_rows(Json::array({server.get("/user?accountId=acc-staff&expand=groups").body}), records("devlake/users.json"),
               "user");
}

TEST_CASE("Data Center's lists have the shapes of recorded ones") {
  if (!are_there()) return;
  Server server({false, false});
  fill(server);
  compare_rows(server.get("/status").body, rows(recorded("go-jira/all_statuses.json")), "status");
  compare_rows(server.get("/priority").body, rows(recorded("go-jira/all_priorities.json")), "priority");
  auto links = rows(recorded("go-jira/remote_links.json"));
  for (const auto& row : records("devlake/remotelinks.json")) links.push_back(row);
  compare_rows(server.get("/issue/SUP-1/remotelink").body, links, "remote link");
  auto fields = rows(recorded("jira-ruby/field.json"));
  for (const auto& row : recorded("go-jira/all_fields.json")) fields.push_back(row);
  auto system = Json::array();  // no recording has a custom one
  for (const auto& row : server.get("/field").body)
    if (row["custom"] == false) system.push_back(row);
  compare_rows(system, fields, "field");
}

TEST_CASE("an issue and what hangs on it have the shapes of recorded ones") {
  if (!are_there()) return;
  Server server({false, true});
  fill(server);
  const std::pair<std::string, std::vector<std::string>> pairs[] = {
      {"/issue/SUP-1?fields=*all", {"jira-ruby/10002.json"}},
      {"/issue/SUP-1/editmeta", {"jira-to-matrix/editmeta.json"}},
      {"/issue/SUP-1/comment", {"jira-ruby/issue-10002-comment.json"}},
      {"/issue/SUP-1/transitions?expand=transitions.fields",
       {"jira-ruby/issue-10002-transitions.json", "go-jira/transitions.json"}},
      {"/issue/SUP-1/properties", {"jira-ruby/issue-10002-properties.json"}},
      {"/issue/SUP-1/properties/xyz", {"jira-ruby/issue-10002-properties-xyz.json"}},
      {"/issue/SUP-1/watchers", {"jira-to-matrix/watchers.json"}},
      {"/search?jql=project%20=%20SUP", {"jira-ruby/issue.json", "go-jira/issues_in_sprint.json"}}};
  for (const auto& [path, files] : pairs) {
    std::vector<Json> real;
    for (const auto& file : files) real.push_back(recorded(file));
    compare_rows(Json::array({server.get(path).body}), real, path);
  }
}

TEST_CASE("Cloud's second version shows an issue as it is recorded") {
  if (!are_there()) return;
  Server server({true, true});
  fill(server);
  compare_rows(Json::array({server.get("/rest/api/2/issue/SUP-1").body}), {recorded("jira-to-matrix/issue.json")},
               "issue");
}

TEST_CASE("errors have the words of recorded ones") {
  if (!are_there()) return;
  Server server({false, false});
  CHECK(server.ask("PUT", "/issue/SUP-1", Json::object()).body ==
        recorded("jira-ruby/10002.put.missing_field_update.json"));
  auto unknown = recorded("jira-ruby/10002.invalid.put.json");
  const auto ours = server.edit("SUP-1", {{"invalid", "x"}}).body;
  compare_rows(Json::array({ours}), {unknown}, "an unknown field");
}
