// The fake Bugzilla where no recording tells: the other lines of Bugzilla, a replica that lags, and what the classic
// one's source and observed.md say of searches.
#include <doctest/doctest.h>

#include "tests/conformance/fake_bugzilla_asking.hpp"

using namespace cb;
using namespace cb::asking;

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
