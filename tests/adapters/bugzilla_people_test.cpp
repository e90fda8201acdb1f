#include "adapters/bugzilla/bugzilla_people.hpp"

#include <doctest/doctest.h>

#include "bugzilla_server.hpp"

namespace cb {

namespace {

constexpr const char* k_rows =
    R"({"id":9,"name":"ann@vendor.example","email":"ann@vendor.example","real_name":"Ann Smith"},
       {"id":10,"name":"annalena@vendor.example","email":"annalena@vendor.example","real_name":"Ann Smith-Jones"},
       {"id":11,"name":"bob","email":"bob@vendor.example","real_name":"Bob"},
       {"id":12,"name":"bob2","email":"bob2@vendor.example","real_name":"Bob"})";

struct Scene {
  ScriptedHttp http;
  BugzillaTerms terms = bugzilla_terms();
  BugzillaSession session{terms, http};
  BugzillaPhoneBook book{session};
  BugzillaBug bug;

  Scene() {
    http.on("GET /rest/version", 200, R"({"version":"5.2"})");
    http.on("GET /rest/user", 200, users_answer(k_rows));
    bug.id = 5;
    bug.assignee = {1, "nobody@vendor.example", "", ""};
    bug.cc = {{11, "bob", "", "Bob"}};
  }
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a person is found by login, else address, else a name that one account alone has") {
  struct Row {
    const char* name;
    PersonRef person;
    const char* login;  // empty: not found
    const char* problem;
  };
  const Row rows[] = {
      {"login", {"Ann@vendor.example", "", ""}, "ann@vendor.example", ""},
      {"address", {"", "bob2@vendor.example", ""}, "bob2", ""},
      {"login that is unknown, address that is not", {"bobby", "bob2@vendor.example", ""}, "bob2", ""},
      {"name, compared as a whole", {"", "", "Ann Smith"}, "ann@vendor.example", ""},
      {"name of several", {"", "", "Bob"}, "", "several accounts may be Bob"},
      {"part of a name", {"", "", "Ann"}, "", "no account that can be seen is Ann"},
      {"nobody", {"zoe", "", "Zoe"}, "", "no account that can be seen is zoe (Zoe)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Scene scene;
    Changes changes;
    changes.assign = row.person;
    const auto people = scene.book.people(scene.bug, "", changes);
    REQUIRE(people.has_value());
    CHECK(people->logins().assignee == row.login);
    CHECK(has(people->assignee.problem, row.problem));
    CHECK(bugzilla_missing_people(scene.bug, "", *people).size() == 1);
  }
}

TEST_CASE("who is there is not looked for, and nobody is put there twice") {
  Scene scene;
  Changes changes;
  changes.assign = {"ann@vendor.example", "", ""};
  changes.copy = {{"bob", "", ""}, {"", "", "Ann Smith"}, {"ann@vendor.example", "", ""}};
  const auto people = scene.book.people(scene.bug, "eva@vendor.example", changes);
  REQUIRE(people.has_value());
  CHECK(people->logins().assignee.empty());
  CHECK(people->logins().cc == std::vector<std::string>{"ann@vendor.example"});
  const auto asked = scene.http.requests.size();
  REQUIRE(scene.book.people(scene.bug, "eva@vendor.example", changes).has_value());
  CHECK(scene.http.requests.size() == asked);
}

TEST_CASE("the component's default assignee who is wanted has the bug already") {
  Scene scene;
  scene.bug.assignee = {9, "ann@vendor.example", "", "Ann Smith"};
  Changes changes;
  for (const auto& person : {PersonRef{"ann@vendor.example", "", ""}, PersonRef{"", "", "Ann Smith"}}) {
    changes.assign = person;
    const auto people = scene.book.people(scene.bug, "", changes);
    REQUIRE(people.has_value());
    CHECK(people->logins().assignee.empty());
    CHECK(bugzilla_missing_people(scene.bug, "", *people).empty());
  }
}

TEST_CASE("a server that fails has not said that nobody is there") {
  Scene scene;
  scene.http.replace("GET /rest/user", 503);
  Changes changes;
  changes.assign = {"ann@vendor.example", "", ""};
  CHECK(scene.book.people(scene.bug, "", changes).error().kind == ErrorKind::retry_later);
}

}  // namespace cb
