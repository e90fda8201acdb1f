#include "adapters/redmine/redmine_tracker.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "recording.hpp"
#include "scripted_http.hpp"

namespace cb {

namespace {

using nlohmann::json;

constexpr const char* k_me =
    R"({"user":{"id":5,"login":"bridge","firstname":"Contract","lastname":"Bridge","mail":"bridge@vendor.example",
        "api_key":"SECRET-KEY","memberships":[{"id":1,"project":{"id":1,"name":"LMS"},"roles":[{"id":4,"name":"Bridge"}]}]}})";

RedmineTerms terms() {
  RedmineTerms out;
  out.name = "support";
  out.base_url = "https://redmine.vendor.example";
  out.api_key = "SECRET-KEY";
  out.projects = {"lms"};
  out.write = {{Slot::billing, "Billing"}, {Slot::next_due, "SLA next due"}, {Slot::pool, "No such field"}};
  out.label_field = "Labels";
  return out;
}

json journal(int id, int user, const std::string& notes, bool is_private) {
  return {{"id", id},
          {"user", {{"id", user}, {"name", "N"}}},
          {"notes", notes},
          {"created_on", "2026-11-22T09:30:00Z"},
          {"private_notes", is_private},
          {"details", json::array()}};
}

struct State {
  std::string billing;
  std::string due;
  std::vector<std::string> labels;
  json journals = json::array();
  std::string updated = "2026-11-22T09:30:00Z";
};

std::string issue_json(const State& state) {
  const json issue = {{"id", 7},
                      {"project", {{"id", 1}, {"name", "LMS"}}},
                      {"tracker", {{"id", 3}, {"name", "Support"}}},
                      {"status", {{"id", 1}, {"name", "New"}}},
                      {"priority", {{"id", 2}, {"name", "Normal"}}},
                      {"author", {{"id", 8}, {"name", "Eva"}}},
                      {"subject", "S"},
                      {"description", nullptr},
                      {"custom_fields",
                       {{{"id", 70}, {"name", "Billing"}, {"value", state.billing}},
                        {{"id", 71}, {"name", "SLA next due"}, {"value", state.due}},
                        {{"id", 72}, {"name", "Labels"}, {"multiple", true}, {"value", state.labels}}}},
                      {"created_on", "2026-11-22T09:00:00Z"},
                      {"updated_on", state.updated},
                      {"watchers", json::array()},
                      {"journals", state.journals}};
  return json{{"issue", issue}}.dump();
}

// A Redmine with one issue; `after` is what a second reading shows.
struct Scene {
  ScriptedHttp http;
  std::unique_ptr<Tracker> tracker;

  explicit Scene(const State& before, const State& after,
                 const std::string& permissions = R"("view_issues","edit_issues","set_notes_private")") {
    http.on("GET /users/current.json", 200, k_me);
    http.on("GET /roles/4.json", 200, R"({"role":{"id":4,"name":"Bridge","permissions":[)" + permissions + "]}}");
    http.on("GET /projects.json", 200,
            R"({"projects":[{"id":1,"name":"LMS","identifier":"lms"}],"total_count":1,"offset":0,"limit":100})");
    http.on("GET /projects/1/memberships.json", 200, R"({"memberships":[],"total_count":0})");
    http.on("GET /issues/7.json", 200, issue_json(before));
    http.on("GET /issues/7.json", 200, issue_json(after));
    http.on("PUT /issues/7.json", 204);
    http.on("PUT /journals/31.json", 204);
    tracker = make_redmine_tracker(terms(), http);
  }
  Result<Applied> apply(const Changes& changes) {
    return tracker->apply({"support", "7"}, changes, {"2026-11-22T09:30:00Z"});
  }
  [[nodiscard]] json put(std::size_t index) const { return json::parse(http.bodies("PUT").at(index)).at("issue"); }
};

Changes billing(const std::string& text) {
  Changes changes;
  changes.fields[Slot::billing] = {text, {}};
  return changes;
}

Changes note(Visibility visibility) {
  Changes changes;
  changes.comments = {{visibility, "Text", "[cb-111111]"}};
  return changes;
}

State with_note(int user, bool is_private) {
  State state;
  state.journals.push_back(journal(31, user, "Text\n\n[cb-111111]", is_private));
  return state;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("all fields, labels and one note go in one request and are read back") {
  State after = with_note(5, false);
  after.billing = "free";
  after.labels = {"sla-ok", "workaround"};
  State before;
  before.labels = {"workaround", "sla-breached"};
  Scene scene(before, after);
  auto changes = note(Visibility::everybody);
  changes.fields[Slot::billing] = {"free", {}};
  changes.fields[Slot::next_due] = {"", {}};
  changes.add_labels = {"sla-ok"};
  changes.remove_labels = {"sla-breached"};
  const auto applied = scene.apply(changes);
  REQUIRE(applied.has_value());
  CHECK(applied->ignored.empty());
  CHECK(applied->after.shown.at(Slot::billing).text == "free");
  REQUIRE(scene.http.count("PUT") == 1);
  CHECK(scene.put(0) == json::parse(R"({"custom_fields":[{"id":70,"value":"free"},
      {"id":72,"value":["workaround","sla-ok"]}],"notes":"Text\n\n[cb-111111]","private_notes":false})"));
  for (const auto& request : scene.http.requests) {
    CHECK(header({0, request.headers, ""}, "X-Redmine-API-Key") == "SECRET-KEY");
    if (request.method == "PUT") CHECK(header({0, request.headers, ""}, "Content-Type") == "application/json");
  }
}

TEST_CASE("who cannot be put in copy for now is not called by a note before") {
  struct Row {
    const char* name;
    int status;
    bool goes_on;  // it is that person's problem, and the rest is written
  };
  const Row rows[] = {{"done", 204, true},
                      {"refused", 422, true},
                      {"broken for that person", 500, true},
                      {"too many requests", 429, false},
                      {"a gateway", 502, false},
                      {"a break", 503, false}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto before = State{};
    Scene scene(before, with_note(5, true),
                R"("view_issues","edit_issues","set_notes_private","view_issue_watchers","add_issue_watchers")");
    scene.http.replace("GET /projects/1/memberships.json", 200,
                       R"({"memberships":[{"id":1,"project":{"id":1,"name":"LMS"},"user":{"id":9,"name":"Alena"},
                           "roles":[{"id":4,"name":"Bridge"}]}],"total_count":1,"offset":0,"limit":100})");
    scene.http.on("GET /users/9.json", 200, R"({"user":{"id":9,"login":"alena","firstname":"Alena","lastname":"K"}})");
    scene.http.on("POST /issues/7/watchers.json", row.status, "{}");
    auto changes = note(Visibility::internal);
    changes.copy = {{"alena", "", ""}};
    const auto applied = scene.apply(changes);
    CHECK(scene.http.count("POST") == 1);
    CHECK(scene.http.count("PUT") == (row.goes_on ? 1 : 0));
    if (row.goes_on) {
      CHECK(applied.has_value());
    } else {
      REQUIRE_FALSE(applied.has_value());
      CHECK(applied.error().kind == ErrorKind::retry_later);
    }
  }
}

TEST_CASE("what already holds is not sent") {
  State state = with_note(5, false);
  state.billing = "free";
  state.labels = {"sla-ok"};
  Scene scene(state, state);
  auto changes = note(Visibility::everybody);
  changes.fields[Slot::billing] = {"free", {}};
  changes.add_labels = {"SLA-OK"};
  changes.remove_labels = {"gone"};
  REQUIRE(scene.apply(changes).has_value());
  REQUIRE(scene.apply(Changes{}).has_value());
  CHECK(scene.http.count("PUT") == 0);
}

TEST_CASE("a reference in somebody else's note is not ours") {
  Scene scene(with_note(8, false), with_note(8, false));
  const auto applied = scene.apply(note(Visibility::everybody));
  REQUIRE(applied.has_value());
  CHECK(scene.http.count("PUT") == 1);
  REQUIRE(applied->ignored.size() == 1);
  CHECK(has(applied->ignored.front(), "[cb-111111]"));
}

TEST_CASE("public and private notes need a request each, the fields go with the first") {
  State after = with_note(5, true);
  after.journals.push_back(journal(32, 5, "Hello [cb-222222]", false));
  after.billing = "free";
  Scene scene(State{}, after);
  auto changes = note(Visibility::internal);
  changes.comments.push_back({Visibility::everybody, "Hello", "[cb-222222]"});
  changes.fields[Slot::billing] = {"free", {}};
  const auto applied = scene.apply(changes);
  REQUIRE(applied.has_value());
  CHECK(applied->ignored.empty());
  REQUIRE(scene.http.count("PUT") == 2);
  CHECK(scene.put(0).contains("custom_fields"));
  CHECK(scene.put(0).at("private_notes") == true);
  CHECK(!scene.put(1).contains("custom_fields"));
  CHECK(scene.put(1).at("private_notes") == false);
}

TEST_CASE("a stale revision writes nothing") {
  Scene scene(State{}, State{});
  for (const auto* revision : {"2026-11-22T09:29:59Z", "2026-11-22T09:30:01Z", ""}) {
    CAPTURE(revision);
    const auto applied = scene.tracker->apply({"support", "7"}, billing("free"), {revision});
    REQUIRE(!applied.has_value());
    CHECK(applied.error().kind == ErrorKind::stale);
  }
  CHECK(scene.http.count("PUT") == 0);
}

TEST_CASE("a private note without the right is not written; the fields beside it are") {
  for (const auto* permissions : {R"("edit_issues","view_private_notes")", ""}) {
    Scene scene(State{}, State{}, permissions);
    auto changes = note(Visibility::internal);
    changes.fields[Slot::billing] = {"free", {}};
    const auto applied = scene.apply(changes);
    REQUIRE(!applied.has_value());
    CHECK(applied.error().kind == ErrorKind::rejected);
    CHECK(has(applied.error().what, "set_notes_private"));
    CHECK(scene.http.count("PUT") == 1);
    for (const auto& request : scene.http.requests) CHECK_FALSE(has(request.body, "notes"));
  }
}

TEST_CASE("a role whose permissions cannot be read proves no right") {
  Scene scene(State{}, State{});
  scene.http.replace("GET /roles/4.json", 403);
  const auto applied = scene.apply(note(Visibility::internal));
  REQUIRE(!applied.has_value());
  CHECK(applied.error().kind == ErrorKind::rejected);
  CHECK(scene.http.count("PUT") == 0);
}

TEST_CASE("a private note that turns out public is withdrawn, and writing stops loudly") {
  Scene scene(State{}, with_note(5, false));
  scene.http.on("GET /issues/7.json", 200, issue_json(State{}));
  const auto applied = scene.apply(note(Visibility::internal));
  REQUIRE(!applied.has_value());
  CHECK(applied.error().kind == ErrorKind::denied);
  CHECK(has(applied.error().what, "AN INTERNAL NOTE BECAME PUBLIC on issue #7; it was withdrawn"));
  REQUIRE(scene.http.count("PUT") == 2);
  CHECK(scene.http.bodies("PUT").back() == R"({"journal":{"notes":""}})");
}

TEST_CASE("a public note that cannot be withdrawn says so") {
  Scene scene(State{}, with_note(5, false));
  scene.http.replace("PUT /journals/31.json", 403);
  const auto applied = scene.apply(note(Visibility::internal));
  REQUIRE(!applied.has_value());
  CHECK(applied.error().kind == ErrorKind::denied);
  CHECK(has(applied.error().what, "COULD NOT BE WITHDRAWN"));
}

TEST_CASE("what is answered with success and not done is told") {
  State after;
  after.billing = "paid";
  Scene scene(State{}, after);
  auto changes = billing("free");
  changes.fields[Slot::pool] = {"3", {}};
  changes.fields[Slot::plan] = {"Standard", {}};
  const auto applied = scene.apply(changes);
  REQUIRE(applied.has_value());
  REQUIRE(applied->ignored.size() == 3);
  std::string all;
  for (const auto& line : applied->ignored) all += line + "\n";
  CHECK(has(all, "\"No such field\": the issue has no such field"));
  CHECK(has(all, "plan: no field is configured"));
  CHECK(has(all, "\"Billing\": shows \"paid\" and not \"free\""));
  CHECK(applied->after.shown.count(Slot::pool) == 0);
}

TEST_CASE("what a refused write means") {
  struct Row {
    const char* name;
    int status;
    const char* body;
    ErrorKind kind;
    const char* words;
  };
  const Row rows[] = {
      {"concurrent change", 422, R"({"errors":[]})", ErrorKind::stale, "changed by somebody else"},
      {"validation", 422, R"({"errors":["Customer cannot be blank","Sla class is not included in the list"]})",
       ErrorKind::rejected, "issue #7: Customer cannot be blank; Sla class is not included in the list. Fill"},
      {"validation without words", 422, "", ErrorKind::rejected, "it gives no reason"},
      {"closed project", 403, "", ErrorKind::rejected, "LMS is closed"},
      {"wrong key", 401, "", ErrorKind::denied, "401"},
      {"gone", 404, "", ErrorKind::not_found, "404"},
      {"server error", 500, R"({"status":500})", ErrorKind::retry_later, "whether it was written is unknown"},
      {"busy", 503, "<html></html>", ErrorKind::retry_later, "503"},
      {"bad request", 400, "", ErrorKind::rejected, "400"},
      {"redirect", 302, "", ErrorKind::bad_reply, "redirects are not followed"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    Scene scene(State{}, State{});
    scene.http.replace("PUT /issues/7.json", row.status, row.body);
    const auto applied = scene.apply(billing("free"));
    REQUIRE(!applied.has_value());
    CAPTURE(applied.error().what);
    CHECK(to_text(applied.error().kind) == to_text(row.kind));
    CHECK(has(applied.error().what, "tracker support: "));
    CHECK(has(applied.error().what, "issue #7"));
    CHECK(has(applied.error().what, row.words));
  }
}

TEST_CASE("what a failed reading of an issue means") {
  struct Row {
    const char* name;
    int status;
    std::string body;
    int me;  // what /users/current.json answers
    ErrorKind kind;
    const char* words;
  };
  const Row rows[] = {{"absent", 404, "", 200, ErrorKind::not_found, "issue #7 does not exist"},
                      {"invisible", 403, "", 200, ErrorKind::denied, "exists but is not visible"},
                      {"absent to a wrong key", 404, "", 401, ErrorKind::denied, "whose the API key is"},
                      {"REST switched off", 403, "", 403, ErrorKind::denied, "REST API is switched off"},
                      {"wrong key", 401, "", 401, ErrorKind::denied, "API key is wrong"},
                      {"server error", 500, "", 200, ErrorKind::retry_later, "reading issue #7"},
                      {"page", 200, "<html>login</html>", 200, ErrorKind::bad_reply, "HTML page"},
                      {"truncated", 200, issue_json(State{}).substr(0, 200), 200, ErrorKind::bad_reply, "truncated"},
                      {"nested", 200, std::string(100'000, '['), 200, ErrorKind::bad_reply, "levels deep"},
                      {"another JSON", 200, "{}", 200, ErrorKind::bad_reply, "$.issue: expected an object"},
                      {"without id", 200, R"({"issue":{}})", 200, ErrorKind::bad_reply, "$.issue.id"},
                      {"instant", 200,
                       json::parse(issue_json(State{}))
                           .patch(json::parse(R"([{"op":"replace","path":"/issue/updated_on","value":"yesterday"}])"))
                           .dump(),
                       200, ErrorKind::bad_reply, "$.issue.updated_on: expected an instant"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    Scene scene(State{}, State{});
    scene.http.replace("GET /issues/7.json", row.status, row.body);
    scene.http.replace("GET /users/current.json", row.me, row.me == 200 ? k_me : "");
    const auto fetched = scene.tracker->fetch({"support", "7"});
    REQUIRE(!fetched.has_value());
    CAPTURE(fetched.error().what);
    CHECK(to_text(fetched.error().kind) == to_text(row.kind));
    CHECK(has(fetched.error().what, "tracker support: "));
    CHECK(has(fetched.error().what, row.words));
    CHECK(!has(fetched.error().what, "SECRET-KEY"));
  }
}

TEST_CASE("names that cannot be read are an error, names that are hidden are not") {
  State state;
  state.journals.push_back(journal(1, 8, "x", false));
  state.journals.front()["details"].push_back(
      {{"property", "attr"}, {"name", "status_id"}, {"old_value", "9"}, {"new_value", "1"}});
  state.journals.front()["details"].push_back(
      {{"property", "cf"}, {"name", "99"}, {"old_value", nullptr}, {"new_value", "v"}});
  for (const int status : {403, 404, 500}) {
    CAPTURE(status);
    Scene scene(state, state);
    for (const auto* path : {"GET /issue_statuses.json", "GET /users/8.json", "GET /custom_fields.json"})
      scene.http.on(path, status);
    const auto fetched = scene.tracker->fetch({"support", "7"});
    if (status == 500) {
      REQUIRE(!fetched.has_value());
      CHECK(fetched.error().kind == ErrorKind::retry_later);
      continue;
    }
    REQUIRE(fetched.has_value());
    const auto& changes = fetched->issue.history.front().changes;
    CHECK(changes.at(0) == FieldChange{Attribute::status, "", "9", "New"});
    CHECK(changes.at(1) == FieldChange{Attribute::field, "99", "", "v"});
    const auto asked = scene.http.requests.size();
    REQUIRE(scene.tracker->fetch({"support", "7"}).has_value());
    CHECK(scene.http.requests.size() == asked + 1);  // what has no name is not asked for again
  }
}

TEST_CASE("an empty list proves nothing until the key is proven") {
  Scene scene(State{}, State{});
  scene.http.on("GET /issues.json", 200, recording("062-wrong-key-list").body);
  const auto since = instant_from_iso("2026-11-22T09:00:00Z");
  REQUIRE(scene.tracker->changed_since(since, {}).has_value());
  const auto before = scene.http.requests.size();
  REQUIRE(scene.tracker->changed_since(since, {}).has_value());
  CHECK(scene.http.requests.size() == before + 2);  // the list, and who we are
  scene.http.replace("GET /users/current.json", 401);
  const auto page = scene.tracker->changed_since(since, {});
  REQUIRE(!page.has_value());
  CHECK(page.error().kind == ErrorKind::denied);
}

TEST_CASE("an unknown project is named") {
  Scene scene(State{}, State{});
  const auto page = scene.tracker->changed_since({}, {});
  REQUIRE(!page.has_value());
  CHECK(page.error().kind == ErrorKind::not_found);
  CHECK(has(page.error().what, "project lms does not exist or is not visible"));
  const auto nonsense = scene.tracker->changed_since({}, "nonsense");
  REQUIRE(!nonsense.has_value());
  CHECK(nonsense.error().kind == ErrorKind::bad_reply);
}

TEST_CASE("who we are and what we may") {
  Scene scene(State{}, State{});
  const auto me = scene.tracker->who_am_i();
  REQUIRE(me.has_value());
  CHECK(me->account.login == "bridge");
  CHECK(me->account.self);
  CHECK(me->may_write);
  CHECK(me->account.roles == std::vector<std::string>{"Bridge"});
  CHECK(scene.tracker->capabilities().private_comments);
  CHECK(scene.tracker->capabilities().labels);
  CHECK(!scene.tracker->capabilities().compare_and_set);
  Scene weak(State{}, State{}, R"("view_issues")");
  REQUIRE(weak.tracker->who_am_i().has_value());
  CHECK(!weak.tracker->capabilities().private_comments);
}

TEST_CASE("a role that the account has in several projects is asked for once, and each time anew") {
  const auto membership = [](int id) {
    return json{{"id", id},
                {"project", {{"id", id}, {"name", "P" + std::to_string(id)}}},
                {"roles", {{{"id", 4}, {"name", "Bridge"}}}}};
  };
  ScriptedHttp http;
  auto me = json::parse(k_me);
  me["user"]["memberships"] = {membership(1), membership(2), membership(3)};
  http.on("GET /users/current.json", 200, me.dump());
  http.on("GET /roles/4.json", 200, R"({"role":{"id":4,"name":"Bridge","permissions":["edit_issues"]}})");
  http.on("GET /roles/4.json", 200, R"({"role":{"id":4,"name":"Bridge","permissions":["view_issues"]}})");
  const auto tracker = make_redmine_tracker(terms(), http);
  const auto before = tracker->who_am_i();
  REQUIRE(before.has_value());
  CHECK(before->may_write);
  CHECK(http.requests.size() == 2);
  const auto after = tracker->who_am_i();
  REQUIRE(after.has_value());
  CHECK_FALSE(after->may_write);
  CHECK(http.requests.size() == 4);
}

TEST_CASE("a survey tells what is missing in words") {
  Scene scene(State{}, State{}, R"("view_issues","edit_issues")");
  scene.http.on("GET /issue_statuses.json", 200, recording("909-statuses").body);
  scene.http.on("GET /issues.json", 200, recording("910-list").body);
  scene.http.on("GET /projects/1.json", 200, R"({"project":{"id":1,"name":"LMS","identifier":"lms"}})");
  scene.http.replace("GET /projects/1/memberships.json", 200, recording("906-memberships").body);
  scene.http.on("GET /users/6.json", 200, R"({"user":{"id":6,"login":"alena.k"}})");
  const auto survey = scene.tracker->survey();
  REQUIRE(survey.has_value());
  CHECK(survey->statuses.front() == "New");
  CHECK(survey->closed_statuses == std::vector<std::string>{"Closed", "Rejected"});
  CHECK(survey->fields.size() == 13);
  CHECK(survey->projects == std::vector<std::string>{"lms"});
  std::string all;
  for (const auto& problem : survey->problems) all += problem + "\n";
  CHECK(has(all, "add_issue_notes"));
  CHECK(has(all, "set_notes_private"));
  CHECK(has(all, "view_private_notes"));
  CHECK(has(all, "e-mail addresses of users are hidden from bridge"));
  CHECK(!has(all, "edit_issues"));
}

TEST_CASE("no answer at all: the words of the connection, the tracker's name, and no secret") {
  Scene scene(State{}, State{});
  scene.http.fail("GET /issues/7.json", {ErrorKind::retry_later, "refused, sent SECRET-KEY", {}});
  const auto fetched = scene.tracker->fetch({"support", "7"});
  REQUIRE(!fetched.has_value());
  CHECK(fetched.error().kind == ErrorKind::retry_later);
  CHECK(fetched.error().what == "tracker support: reading issue #7: refused, sent (hidden)");
}

}  // namespace cb
