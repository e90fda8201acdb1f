// The fake Bugzilla where no recording tells: the other lines of Bugzilla, a replica that lags, and details of the
// classic one that observed.md and its source give.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/trackers/fake_bugzilla.hpp"
#include "tests/trackers/fake_bugzilla_seed.hpp"

using namespace cb;

namespace {

using Json = nlohmann::json;
using fake_bugzilla::FieldType;
using fake_bugzilla::Flavour;

struct Answer {
  int status = 0;
  Json body;
  [[nodiscard]] int code() const { return body.value("code", 0); }
  [[nodiscard]] std::vector<int> ids() const {
    std::vector<int> out;
    for (const auto& bug : body["bugs"]) out.push_back(bug["id"]);
    return out;
  }
};

struct Server {
  Instant now = *instant_from_iso("2026-11-22T09:00:00Z");
  FakeBugzilla bugzilla{fake_bugzilla::small_state(), [this] { return now; }};

  explicit Server(Flavour flavour = Flavour::classic, const std::string& zone = "UTC") {
    settings().flavour = flavour;
    settings().zone = zone;
    add_bug(state(), "customer@example.com", "First", "One", now);
    add_bug(state(), "staff@example.com", "Second", "Two", now);
  }
  fake_bugzilla::State& state() { return bugzilla.state(); }
  fake_bugzilla::Settings& settings() { return state().settings; }

  Answer ask(const std::string& method, const std::string& target, const Json& body = {}, const Headers& headers = {}) {
    const auto response =
        bugzilla.handle({method, "/rest" + target, headers, body.is_null() ? std::string() : body.dump()});
    return {response.status, Json::parse(response.body, nullptr, false)};
  }
  Answer get(const std::string& path, const std::string& who = "staff") {
    return ask("GET", path + (path.find('?') == std::string::npos ? "?" : "&") + "api_key=" + who + "-key");
  }
  Answer put(int id, const Json& body, const std::string& who = "staff") {
    return ask("PUT", "/bug/" + std::to_string(id) + "?api_key=" + who + "-key", body);
  }
  Json bug(int id, const std::string& fields) {
    return get("/bug/" + std::to_string(id) + "?include_fields=" + fields).body["bugs"][0];
  }
};

}  // namespace

TEST_CASE("a key in the header is read by all but the classic line, which has no whoami either") {
  struct Row {
    Flavour flavour;
    int status;
    const char* name;
  };
  const Row rows[] = {{Flavour::classic, 404, ""},
                      {Flavour::trunk, 200, "staff@example.com"},
                      {Flavour::harmony, 200, "staff@example.com"},
                      {Flavour::bmo, 200, "staff@example.com"}};
  for (const auto& row : rows) {
    CAPTURE(static_cast<int>(row.flavour));
    Server server(row.flavour);
    const auto answer = server.ask("GET", "/whoami", {}, {{"X-BUGZILLA-API-KEY", "staff-key"}});
    CHECK(answer.status == row.status);
    CHECK(answer.body.value("name", "") == row.name);
  }
  Server trunk(Flavour::trunk);
  CHECK(trunk.ask("GET", "/whoami").code() == 410);
  CHECK(trunk.ask("GET", "/bug/1", {}, {{"X-BUGZILLA-API-KEY", "wrong"}}).code() == 306);
}

TEST_CASE("only harmony and bmo count, give comments and history with a bug, and one alias") {
  for (const auto flavour : {Flavour::classic, Flavour::trunk, Flavour::harmony, Flavour::bmo}) {
    CAPTURE(static_cast<int>(flavour));
    const bool is_harmony = flavour == Flavour::harmony || flavour == Flavour::bmo;
    Server server(flavour);
    server.put(1, {{"priority", "High"}, {"comment", {{"body", "Seen"}}}});
    CHECK(server.get("/bug?count_only=1").body.contains("bug_count") == is_harmony);
    const auto bug = server.bug(1, "alias,comments,history");
    CHECK(bug.contains("comments") == is_harmony);
    CHECK(bug.contains("history") == is_harmony);
    CHECK(bug["alias"].is_array() == !is_harmony);
    if (!is_harmony) continue;
    CHECK(bug["alias"].is_null());
    CHECK(bug["comments"].size() == 2);
    CHECK(bug["history"][0]["changes"][0]["field_name"] == "priority");
    CHECK_FALSE(server.get("/bug/1").body["bugs"][0].contains("comments"));  // only when asked for
  }
}

TEST_CASE("a date-time with its zone is converted by harmony, refused by the others") {
  for (const auto flavour : {Flavour::classic, Flavour::trunk, Flavour::harmony, Flavour::bmo}) {
    CAPTURE(static_cast<int>(flavour));
    const bool is_harmony = flavour == Flavour::harmony || flavour == Flavour::bmo;
    Server server(flavour, "Europe/Berlin");
    const auto answer = server.put(1, {{"cf_sla_response_due", "2026-07-01T10:00:00Z"}});
    CHECK(answer.code() == (is_harmony ? 0 : 56));
    const auto stored = server.bug(1, "cf_sla_response_due")["cf_sla_response_due"];
    CHECK(stored == (is_harmony ? Json("2026-07-01T10:00:00Z") : Json()));
    // Without a zone it is the server's own time everywhere.
    CHECK(server.put(1, {{"cf_sla_response_due", "2026-07-01 10:00:00"}}).status == 200);
    CHECK(server.bug(1, "cf_sla_response_due")["cf_sla_response_due"] == "2026-07-01T08:00:00Z");
  }
}

TEST_CASE("search, history and comments come from the replica, a bug by its number from the master") {
  Server server;
  server.settings().replica_lag = Seconds(300);
  server.get("/bug/1");
  server.now += Seconds(600);
  server.put(1, {{"priority", "High"}, {"comment", {{"body", "Fresh"}}}});
  const auto sees = [&](bool fresh) {
    CHECK(server.get("/bug?id=1&priority=High").ids().size() == (fresh ? 1 : 0));
    CHECK(server.get("/bug/1/history").body["bugs"][0]["history"].size() == (fresh ? 1 : 0));
    CHECK(server.get("/bug/1/comment").body["bugs"]["1"]["comments"].size() == (fresh ? 2 : 1));
    CHECK(server.ask("GET", "/bug/1").body["bugs"][0]["priority"] == (fresh ? "High" : "---"));  // without a login
    CHECK(server.bug(1, "priority")["priority"] == "High");
  };
  sees(false);
  server.now += Seconds(299);
  sees(false);
  server.now += Seconds(1);
  sees(true);
}

TEST_CASE("the cap lowers every limit without a word") {
  Server server;
  for (int i = 3; i <= 8; ++i) add_bug(server.state(), "staff@example.com", "More", "", server.now);
  server.settings().max_search_results = 3;
  struct Row {
    const char* query;
    std::vector<int> ids;
  };
  const Row rows[] = {{"", {1, 2, 3}},
                      {"limit=0", {1, 2, 3}},
                      {"limit=0&offset=4", {1, 2, 3}},
                      {"limit=2&offset=3", {4, 5}},
                      {"limit=100&offset=3", {4, 5, 6}},
                      {"limit=100&offset=6", {7, 8}},
                      {"limit=100&offset=8", {}}};
  for (const auto& row : rows) {
    CAPTURE(row.query);
    CHECK(server.get("/bug?include_fields=id&" + std::string(row.query)).ids() == row.ids);
  }
}

TEST_CASE("charts: groups, negation, any of several, and the gap that lets the time overwrite one") {
  Server server;
  server.put(1, {{"cf_customer", "ACME"}, {"priority", "High"}});
  server.put(2, {{"cf_customer", "Duna"}, {"keywords", {{"add", "vip"}}}});
  add_bug(server.state(), "staff@example.com", "Third", "", server.now);
  struct Row {
    const char* query;
    std::vector<int> ids;
  };
  const Row rows[] = {
      {"f1=bug_id&o1=greaterthan&v1=1", {2, 3}},
      {"f1=bug_id&o1=anyexact&v1=1,3", {1, 3}},
      {"f1=cf_customer&o1=isempty", {3}},
      {"f1=cf_customer&o1=equals&v1=acme", {1}},
      {"f1=cf_customer&o1=notequals&v1=ACME", {2, 3}},
      {"f1=cf_customer&o1=equals&v1=ACME&n1=1", {2, 3}},
      {"j_top=OR&f1=cf_customer&o1=equals&v1=ACME&f2=keywords&o2=anywords&v2=vip", {1, 2}},
      {"f1=bug_id&o1=lessthan&v1=3&f2=OP&j2=OR&f3=priority&o3=equals&v3=High&f4=keywords&o4=equals&v4=vip&f5=CP",
       {1, 2}},
      {"f1=delta_ts&o1=greaterthaneq&v1=2026-11-22T09:00:00Z", {1, 2, 3}},
      {"f1=delta_ts&o1=greaterthan&v1=2026-11-22%2009:00:00", {}},
      {"creator=customer", {1}},
      {"assigned_to=staff@example.com&priority=High", {1}},
      {"bug_id=1&bug_id_type=nowords", {2, 3}},
      // One chart, numbered 2: the time becomes number 2 as well.
      {"f2=bug_id&o2=equals&v2=1&last_change_time=2026-11-22T09:00:00Z", {1, 2, 3}},
      {"f1=bug_id&o1=equals&v1=1&last_change_time=2026-11-22T09:00:00Z", {1}}};
  for (const auto& row : rows) {
    CAPTURE(row.query);
    CHECK(server.get("/bug?include_fields=id&" + std::string(row.query)).ids() == row.ids);
  }
}

TEST_CASE("times without a zone are the server's; one that its clocks skip breaks the search") {
  Server server(Flavour::classic, "Europe/Berlin");  // now is 10:00 there
  CHECK(server.get("/bug?last_change_time=2026-11-22T10:00:00&include_fields=id").ids().size() == 2);
  CHECK(server.get("/bug?last_change_time=2026-11-22T10:00:01&include_fields=id").ids().empty());
  CHECK(server.get("/bug?f1=delta_ts&o1=equals&v1=2026-11-22%2010:00:00&include_fields=id").ids().size() == 2);
  const auto gap = server.get("/bug?last_change_time=2027-03-28T02:30:00");
  CHECK(gap.status == 200);
  CHECK(gap.code() == 100500);
  CHECK(gap.body["message"] == "Invalid local time for date in time zone: Europe/Berlin\n");
}

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
