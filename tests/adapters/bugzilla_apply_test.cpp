#include "adapters/bugzilla/bugzilla_apply.hpp"

#include <doctest/doctest.h>

#include "adapters/bugzilla/bugzilla_neutral.hpp"
#include "small_bugzilla.hpp"

namespace cb {

namespace {

using nlohmann::json;

struct Scene {
  SmallBugzilla server;
  BugzillaTerms terms;
  BugzillaSession session{terms, server};
  BugzillaDirectory directory{session, terms};
  BugzillaReader reader{session, directory, terms};
  BugzillaWriter writer{session, directory, reader, terms};

  explicit Scene(const std::string& zone = "Europe/Berlin", const std::string& version = "5.2")
      : server(zone, version), terms(bugzilla_terms()) {
    terms.server_timezone = zone;
    terms.write = {{Slot::billing, "cf_entitlement"},
                   {Slot::plan, "Contract Class"},
                   {Slot::response_due, "cf_sla_response_due"},
                   {Slot::next_due, "cf_sla_resolve_due"}};
    terms.flags = {"entitled"};
    server.add_bug(5);
  }
  Revision revision(std::int64_t id = 5) { return bugzilla_revision(reader.read(id).value()); }
  Result<Applied> apply(const Changes& changes) { return writer.apply({"support", "5"}, changes, revision()); }
  std::vector<Result<Applied>> apply_to(const std::vector<std::int64_t>& ids, const Changes& changes) {
    std::vector<WriteTarget> targets;
    for (const auto id : ids) targets.push_back({{"support", std::to_string(id)}, revision(id)});
    return writer.apply_all(targets, changes);
  }
};

Changes billing(const std::string& text) {
  Changes changes;
  changes.fields[Slot::billing] = {text, {}};
  return changes;
}

Changes due(const char* iso) {
  Changes changes;
  changes.fields[Slot::response_due] = {iso, instant_from_iso(iso)};
  return changes;
}

Changes comment(Visibility visibility) {
  Changes changes;
  changes.comments = {{visibility, "Text", "[cb-1]"}};
  return changes;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("all changes go in one request and are read back") {
  Scene scene;
  auto changes = billing("free");
  changes.fields[Slot::plan] = {"Gold", {}};
  changes.fields[Slot::response_due] = {"", instant_from_iso("2026-11-22T14:00:00Z")};
  changes.add_labels = {"vip", "[sla]"};
  changes.flags["entitled"] = "+";
  changes.links = {{"", "https://github.com/acme/lms/issues/5", ""}};
  changes.comments = {{Visibility::internal, "For staff", "[cb-1]"}, {Visibility::everybody, "Hello", "[cb-2]"}};
  const auto applied = scene.apply(changes);
  REQUIRE(applied.has_value());
  CHECK(applied->ignored.empty());
  CHECK(applied->unreached.empty());
  CHECK(applied->after.shown.at(Slot::billing).text == "free");
  CHECK(applied->after.shown.at(Slot::response_due).instant == instant_from_iso("2026-11-22T14:00:00Z"));
  CHECK(applied->after.flags == std::map<std::string, std::string>{{"entitled", "+"}});
  REQUIRE(scene.server.puts().size() == 2);
  CHECK(scene.server.bugs[5]["cf_sla_response_due"] == "2026-11-22 15:00:00");
  // And nothing a second time.
  REQUIRE(scene.apply(changes).has_value());
  CHECK(scene.server.puts().size() == 2);
}

TEST_CASE("a bug that moved is stale and not written; nothing to do sends nothing") {
  Scene scene;
  const auto before = scene.revision();
  scene.server.bugs[5]["last_change_time"] = "2026-11-22T09:00:01Z";
  const auto applied = scene.writer.apply({"support", "5"}, billing("free"), before);
  REQUIRE(!applied.has_value());
  CHECK(applied.error().kind == ErrorKind::stale);
  REQUIRE(scene.apply(Changes{}).has_value());
  CHECK(scene.server.puts().empty());
  CHECK(scene.writer.apply({"support", "x"}, billing("free"), before).error().kind == ErrorKind::not_found);
  CHECK(scene.writer.apply({"support", "99"}, billing("free"), before).error().kind == ErrorKind::not_found);
}

TEST_CASE("what was answered with success and not done is named") {
  Scene scene;
  scene.server.ignored_fields = {"cf_entitlement", "flags"};
  auto changes = billing("free");
  changes.flags["entitled"] = "+";
  const auto applied = scene.apply(changes);
  REQUIRE(applied.has_value());
  REQUIRE(applied->ignored.size() == 2);
  CHECK(has(applied->ignored[0], "field cf_entitlement"));
  CHECK(has(applied->ignored[1], "flag entitled"));
}

TEST_CASE("a private comment without the right is not written, what is beside it is") {
  struct Row {
    const char* name;
    const char* groups;  // of the account
    bool refused;        // by the server
  };
  const Row rows[] = {{"known before", R"({"id":8,"name":"editbugs"})", false},
                      {"learned from the refusal", R"({"id":8,"name":"editbugs"},{"id":15,"name":"staff"})", true}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Scene scene;
    scene.server.scripted.replace(
        "GET /rest/user", 200,
        users_answer(std::string(R"({"id":4,"name":"staff@example.com","saved_searches":[],"groups":[)") + row.groups +
                     "]}"));
    if (row.refused) scene.server.refusals = {SmallBugzilla::refused(401, 113, "Sorry, but you are not allowed to")};
    auto changes = billing("free");
    changes.comments = {{Visibility::internal, "For staff", "[cb-1]"}, {Visibility::everybody, "Hello", "[cb-2]"}};
    const auto applied = scene.apply(changes);
    REQUIRE(!applied.has_value());
    CHECK(applied.error().kind == ErrorKind::rejected);
    CHECK(has(applied.error().what, "insider group staff"));
    CHECK(scene.server.bugs[5]["cf_entitlement"] == "free");
    REQUIRE(scene.server.bugs[5]["comments"].size() == 2);
    CHECK(scene.server.bugs[5]["comments"][1]["text"] == "Hello\n\n[cb-2]");
  }
}

TEST_CASE("a comment for staff that is public is made private at once, and writing stops") {
  Scene scene;
  scene.server.after_write = [](json& bug) {
    static int round = 0;
    if (round++ == 0) bug["comments"].back()["is_private"] = false;
  };
  const auto applied = scene.apply(comment(Visibility::internal));
  REQUIRE(!applied.has_value());
  CHECK(applied.error().kind == ErrorKind::denied);
  CHECK(has(applied.error().what, "AN INTERNAL COMMENT BECAME PUBLIC on bug #5; it is private again"));
  CHECK(has(applied.error().what, "for ever"));
  CHECK(scene.server.puts().back() == json::parse(R"({"comment_is_private":{"500":true}})"));
  CHECK(scene.server.bugs[5]["comments"].back()["is_private"] == true);
  scene.server.after_write = [](json& bug) { bug["comments"].back()["is_private"] = false; };
  scene.server.bugs[5]["comments"].back()["is_private"] = false;
  CHECK(has(scene.apply(comment(Visibility::internal)).error().what, "COULD NOT BE MADE PRIVATE AGAIN"));
}

TEST_CASE("a wrong server_timezone is noticed at the first date-time, which is emptied") {
  struct Row {
    const char* name;
    const char* server;
    const char* configured;
    const char* instant;
    const char* words;
  };
  const Row rows[] = {{"an hour off", "Europe/Berlin", "Europe/London", "2026-11-22T14:00:00Z",
                       "was written as 2026-11-22 14:00:00 for 2026-11-22T14:00:00Z and reads 2026-11-22T13:00:00Z"},
                      {"into a gap", "Europe/Berlin", "UTC", "2027-03-28T02:30:00Z",
                       "the server, which is in Europe/Berlin, cannot show bug #5 any more"}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Scene scene(row.server);
    scene.terms.server_timezone = row.configured;
    const auto applied = scene.apply(due(row.instant));
    REQUIRE(!applied.has_value());
    CHECK(applied.error().kind == ErrorKind::denied);
    CAPTURE(applied.error().what);
    CHECK(applied.error().stops_writing);
    CHECK(has(applied.error().what, "server_timezone is wrong"));
    CHECK(has(applied.error().what, row.words));
    CHECK(scene.server.puts().back() == json::parse(R"({"cf_sla_response_due":null})"));
    CHECK(scene.server.bugs[5]["cf_sla_response_due"].is_null());
  }
}

TEST_CASE("a date-time that somebody else changed meanwhile is not taken for a wrong zone") {
  Scene scene;
  scene.server.after_write = [](json& bug) {
    bug["cf_sla_response_due"] = "2026-12-24 12:00:00";
    bug["last_change_time"] = "2026-11-22T11:00:00Z";
  };
  const auto applied = scene.apply(due("2026-11-22T14:00:00Z"));
  REQUIRE(applied.has_value());
  REQUIRE(applied->ignored.size() == 1);
  CHECK(has(applied->ignored.front(), "shows \"2026-12-24T11:00:00Z\" and not \"2026-11-22T14:00:00Z\""));
}

TEST_CASE("a doubled hour is never sent, and said") {
  Scene scene;
  scene.server.bugs[5]["cf_sla_response_due"] = "2027-10-30 12:00:00";
  const auto applied = scene.apply(due("2027-10-31T01:30:00Z"));
  REQUIRE(applied.has_value());
  CHECK(scene.server.puts().at(0) == json::parse(R"({"cf_sla_response_due":null})"));
  REQUIRE(applied->ignored.size() == 1);
  CHECK(has(applied->ignored.front(), "at Europe/Berlin that hour comes twice"));
}

TEST_CASE("a refused person or link holds nothing else back") {
  Scene scene;
  const std::string user = "GET /rest/user?include_fields=id,name,real_name,email&names=";
  const std::string key = "&Bugzilla_api_key=SECRET%2BKEY";
  scene.server.scripted.on(user + "ann%40vendor.example" + key, 200,
                           users_answer(R"({"id":9,"name":"ann@vendor.example","real_name":"Ann"})"));
  scene.server.scripted.on(user + "zoe%40vendor.example" + key, 404,
                           R"({"error":true,"code":51,"message":"There is no user named 'zoe@vendor.example'."})");
  scene.server.refusals = {
      SmallBugzilla::refused(404, 51, "There is no user named 'ann@vendor.example'."),
      SmallBugzilla::refused(400, 112, "https://support.example.com/tickets/4711 is not a valid URL to a bug.")};
  auto changes = billing("free");
  changes.assign = {"ann@vendor.example", "", ""};
  changes.copy = {{"zoe@vendor.example", "", ""}, {"customer@example.com", "", ""}};
  changes.links = {{"", "https://support.example.com/tickets/4711", ""},
                   {"", "https://github.com/acme/lms/issues/5", ""}};
  const auto applied = scene.apply(changes);
  REQUIRE(applied.has_value());
  CHECK(scene.server.bugs[5]["cf_entitlement"] == "free");
  CHECK(scene.server.bugs[5]["cc"] == json({"customer@example.com"}));
  CHECK(scene.server.bugs[5]["see_also"] == json({"https://github.com/acme/lms/issues/5"}));
  REQUIRE(applied->unreached.size() == 2);
  CHECK(has(applied->unreached[0], "assignee: shows nobody and not ann@vendor.example"));
  CHECK(has(applied->unreached[1], "copy: does not show zoe@vendor.example; no account that can be seen"));
  REQUIRE(applied->ignored.size() == 1);
  CHECK(has(applied->ignored[0], "is not a valid URL to a bug"));
}

TEST_CASE("nobody is taken off a bug, and who has it by chance is not assigned again") {
  Scene scene;
  scene.server.bugs[5]["assigned_to"] = "bob@vendor.example";
  Changes changes;
  changes.assign = {"ann@vendor.example", "", ""};
  const auto applied = scene.apply(changes);
  REQUIRE(applied.has_value());
  CHECK(applied->unreached.empty());
  CHECK(scene.server.puts().empty());
}

TEST_CASE("what a refusal means") {
  struct Row {
    const char* name;
    int status;
    int code;
    const char* message;
    ErrorKind kind;
    const char* words;
  };
  const Row rows[] = {
      {"not permitted", 401, 115, "You tried to change the Entitlement field", ErrorKind::rejected, "editbugs"},
      {"no such keyword", 404, 51, "There is no keyword named 'x'.", ErrorKind::rejected, "create it in Bugzilla's"},
      {"too long", 400, 104, "The text is too long", ErrorKind::rejected, "too long or not of the form"},
      {"flag", 400, 130, "You tried to grant entitled", ErrorKind::rejected, "request and grant groups"},
      {"gone", 404, 101, "Bug #5 does not exist.", ErrorKind::stale, "Bug #5"},
      {"hidden", 401, 102, "You are not authorized to access bug #5.", ErrorKind::stale, "bug #5"},
      {"key", 400, 306, "The API key you specified is invalid", ErrorKind::denied, "API key"},
      {"broken", 503, 0, "", ErrorKind::retry_later, "whether it was written is unknown"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Scene scene;
    scene.server.refusals = {row.code == 0 ? HttpResponse{row.status, {}, ""}
                                           : SmallBugzilla::refused(row.status, row.code, row.message)};
    const auto applied = scene.apply(billing("free"));
    REQUIRE(!applied.has_value());
    CHECK(applied.error().kind == row.kind);
    CAPTURE(applied.error().what);
    CHECK(has(applied.error().what, row.words));
    CHECK_FALSE(has(applied.error().what, "SECRET"));
  }
}

TEST_CASE("bugs that get the same share one request; those that moved are left out") {
  Scene scene;
  for (const auto id : {6, 7, 8}) scene.server.add_bug(id);
  scene.server.bugs[8]["cf_entitlement"] = "free";  // has it already
  std::vector<WriteTarget> targets;
  for (const auto id : {5, 6, 7, 8}) targets.push_back({{"support", std::to_string(id)}, scene.revision(id)});
  scene.server.bugs[6]["last_change_time"] = "2026-11-22T09:00:01Z";
  auto changes = billing("free");
  changes.fields[Slot::response_due] = {};
  const auto applied = scene.writer.apply_all(targets, changes);
  REQUIRE(applied.size() == 4);
  CHECK(applied[1].error().kind == ErrorKind::stale);
  for (const auto i : {0U, 2U, 3U}) {
    REQUIRE(applied[i].has_value());
    CHECK(applied[i]->after.shown.at(Slot::billing).text == "free");
    CHECK(applied[i]->ignored.empty());
  }
  REQUIRE(scene.server.puts().size() == 1);
  CHECK(scene.server.puts().front() == json::parse(R"({"ids":[5,7],"cf_entitlement":"free"})"));
  CHECK(scene.server.bugs[6]["cf_entitlement"] == "");
}

TEST_CASE("a shared request that is refused is done one by one") {
  Scene scene;
  scene.server.add_bug(6);
  const auto refusal = SmallBugzilla::refused(401, 115, "You tried to change the Entitlement field");
  scene.server.refusals = {refusal, refusal};  // the shared one, and the first alone
  const auto applied = scene.apply_to({5, 6}, billing("free"));
  REQUIRE(applied.size() == 2);
  CHECK(applied[0].error().kind == ErrorKind::rejected);
  REQUIRE(applied[1].has_value());
  CHECK(scene.server.puts().size() == 3);
  CHECK(scene.server.bugs[6]["cf_entitlement"] == "free");
}

TEST_CASE("comments are written one by one, and a stop stops all") {
  Scene scene;
  scene.server.add_bug(6);
  for (const auto& one : scene.apply_to({5, 6}, comment(Visibility::everybody))) CHECK(one.has_value());
  CHECK(scene.server.puts().size() == 2);
  Scene wrong("Europe/Berlin");
  wrong.server.add_bug(6);
  wrong.terms.server_timezone = "Europe/London";
  for (const auto& one : wrong.apply_to({5, 6}, due("2026-11-22T14:00:00Z")))
    CHECK(one.error().kind == ErrorKind::denied);
  for (const auto id : {5, 6}) CHECK(wrong.server.bugs[id]["cf_sla_response_due"].is_null());
}

}  // namespace cb
