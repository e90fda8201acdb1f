#include "adapters/bugzilla/bugzilla_list.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <functional>
#include <set>

#include "bugzilla_server.hpp"

namespace cb {

namespace {

// Answers lists as Bugzilla does, from ids that a test may change between two requests; any limit is lowered to `cap`.
class ListServer final : public Http {
 public:
  Result<HttpResponse> send(const HttpRequest& request) override {
    if (request.target == "/rest/version") return HttpResponse{200, {}, R"({"version":"5.2"})"};
    const auto number = [&](const std::string& name) {
      return std::strtol(request.target.c_str() + request.target.find(name) + name.size(), nullptr, 10);
    };
    const auto limit = std::min(number("&limit="), cap);
    std::string rows;
    long sent = 0;
    for (auto id = ids.upper_bound(static_cast<int>(number("&v1="))); id != ids.end() && sent < limit; ++id, ++sent)
      rows += (rows.empty() ? "" : ",") + ("{\"id\":" + std::to_string(*id)) +
              R"(,"last_change_time":"2026-11-22T09:00:00Z"})";
    ++requests;
    last_target = request.target;
    if (after_request) after_request();
    return HttpResponse{200, {}, "{\"bugs\":[" + rows + "]}"};
  }
  std::set<int> ids;
  long cap = 10'000;
  int requests = 0;
  std::string last_target;
  std::function<void()> after_request;
};

std::vector<std::int64_t> all_ids(ListServer& server) {
  const auto terms = bugzilla_terms();
  BugzillaSession session(terms, server);
  std::vector<std::int64_t> ids;
  for (std::int64_t after = 0;;) {
    const auto part = bugzilla_list_part(session, terms, {}, after);
    REQUIRE(part.has_value());
    if (part->empty()) return ids;
    for (const auto& ref : *part) ids.push_back(ref.id);
    after = ids.back();
  }
}

}  // namespace

TEST_CASE("in the hour that the server's clocks show twice, an hour more is asked for") {
  struct Row {
    std::string zone, since, asked;
  };
  const Row rows[] = {
      {"Europe/Berlin", "2026-10-24T23:59:59Z", "2026-10-24T23:59:59Z"},
      {"Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-24T23:00:00Z"},
      {"Europe/Berlin", "2026-10-25T00:59:59Z", "2026-10-24T23:59:59Z"},
      {"Europe/Berlin", "2026-10-25T01:59:59Z", "2026-10-25T00:59:59Z"},
      {"Europe/Berlin", "2026-10-25T02:00:00Z", "2026-10-25T02:00:00Z"},
      {"UTC", "2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z"},
      {"", "2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.zone);
    CAPTURE(row.since);
    ListServer server;
    auto terms = bugzilla_terms();
    terms.server_timezone = row.zone;
    BugzillaSession session(terms, server);
    REQUIRE(bugzilla_list_part(session, terms, *instant_from_iso(row.since), 0).has_value());
    CHECK(server.last_target.find("last_change_time=" + url_encoded(row.asked)) != std::string::npos);
  }
}

TEST_CASE(
    "a server that ignores since when it is asked is found out, but for the hour that its clocks may show twice") {
  ListServer server;
  server.ids = {1};  // changed at 2026-11-22T09:00:00Z
  const auto terms = bugzilla_terms();
  BugzillaSession session(terms, server);
  CHECK(bugzilla_list_part(session, terms, *instant_from_iso("2026-11-22T10:00:00Z"), 0).has_value());
  CHECK_FALSE(bugzilla_list_part(session, terms, *instant_from_iso("2026-11-22T10:00:01Z"), 0).has_value());
}

TEST_CASE("every bug once, whatever the server lowers the limit to") {
  for (const int count : {0, 1, 499, 500, 501, 1200})
    for (const long cap : {1L, 50L, 10'000L}) {
      if (cap == 1 && count > 1) continue;
      CAPTURE(count);
      CAPTURE(cap);
      ListServer server;
      server.cap = cap;
      for (int i = 1; i <= count; ++i) server.ids.insert(i * 3);
      const auto ids = all_ids(server);
      CHECK(ids.size() == static_cast<std::size_t>(count));
      CHECK(std::is_sorted(ids.begin(), ids.end()));
      CHECK(server.requests == (count + std::min(cap, 500L) - 1) / std::min(cap, 500L) + 1);
    }
}

TEST_CASE("bugs that vanish or appear while the list is read: whoever stays is told, none twice") {
  ListServer server;
  server.cap = 7;
  for (int i = 1; i <= 100; ++i) server.ids.insert(i * 10);
  server.after_request = [&] {
    for (int i = 0; i < 5 && !server.ids.empty(); ++i) server.ids.erase(server.ids.begin());
    server.ids.insert(server.requests);
  };
  auto stayed = server.ids;
  const auto ids = all_ids(server);
  CHECK(std::set<std::int64_t>(ids.begin(), ids.end()).size() == ids.size());
  for (const auto id : stayed)
    if (server.ids.count(id) != 0) CHECK(std::find(ids.begin(), ids.end(), id) != ids.end());
}

TEST_CASE("what is asked") {
  const auto since = instant_from_iso("2026-11-22T09:00:00Z");
  CHECK(bugzilla_list_target({}, {}, 0, 500) ==
        "/bug?include_fields=id,last_change_time&order=bug_id&limit=500&f1=bug_id&o1=greaterthan&v1=0");
  CHECK(bugzilla_list_target({"LMS & more", "X"}, since, 4711, 20) ==
        "/bug?include_fields=id,last_change_time&order=bug_id&limit=20&f1=bug_id&o1=greaterthan&v1=4711"
        "&last_change_time=2026-11-22T09%3A00%3A00Z&product=LMS%20%26%20more&product=X");
}

TEST_CASE("a server that ignores what was asked for is not believed") {
  struct Row {
    const char* name;
    const char* rows;
  };
  const Row rows[] = {
      {"order",
       R"({"id":9,"last_change_time":"2026-11-22T09:00:00Z"},{"id":8,"last_change_time":"2026-11-22T09:00:00Z"})"},
      {"twice",
       R"({"id":9,"last_change_time":"2026-11-22T09:00:00Z"},{"id":9,"last_change_time":"2026-11-22T09:00:00Z"})"},
      {"place", R"({"id":5,"last_change_time":"2026-11-22T09:00:00Z"})"},
      {"time", R"({"id":9,"last_change_time":"2026-11-22T07:59:59Z"})"},
      {"no time", R"({"id":9})"},
      {"id as text", R"({"id":"9","last_change_time":"2026-11-22T09:00:00Z"})"}};
  const auto terms = bugzilla_terms();
  for (const auto& row : rows) {
    CAPTURE(row.name);
    ScriptedHttp http;
    script_bugzilla(http);
    http.on("GET /rest/bug", 200, std::string("{\"bugs\":[") + row.rows + "]}");
    BugzillaSession session(terms, http);
    const auto part = bugzilla_list_part(session, terms, instant_from_iso("2026-11-22T09:00:00Z"), 5);
    REQUIRE(!part.has_value());
    CHECK(part.error().kind == ErrorKind::bad_reply);
  }
}

TEST_CASE("a recorded page") {
  const auto terms = bugzilla_terms();
  ScriptedHttp http;
  script_bugzilla(http);
  http.on("GET /rest/bug", 200, bugzilla_recording("283-search-last_change_time-exact").body);
  BugzillaSession session(terms, http);
  const auto part = bugzilla_list_part(session, terms, instant_from_iso("2026-11-22T09:34:08Z"), 0);
  REQUIRE(part.has_value());
  REQUIRE(part->size() == 5);
  CHECK(part->front().id == 199);
  CHECK(to_iso(part->front().updated) == "2026-11-22T09:34:08Z");
}

}  // namespace cb
