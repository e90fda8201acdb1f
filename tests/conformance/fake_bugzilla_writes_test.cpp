// Writes to the fake Bugzilla that no recording shows: fields by type, all or nothing, private bugs, status, flags.
#include <doctest/doctest.h>

#include "tests/conformance/fake_bugzilla_asking.hpp"

using namespace cb;
using namespace cb::asking;

using fake_bugzilla::FieldType;

TEST_CASE("custom fields by their type") {
  Server server(Flavour::classic, "Europe/Berlin");
  auto& state = server.state();
  add_field(state, "cf_tiers", "Tiers", FieldType::multi_select, {"A", "B"});
  add_field(state, "cf_story", "Story", FieldType::large_text);
  add_field(state, "cf_day", "Day", FieldType::date);
  add_field(state, "cf_parent", "Parent", FieldType::bug_id);
  add_field(state, "cf_count", "Count", FieldType::integer);
  CHECK(server.bug(1, "_custom")["cf_tiers"] == Json::array());
  struct Row {
    const char* field;
    Json sent, read;
    int code = 0;
  };
  const Row rows[] = {{"cf_tiers", {"b", "A"}, {"B", "A"}},
                      {"cf_tiers", {"C"}, {"B", "A"}, 51},
                      {"cf_tiers", Json::array(), Json::array()},
                      {"cf_story", "long\n story", "long\n story"},
                      // Midnight in Berlin, told in UTC: the day before.
                      {"cf_day", "2026-07-02", "2026-07-01T22:00:00Z"},
                      {"cf_day", "2026-07-02 10:00:00", "2026-07-01T22:00:00Z", 56},
                      {"cf_parent", 2, 2},
                      {"cf_parent", "77", 2, 101},
                      {"cf_count", 12, "12"},
                      {"cf_count", "many", "12", 52},
                      {"cf_contract_class", "GOLD", "gold"},
                      {"cf_contract_class", "", "gold", 50}};
  for (const auto& row : rows) {
    CAPTURE(row.field);
    CAPTURE(row.sent);
    CHECK(server.put(1, {{row.field, row.sent}}).code() == row.code);
    CHECK(server.bug(1, row.field)[row.field] == row.read);
  }
  CHECK(server.get("/field/bug/cf_tiers").body["fields"][0]["type"] == 3);
}

TEST_CASE("several bugs in one request: comments and histories of all, changes of all or of none") {
  Server server;
  const auto comments = server.get("/bug/1/comment?ids=2");
  CHECK(comments.body["bugs"].size() == 2);
  CHECK(server.get("/bug/1/history?ids=2&ids=1").ids() == std::vector<int>{1, 2});
  server.now += Seconds(5);
  const auto refused =
      server.put(1, {{"ids", {1, 2}}, {"cf_customer", "Both"}, {"see_also", {{"add", {"http://x.example/9"}}}}});
  CHECK(refused.code() == 112);
  for (const int id : {1, 2}) {
    CHECK(server.bug(id, "cf_customer")["cf_customer"] == "");
    CHECK(server.bug(id, "last_change_time")["last_change_time"] == "2026-11-22T09:00:00Z");
  }
  CHECK(server.put(1, {{"ids", {1, 2}}, {"cf_customer", "Both"}}).ids() == std::vector<int>{1, 2});
  CHECK(server.bug(2, "cf_customer")["cf_customer"] == "Both");
}

TEST_CASE("a refused update leaves no comment, no flag and no number behind") {
  Server server;
  const auto before = server.state().last_comment;
  const auto refused =
      server.put(2, {{"comment", {{"body", "Kept?"}}},
                     {"dupe_of", 1},
                     {"flags", {{{"name", "entitled"}, {"status", "?"}}, {{"name", "none"}, {"status", "?"}}}}});
  CHECK(refused.code() == 51);
  CHECK(server.state().last_comment == before);
  CHECK(server.state().bugs.at(1).comments.size() == 1);
  CHECK(server.state().bugs.at(2).flags.empty());
  CHECK(server.bug(2, "status")["status"] == "CONFIRMED");
}

TEST_CASE("a private bug: its groups, its reporter, people in copy") {
  Server server;
  CHECK(server.put(1, {{"groups", {{"add", {"staff"}}}}}).body["bugs"][0]["changes"]["groups"]["added"] == "staff");
  CHECK(server.get("/bug/1", "customer").status == 200);  // his own
  CHECK(server.get("/bug/1", "customer2").code() == 102);
  CHECK(server.get("/bug?include_fields=id", "customer2").ids() == std::vector<int>{2});
  server.put(1, {{"cc", {{"add", {"customer2@example.com"}}}}});
  CHECK(server.get("/bug/1", "customer2").status == 200);
  server.put(1, {{"is_creator_accessible", false}, {"is_cc_accessible", false}});
  CHECK(server.get("/bug/1", "customer").code() == 102);
  CHECK(server.get("/bug/1/history", "customer").code() == 102);
  CHECK(server.get("/bug/1/comment", "customer").code() == 102);
  CHECK(server.get("/bug/1", "customer2").code() == 102);
  CHECK(server.put(1, {{"groups", {{"add", {"nobody"}}}}}).code() == 120);
  CHECK(server.put(2, {{"groups", {{"add", {"staff"}}}}}, "customer").code() == 120);
}

TEST_CASE("status: confirmed once it moves, no resolution while open, duplicates need an original") {
  Server server;
  server.state().bugs.at(1).status = "UNCONFIRMED";
  server.state().bugs.at(1).is_confirmed = false;
  const auto moved = server.put(1, {{"status", "IN_PROGRESS"}}).body["bugs"][0]["changes"];
  CHECK(moved["is_confirmed"]["added"] == "1");
  CHECK(server.put(1, {{"resolution", "FIXED"}}).code() == 122);
  CHECK(server.put(1, {{"status", "RESOLVED"}, {"resolution", "DUPLICATE"}}).code() == 119);
  CHECK(server.put(1, {{"status", "RESOLVED"}, {"resolution", "GONE"}}).code() == 51);
  CHECK(server.put(1, {{"status", "RESOLVED"}, {"resolution", "FIXED"}}).status == 200);
  CHECK(server.put(1, {{"resolution", "WONTFIX"}}).body["bugs"][0]["changes"]["resolution"]["removed"] == "FIXED");
  CHECK(server.put(1, {{"status", "VERIFIED"}}).status == 200);
  CHECK(server.put(1, {{"status", "CONFIRMED"}}).body["bugs"][0]["changes"]["resolution"]["added"] == "");
}

TEST_CASE("flags: of several kinds, asked again, cleared by who asked") {
  Server server;
  auto flag = [](const char* status) { return Json{{"flags", {{{"name", "entitled"}, {"status", status}}}}}; };
  CHECK(server.put(2, flag("?"), "customer").body["bugs"][0]["changes"]["flagtypes.name"]["added"] == "entitled?");
  CHECK(server.put(2, flag("-"), "customer").code() == 130);
  CHECK(server.put(2, flag("X"), "customer").status == 200);
  CHECK(server.put(2, flag("+")).status == 200);
  const int id = server.bug(2, "flags")["flags"][0]["id"];
  CHECK(server.put(2, {{"flags", {{{"id", id}, {"status", "-"}}}}}).status == 200);
  CHECK(server.get("/bug?f1=flagtypes.name&o1=equals&v1=entitled-&include_fields=id").ids() == std::vector<int>{2});
  server.state().flag_types.front().is_multiplicable = true;
  CHECK(server.put(2, {{"flags", {{{"type_id", 1}, {"status", "+"}, {"new", true}}}}}).status == 200);
  CHECK(server.put(2, flag("-")).code() == 132);
}
