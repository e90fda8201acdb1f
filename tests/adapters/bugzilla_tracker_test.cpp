#include "adapters/bugzilla/bugzilla_tracker.hpp"

#include <doctest/doctest.h>

#include "bugzilla_server.hpp"

namespace cb {

namespace {

std::size_t count(const ScriptedHttp& http, const std::string& what) {
  return static_cast<std::size_t>(std::count_if(http.requests.begin(), http.requests.end(), [&](const auto& request) {
    return (request.method + " " + request.target).find(what) == 0;
  }));
}

constexpr const char* k_page =
    R"({"bugs":[{"id":5,"last_change_time":"2026-11-22T09:00:00Z"},{"id":7,"last_change_time":"2026-11-22T09:00:00Z"}]})";
constexpr const char* k_empty = R"({"bugs":[]})";

}  // namespace

TEST_CASE("who we are") {
  ScriptedHttp http;
  script_bugzilla(http);
  auto tracker = make_bugzilla_tracker(bugzilla_terms(), http);
  const auto me = tracker->who_am_i();
  if (!me) FAIL(me.error().what);
  CHECK(me->account.login == "staff@example.com");
  CHECK(me->account.address == "staff@example.com");
  CHECK(me->account.self);
  CHECK(me->may_write);
  REQUIRE(me->server_time.has_value());
  CHECK(to_iso(*me->server_time) == "2026-11-22T09:21:25Z");
  CHECK(tracker->capabilities().private_comments);
  CHECK(tracker->capabilities().kind == "bugzilla");
  CHECK(!tracker->capabilities().compare_and_set);
}

TEST_CASE("a list goes on behind its last bug until a page is empty") {
  ScriptedHttp http;
  script_bugzilla(http);
  http.on("GET /rest/bug", 200, k_page);
  http.on("GET /rest/bug", 200, k_empty);
  auto tracker = make_bugzilla_tracker(bugzilla_terms(), http);
  const auto first = tracker->changed_since({}, {});
  if (!first) FAIL(first.error().what);
  REQUIRE(first->refs.size() == 2);
  CHECK(to_text(first->refs[1].key) == "support#7");
  REQUIRE(first->next == std::optional<std::string>("7"));
  const auto last = tracker->changed_since({}, first->next);
  REQUIRE(last.has_value());
  CHECK(last->refs.empty());
  CHECK(!last->next.has_value());
  CHECK(http.requests.back().target.find("&v1=7&product=LMS") != std::string::npos);
  CHECK(!tracker->changed_since({}, "x").has_value());
}

TEST_CASE("an empty list is believed only while the server takes us for ourselves") {
  ScriptedHttp http;
  script_bugzilla(http);
  http.on("GET /rest/bug", 200, k_empty);
  auto tracker = make_bugzilla_tracker(bugzilla_terms(), http);
  REQUIRE(tracker->changed_since({}, {}).has_value());
  CHECK(count(http, "GET /rest/valid_login") == 1);  // at the beginning
  REQUIRE(tracker->changed_since({}, {}).has_value());
  CHECK(count(http, "GET /rest/valid_login") == 2);
  http.replace("GET /rest/valid_login", 200, bugzilla_recording("004-valid_login-header-key").body);
  const auto stranger = tracker->changed_since({}, {});
  REQUIRE(!stranger.has_value());
  CHECK(stranger.error().kind == ErrorKind::denied);
}

TEST_CASE("what the server is made of is read again from time to time, and a first cycle that fails is begun anew") {
  ScriptedHttp http;
  script_bugzilla(http);
  http.on("GET /rest/bug", 200, k_page);
  http.replace("GET /rest/product", 503);
  auto tracker = make_bugzilla_tracker(bugzilla_terms(), http);
  CHECK(!tracker->changed_since({}, {}).has_value());
  http.replace("GET /rest/product", 200, bugzilla_recording("033-product-LMS").body);
  for (int i = 0; i < 60; ++i) REQUIRE(tracker->changed_since({}, {}).has_value());
  CHECK(count(http, "GET /rest/version") == 2);
  REQUIRE(tracker->changed_since({}, {}).has_value());
  CHECK(count(http, "GET /rest/version") == 3);
}

TEST_CASE("a date-time field needs the server's zone, unless the server takes instants") {
  struct Row {
    const char *version, *field, *zone;
    bool good;
  };
  const Row rows[] = {{"5.2", "cf_sla_response_due", "", false},   {"5.2", "SLA Response Due", "", false},
                      {"5.2", "cf_sla_response_due", "UTC", true}, {"5.2", "cf_entitlement", "", true},
                      {"5.2", "cf_entitlement", "Berlin", false},  {"5.3.1", "cf_sla_response_due", "", false},
                      {"5.9.1", "cf_sla_response_due", "", true},  {"20260820.1", "cf_sla_response_due", "", true},
                      {"5.2", "No such field", "", true}};
  for (const auto& row : rows) {
    CAPTURE(row.version);
    CAPTURE(row.field);
    CAPTURE(row.zone);
    ScriptedHttp http;
    script_bugzilla(http, row.version);
    http.on("GET /rest/bug", 200, k_page);
    auto terms = bugzilla_terms();
    terms.write = {{Slot::response_due, row.field}};
    terms.server_timezone = row.zone;
    auto tracker = make_bugzilla_tracker(terms, http);
    const auto page = tracker->changed_since({}, {});
    CHECK(page.has_value() == row.good);
    if (page) continue;
    CHECK(page.error().kind == ErrorKind::denied);
    CHECK(page.error().what.find("server_timezone") != std::string::npos);
    Changes changes;
    changes.add_labels = {"vip"};
    CHECK(!tracker->apply({"support", "5"}, changes, {}).has_value());
    CHECK(tracker->apply_all({{{"support", "5"}, {}}}, changes).size() == 1);
    CHECK(http.count("PUT") == 0);
  }
}

TEST_CASE("keys that are no numbers are no bugs") {
  ScriptedHttp http;
  script_bugzilla(http);
  auto tracker = make_bugzilla_tracker(bugzilla_terms(), http);
  const auto one = tracker->fetch({"support", "X-1"});
  REQUIRE(!one.has_value());
  CHECK(one.error().kind == ErrorKind::not_found);
  http.on("GET /rest/bug/2", 404, bugzilla_recording("204-unknown-bug-id-get").body);
  const auto all = tracker->fetch_all({{"support", "X-1"}, {"support", "2"}});
  REQUIRE(all.size() == 2);
  CHECK(!all[0].has_value());
  CHECK(!all[1].has_value());
  CHECK(all[1].error().what.find("99999") != std::string::npos);
}

}  // namespace cb
