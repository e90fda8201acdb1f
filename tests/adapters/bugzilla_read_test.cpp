#include "adapters/bugzilla/bugzilla_read.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "bugzilla_server.hpp"

namespace cb {

namespace {

using nlohmann::json;

// Bugs 1 to 9 as 5.2 tells them, with one comment each; what may go wrong with some of them is a test's.
class BugServer final : public Http {
 public:
  Result<HttpResponse> send(const HttpRequest& request) override {
    const auto path = request.target.substr(0, request.target.find('?'));
    if (path.find("/rest/bug") != 0) return names.send(request);
    requests.push_back(request.target);
    const auto ids = ids_in(request.target, path);
    if (path == "/rest/bug") return search(ids);
    for (const auto id : ids) {
      if (invisible.count(id) != 0) return refusal(401, 102, "not authorized");
      if (id > 9) return refusal(404, 101, "does not exist");
      if (poison.count(id) != 0 && path.find("/comment") == std::string::npos)
        return refusal(200, 100500, "Invalid local time");
    }
    if (path.find("/comment") != std::string::npos) return comments(ids);
    if (path.find("/history") != std::string::npos) return history(ids);
    return bugs(ids);
  }

  std::set<int> invisible, poison, quiet, late;
  bool only_first = false;  // the flavour does not add `ids` to the path's
  ScriptedHttp names;
  std::vector<std::string> requests;

 private:
  static HttpResponse refusal(int status, int code, const std::string& message) {
    return {status, {}, json{{"error", true}, {"code", code}, {"message", message}}.dump()};
  }
  std::vector<int> ids_in(const std::string& target, const std::string& path) const {
    std::vector<int> ids;
    const auto add = [&](int id) {
      if (id != 0 && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    };
    if (path.size() > 10) add(std::atoi(path.c_str() + 10));
    if (only_first && !ids.empty()) return ids;
    for (auto at = target.find("ids="); at != std::string::npos; at = target.find("ids=", at + 1))
      add(std::atoi(target.c_str() + at + 4));
    if (const auto at = target.find("&id="); at != std::string::npos)
      for (auto from = at + 4; from < target.size() && target[from] != '&'; from = target.find_first_of(",&", from) + 1)
        if (add(std::atoi(target.c_str() + from)); target.find_first_of(",&", from) == std::string::npos) break;
    return ids;
  }
  HttpResponse search(const std::vector<int>& ids) const {
    json rows = json::array();
    for (const auto id : ids)
      rows.push_back(
          {{"id", id}, {"last_change_time", late.count(id) != 0 ? "2026-11-22T08:00:00Z" : "2026-11-22T09:21:57Z"}});
    return {200, {}, json{{"bugs", rows}}.dump()};
  }
  static HttpResponse bugs(const std::vector<int>& ids) {
    const auto recorded = json::parse(bugzilla_recording("049-get-bug-all-fields-admin").body).at("bugs").at(0);
    json rows = json::array();
    for (const auto id : ids) {
      rows.push_back(recorded);
      rows.back()["id"] = id;
    }
    return {200, {}, json{{"bugs", rows}}.dump()};
  }
  HttpResponse comments(const std::vector<int>& ids) const {
    json rows = json::object();
    for (const auto id : ids) {
      const auto* time = quiet.count(id) != 0 ? "2026-11-22T08:00:00Z" : "2026-11-22T09:21:57Z";
      rows[std::to_string(id)]["comments"] = {{{"id", id * 10},
                                               {"count", 0},
                                               {"creator", "customer@example.com"},
                                               {"time", time},
                                               {"is_private", false},
                                               {"text", "broken"}}};
    }
    return {200, {}, json{{"bugs", rows}, {"comments", json::object()}}.dump()};
  }
  static HttpResponse history(const std::vector<int>& ids) {
    json rows = json::array();
    for (const auto id : ids) rows.push_back({{"id", id}, {"history", json::array()}});
    return {200, {}, json{{"bugs", rows}}.dump()};
  }
};

struct Reading {
  explicit Reading(BugServer& server)
      : terms(bugzilla_terms()), session(terms, server), directory(session, terms), reader(session, directory, terms) {
    script_bugzilla(server.names);
    REQUIRE(directory.identify().has_value());
  }
  BugzillaTerms terms;
  BugzillaSession session;
  BugzillaDirectory directory;
  BugzillaReader reader;
};

}  // namespace

TEST_CASE("several bugs take three requests, whatever their number") {
  BugServer server;
  Reading reading(server);
  const auto bugs = reading.reader.read_all({3, 1, 9, 2, 1});
  REQUIRE(bugs.size() == 5);
  const std::int64_t expected[] = {3, 1, 9, 2, 1};
  for (std::size_t i = 0; i < bugs.size(); ++i) {
    REQUIRE(bugs[i].has_value());
    CHECK(bugs[i]->id == expected[i]);
    REQUIRE(bugs[i]->comments.size() == 1);
    CHECK(bugs[i]->comments.front().id == expected[i] * 10);
  }
  CHECK(server.requests.size() == 3);
  for (const auto& result : reading.reader.fetched_all(bugs)) CHECK(result.has_value());
}

TEST_CASE("one bug that spoils the answer does not keep the others from being read") {
  struct Row {
    const char* name;
    std::set<int> invisible, poison;
    int culprit;
    ErrorKind kind;
  };
  const Row rows[] = {{"not visible", {4}, {}, 4, ErrorKind::denied},
                      {"absent", {}, {}, 77, ErrorKind::not_found},
                      {"cannot be shown", {}, {4}, 4, ErrorKind::bad_reply}};
  for (const auto& row : rows)
    for (const bool only_first : {false, true}) {
      CAPTURE(row.name);
      CAPTURE(only_first);
      BugServer server;
      server.invisible = row.invisible;
      server.poison = row.poison;
      server.only_first = only_first;
      Reading reading(server);
      const auto bugs = reading.reader.read_all({1, 2, row.culprit, 5, 6, 7});
      REQUIRE(bugs.size() == 6);
      for (std::size_t i = 0; i < bugs.size(); ++i) CHECK(bugs[i].has_value() == (i != 2));
      CHECK(to_text(bugs[2].error().kind) == to_text(row.kind));
    }
}

TEST_CASE("what fails for all is everybody's error, and no storm of single requests") {
  BugServer server;
  Reading reading(server);
  server.names.replace("GET /rest/field/bug", 503);
  reading.directory.forget();
  const auto bugs = reading.reader.read_all({1, 2, 3});
  REQUIRE(bugs.size() == 3);
  for (const auto& bug : bugs) {
    REQUIRE(!bug.has_value());
    CHECK(bug.error().kind == ErrorKind::retry_later);
  }
  CHECK(server.requests.empty());
}

TEST_CASE("a replica that is behind is waited for") {
  struct Row {
    const char* name;
    bool quiet, late;
    std::size_t requests;
    bool good;
  };
  const Row rows[] = {{"comments as new as the bug", false, true, 3, true},
                      {"a change that left no trace", true, false, 4, true},
                      {"a change that the replica lacks", true, true, 4, false}};
  for (const auto& row : rows)
    for (const bool together : {false, true}) {
      CAPTURE(row.name);
      CAPTURE(together);
      BugServer server;
      if (row.quiet) server.quiet = {2};
      if (row.late) server.late = {2};
      Reading reading(server);
      const auto bugs = together ? reading.reader.read_all({1, 2})
                                 : std::vector<Result<BugzillaBug>>{reading.reader.read(1), reading.reader.read(2)};
      CHECK(bugs[0].has_value());
      REQUIRE(bugs[1].has_value() == row.good);
      if (!row.good) CHECK(bugs[1].error().kind == ErrorKind::retry_later);
      CHECK(server.requests.size() == row.requests + (together ? 0 : 3));
    }
}

TEST_CASE("a bug that is not there or not visible, and a key that is no longer good") {
  for (const int id : {4, 77}) {
    CAPTURE(id);
    BugServer server;
    server.invisible = {4};
    Reading reading(server);
    const auto bug = reading.reader.read(id);
    REQUIRE(!bug.has_value());
    CHECK(bug.error().kind == (id == 4 ? ErrorKind::denied : ErrorKind::not_found));
    CHECK(bug.error().what.find("reading bug #" + std::to_string(id)) != std::string::npos);
    server.names.replace("GET /rest/valid_login", 400, bugzilla_recording("350-revoked-key").body);
    const auto again = reading.reader.read(id);
    REQUIRE(!again.has_value());
    CHECK(again.error().kind == ErrorKind::denied);
    CHECK(again.error().what.find("revoked") != std::string::npos);
  }
}

TEST_CASE("numbers of bugs") {
  CHECK(bugzilla_id("4711") == 4711);
  for (const auto* text : {"", "abc", "-1", "1,2", "99999999999999999999", "1 "}) {
    CAPTURE(text);
    CHECK(!bugzilla_id(text).has_value());
  }
}

}  // namespace cb
