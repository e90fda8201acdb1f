#include "adapters/redmine/redmine_list.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <functional>
#include <set>

#include "scripted_http.hpp"

namespace cb {

namespace {

// Answers lists as Redmine does (sorted by id, offset, at most `most` rows) from a set of ids that a test may change
// between two requests.
class ListServer final : public Http {
 public:
  Result<HttpResponse> send(const HttpRequest& request) override {
    targets.push_back(request.target);
    const auto at = request.target.find("&offset=");
    const auto offset = std::strtoul(request.target.c_str() + at + 8, nullptr, 10);
    std::string rows;
    std::size_t index = 0;
    std::size_t sent = 0;
    for (const auto id : ids) {
      if (index++ < offset || sent == most) continue;
      rows +=
          (rows.empty() ? "" : ",") + ("{\"id\":" + std::to_string(id)) + R"(,"updated_on":"2026-11-22T09:00:00Z"})";
      ++sent;
    }
    const auto total = ids.size() + missing;
    if (after_request) after_request(static_cast<int>(targets.size()));
    return HttpResponse{200, {}, "{\"issues\":[" + rows + "],\"total_count\":" + std::to_string(total) + "}"};
  }
  std::set<int> ids;
  std::size_t most = 100;
  std::size_t missing = 0;  // counted in the total and never listed
  std::function<void(int)> after_request;
  std::vector<std::string> targets;
};

std::vector<std::int64_t> all_ids(ListServer& server) {
  RedmineTerms terms;
  terms.name = "support";
  RedmineSession session(terms, server);
  std::vector<std::int64_t> ids;
  std::optional<RedmineListPlace> place = RedmineListPlace{};
  while (place) {
    const auto part = redmine_list_part(session, "lms", {}, *place);
    REQUIRE(part.has_value());
    for (const auto& ref : part->refs) ids.push_back(ref.id);
    place = part->next;
    if (place) place = redmine_list_place(to_text(*place));
  }
  return ids;
}

void fill(ListServer& server, int count) {
  for (int i = 1; i <= count; ++i) server.ids.insert(i * 10);
}

}  // namespace

TEST_CASE("every issue once, at page borders") {
  for (const int count : {0, 1, 99, 100, 101, 199, 200, 201, 512}) {
    CAPTURE(count);
    ListServer server;
    fill(server, count);
    const auto ids = all_ids(server);
    CHECK(ids.size() == static_cast<std::size_t>(count));
    CHECK(std::is_sorted(ids.begin(), ids.end()));
    CHECK(server.targets.size() <= static_cast<std::size_t>(count) / 99 + 2);
  }
}

TEST_CASE("a server that gives fewer rows than asked for") {
  for (const std::size_t most : {2U, 7U, 25U}) {
    CAPTURE(most);
    ListServer server;
    fill(server, 60);
    server.most = most;
    CHECK(all_ids(server).size() == 60);
  }
}

TEST_CASE("a total that promises more than there is ends all the same") {
  ListServer server;
  fill(server, 250);
  server.missing = 999999;
  CHECK(all_ids(server).size() == 250);
}

TEST_CASE("issues that move while the list is read: none is skipped, none comes twice") {
  struct Row {
    const char* name;
    std::function<void(std::set<int>&, int)> move;
  };
  const Row rows[] = {{"one leaves before our place", [](std::set<int>& ids, int) { ids.erase(*ids.begin()); }},
                      {"many leave at once",
                       [](std::set<int>& ids, int request) {
                         if (request == 2)
                           for (int i = 1; i <= 150; ++i) ids.erase(i * 10);
                       }},
                      {"one enters before our place", [](std::set<int>& ids, int request) { ids.insert(request); }},
                      {"one leaves, another enters: the total tells nothing", [](std::set<int>& ids, int request) {
                         ids.erase(*ids.begin());
                         ids.insert(100'000 + request);
                       }}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    ListServer server;
    fill(server, 450);
    // Whoever stays in the list all the time must be told.
    std::set<int> stayed = server.ids;
    server.after_request = [&](int request) {
      if (request > 8) return;
      row.move(server.ids, request);
      for (auto it = stayed.begin(); it != stayed.end();) it = server.ids.count(*it) == 0 ? stayed.erase(it) : ++it;
    };
    const auto ids = all_ids(server);
    const std::set<std::int64_t> seen(ids.begin(), ids.end());
    CHECK(seen.size() == ids.size());
    for (const auto id : stayed) {
      if (seen.count(id) != 0) continue;
      FAIL_CHECK("skipped ", id);
      break;
    }
  }
}

TEST_CASE("what is asked") {
  const auto since = instant_from_iso("2026-11-22T09:00:00Z");
  REQUIRE(since.has_value());
  CHECK(redmine_list_target("", {}, 0) == "/issues.json?status_id=*&sort=id:asc&limit=100&offset=0");
  CHECK(redmine_list_target("my lms", since, 99) ==
        "/issues.json?status_id=*&sort=id:asc&limit=100&offset=99&project_id=my%20lms&subproject_id=*"
        "&updated_on=%3E%3D2026-11-22T09%3A00%3A00Z");
}

TEST_CASE("a list in another order is refused, not trusted") {
  ScriptedHttp http;
  http.on("GET /issues.json", 200,
          R"({"issues":[{"id":2,"updated_on":"2026-11-22T09:00:00Z"},{"id":1,"updated_on":"2026-11-22T09:00:00Z"}],
              "total_count":2})");
  RedmineTerms terms;
  RedmineSession session(terms, http);
  const auto part = redmine_list_part(session, "", {}, {});
  REQUIRE(!part.has_value());
  CHECK(part.error().kind == ErrorKind::bad_reply);
}

TEST_CASE("places in a list survive being text, and nonsense is no place") {
  const auto place = redmine_list_place(to_text(RedmineListPlace{2, 300, 4711}));
  REQUIRE(place.has_value());
  CHECK(place->project == 2);
  CHECK(place->offset == 300);
  CHECK(place->last_id == 4711);
  for (const auto* text : {"", "1", "1:2", "1:2:x", "1:-2:3", "1:2:3:4", "a:b:c"}) {
    CAPTURE(text);
    CHECK(!redmine_list_place(text).has_value());
  }
}

TEST_CASE("a project below another configured one comes with it") {
  const std::vector<RedmineProject> all{{1, "lms", "LMS", 0},        {2, "lms-ui", "UI", 1},
                                        {3, "lms-ui-old", "Old", 2}, {4, "reports", "Reports", 0},
                                        {5, "loop", "Loop", 6},      {6, "pool", "Pool", 5}};
  using Names = std::vector<std::string>;
  CHECK(redmine_top_projects({"lms", "lms-ui", "reports"}, all) == Names{"lms", "reports"});
  CHECK(redmine_top_projects({"lms-ui-old", "lms"}, all) == Names{"lms"});
  CHECK(redmine_top_projects({"lms-ui"}, all) == Names{"lms-ui"});
  CHECK(redmine_top_projects({"LMS", "lms", "unknown"}, all) == Names{"LMS", "unknown"});
  CHECK(redmine_top_projects({"loop"}, all).size() <= 1);
}

}  // namespace cb
