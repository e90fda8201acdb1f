#include "adapters/bugzilla/bugzilla_directory.hpp"

#include <doctest/doctest.h>

#include "bugzilla_server.hpp"

namespace cb {

namespace {

std::size_t count(const ScriptedHttp& http, const std::string& what) {
  return static_cast<std::size_t>(std::count_if(http.requests.begin(), http.requests.end(), [&](const auto& request) {
    return (request.method + " " + request.target).find(what) == 0;
  }));
}

constexpr const char* k_bad_login = R"({"result":false})";

// Users by id, as 5.2 shows them to the account 1234; `hidden` ones make the server refuse.
class UserServer final : public Http {
 public:
  Result<HttpResponse> send(const HttpRequest& request) override {
    const auto& target = request.target;
    if (target == "/rest/version") return HttpResponse{200, {}, R"({"version":"5.2"})"};
    if (target.find("/rest/valid_login?login=bridge%40x.example&") == 0)
      return HttpResponse{200, {}, R"({"result":true})"};
    ++requests;
    if (target.find("match=") != std::string::npos) return HttpResponse{200, {}, users_answer("")};
    if (target.find("names=") != std::string::npos) return HttpResponse{200, {}, users_answer(row(1234))};
    std::string rows;
    for (auto at = target.find("&ids="); at != std::string::npos; at = target.find("&ids=", at + 1)) {
      const auto id = std::atoi(target.c_str() + at + 5);
      if (id == hidden) return HttpResponse{401, {}, R"({"error":true,"code":304,"message":"not visible"})"};
      if (id == 1 || id == 150 || id == 800 || id == own) rows += (rows.empty() ? "" : ",") + row(id);
    }
    return HttpResponse{200, {}, users_answer(rows)};
  }
  std::string row(int id) const {
    const auto login = id == own ? "bridge@x.example" : "u" + std::to_string(id) + "@x.example";
    return "{\"id\":" + std::to_string(id) + ",\"name\":\"" + login + "\",\"real_name\":\"\",\"groups\":[]" +
           (id == own ? ",\"saved_searches\":[]" : "") + "}";
  }
  int own = 1234;
  int hidden = 0;
  int requests = 0;
};

}  // namespace

TEST_CASE("whose key it is, where the server tells") {
  auto terms = bugzilla_terms();
  for (const auto* login : {"", "STAFF@example.com", "ann@example.com"}) {
    CAPTURE(login);
    terms.login = login;
    ScriptedHttp http;
    script_bugzilla(http, "5.9.1");
    BugzillaSession session(terms, http);
    BugzillaDirectory directory(session, terms);
    const auto me = directory.identify();
    if (std::string(login) == "ann@example.com") {
      REQUIRE(!me.has_value());
      CHECK(me.error().kind == ErrorKind::denied);
      CHECK(me.error().what.find("staff@example.com, not of ann@example.com") != std::string::npos);
      continue;
    }
    REQUIRE(me.has_value());
    CHECK(me->person.id == 4);
    CHECK(me->groups == std::vector<std::string>{"editbugs", "staff"});
    CHECK(count(http, "GET /rest/valid_login") == 0);
  }
}

TEST_CASE("whose key it is, where a login is configured: proven, and never a stranger's") {
  struct Row {
    const char* name;
    const char* valid_login;
    int status;
    std::string users;
    bool good;
  };
  const Row rows[] = {
      {"ours", R"({"result":true})", 200, users_answer(k_bugzilla_staff), true},
      {"a bare truth, as Harmony answers", "true", 200, users_answer(k_bugzilla_staff), true},
      {"another account's", k_bad_login, 200, users_answer(k_bugzilla_staff), false},
      {"a bad key", nullptr, 400, users_answer(k_bugzilla_staff), false},
      {"answers as to a stranger", R"({"result":true})", 200, bugzilla_recording("016-user-anonymous").body, false},
      {"a row without saved searches is not ours", R"({"result":true})", 200,
       bugzilla_recording("013-user-lookup-as-customer").body, false}};
  const auto terms = bugzilla_terms();
  for (const auto& row : rows) {
    CAPTURE(row.name);
    ScriptedHttp http;
    script_bugzilla(http);
    http.replace("GET /rest/valid_login", row.status,
                 row.valid_login != nullptr ? row.valid_login : bugzilla_recording("008-valid_login-bad-key").body);
    http.replace("GET /rest/user", 200, row.users);
    BugzillaSession session(terms, http);
    BugzillaDirectory directory(session, terms);
    const auto me = directory.identify();
    CHECK(me.has_value() == row.good);
    if (me) continue;
    CHECK(me.error().kind == ErrorKind::denied);
    CHECK(me.error().what.find("SECRET") == std::string::npos);
  }
}

TEST_CASE("whose key it is, where nobody tells: found by what only the owner is shown") {
  auto terms = bugzilla_terms();
  terms.login.clear();
  for (const int hidden : {0, 1, 777, 1235}) {
    CAPTURE(hidden);
    UserServer http;
    http.hidden = hidden;
    BugzillaSession session(terms, http);
    BugzillaDirectory directory(session, terms);
    const auto me = directory.identify();
    if (!me) FAIL(me.error().what);
    CHECK(me->person.login == "bridge@x.example");
    const auto before = http.requests;
    directory.forget();
    REQUIRE(directory.identify().has_value());
    CHECK(http.requests == before + 1);  // not looked for again
  }
  UserServer none;
  none.own = 0;
  BugzillaSession session(terms, none);
  BugzillaDirectory directory(session, terms);
  const auto me = directory.identify();
  REQUIRE(!me.has_value());
  CHECK(me.error().kind == ErrorKind::denied);
  CHECK(me.error().what.find("write `login` into") != std::string::npos);
  CHECK(none.requests == 10);  // up to 800, then five times nobody, and the wildcard
}

TEST_CASE("an account that the server stops taking for ours is noticed") {
  const auto terms = bugzilla_terms();
  for (const auto* version : {"5.2", "5.9.1"}) {
    CAPTURE(version);
    ScriptedHttp http;
    script_bugzilla(http, version);
    BugzillaSession session(terms, http);
    BugzillaDirectory directory(session, terms);
    REQUIRE(directory.identify().has_value());
    const auto before = http.requests.size();
    CHECK(!directory.confirm().has_value());
    CHECK(http.requests.size() == before + 1);
    http.replace("GET /rest/valid_login", 200, k_bad_login);
    http.replace("GET /rest/whoami", 401, bugzilla_recording("352-requirelogin-anonymous-get").body);
    const auto wrong = directory.confirm();
    REQUIRE(wrong.has_value());
    CHECK(wrong->kind == ErrorKind::denied);
  }
}

TEST_CASE("insiders") {
  struct Row {
    const char* name;
    const char* configured;
    const char* parameters;
    const char* groups;
    bool may;
  };
  const std::string told = R"({"parameters":{"insidergroup":"staff"}})";
  const std::string untold = bugzilla_recording("340-parameters-as-staff").body;
  const Row rows[] = {{"told, and in it", "", told.c_str(), R"([{"id":1,"name":"Staff"}])", true},
                      {"told, and not in it", "", told.c_str(), R"([{"id":1,"name":"editbugs"}])", false},
                      {"not told, in some group", "", untold.c_str(), R"([{"id":1,"name":"editbugs"}])", true},
                      {"not told, in no group", "", untold.c_str(), "[]", false},
                      {"configured", "vips", untold.c_str(), R"([{"id":1,"name":"editbugs"}])", false}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto terms = bugzilla_terms();
    terms.insider_group = row.configured;
    ScriptedHttp http;
    script_bugzilla(http);
    http.replace("GET /rest/parameters", 200, row.parameters);
    http.replace("GET /rest/user", 200,
                 users_answer(R"({"id":4,"name":"staff@example.com","saved_searches":[],"groups":)" +
                              std::string(row.groups) + "}"));
    BugzillaSession session(terms, http);
    BugzillaDirectory directory(session, terms);
    const auto may = directory.may_be_insider();
    REQUIRE(may.has_value());
    CHECK(*may == row.may);
  }
}

TEST_CASE("people are asked for together; one that is unknown does not lose the others") {
  const auto terms = bugzilla_terms();
  ScriptedHttp http;
  script_bugzilla(http);
  BugzillaSession session(terms, http);
  BugzillaDirectory directory(session, terms);
  REQUIRE(directory.identify().has_value());
  const std::string fields = "GET /rest/user?include_fields=id,name,real_name,email,groups,saved_searches";
  const std::string key = "&Bugzilla_api_key=SECRET%2BKEY";
  const auto unknown = bugzilla_recording("017-user-unknown").body;
  http.on(fields + "&names=a&names=gone&names=customer%40example.com" + key, 404, unknown);
  http.on(fields + "&names=a&names=gone" + key, 404, unknown);
  http.on(fields + "&names=a" + key, 200,
          users_answer(R"({"id":7,"name":"a","real_name":"Ann","groups":[{"id":3,"name":"acme"}]})"));
  http.on(fields + "&names=gone" + key, 404, unknown);
  http.on(fields + "&names=customer%40example.com" + key, 200, users_answer(k_bugzilla_customer));
  BugzillaBug bug;
  bug.creator.login = "a";
  bug.assignee.login = "gone";
  bug.comments = {{1, 0, "customer@example.com", {}, false, ""}, {2, 1, "A", {}, false, ""}};
  if (const auto error = directory.prepare({&bug})) FAIL(error->what);
  CHECK(directory.names().people.at("a").name == "Ann");
  CHECK(directory.names().people.at("a").groups == std::vector<std::string>{"acme"});
  CHECK(directory.names().people.at("a").address.empty());
  CHECK(directory.names().people.at("gone").login == "gone");
  CHECK(directory.names().people.at("gone").id.empty());
  CHECK(directory.names().people.at("customer@example.com").address == "customer@example.com");
  CHECK(directory.names().people.at("staff@example.com").self);
  CHECK(directory.groups_of_others_seen());
  const auto before = http.requests.size();
  REQUIRE(!directory.prepare({&bug}).has_value());
  CHECK(http.requests.size() == before);  // all of it is known by now
}

TEST_CASE("people who cannot be read for another reason are an error, not strangers") {
  const auto terms = bugzilla_terms();
  ScriptedHttp http;
  script_bugzilla(http);
  BugzillaSession session(terms, http);
  BugzillaDirectory directory(session, terms);
  REQUIRE(directory.identify().has_value());
  http.replace("GET /rest/user", 503);
  const auto person = directory.person("ann@example.com");
  REQUIRE(!person.has_value());
  CHECK(person.error().kind == ErrorKind::retry_later);
}

TEST_CASE("a configured product that is not visible is said, because a list would say nothing") {
  auto terms = bugzilla_terms();
  ScriptedHttp http;
  script_bugzilla(http);
  BugzillaSession session(terms, http);
  {
    BugzillaDirectory directory(session, terms);
    const auto products = directory.products();
    REQUIRE(products.has_value());
    REQUIRE(products->size() == 1);
    CHECK(products->front().components.size() == 3);
    CHECK(products->front().components.front().flags == std::vector<std::string>{"entitled"});
    CHECK(directory.names().default_assignees.at({"LMS", "Reporting"}) == "staff@example.com");
  }
  terms.products.emplace_back("NOPE");
  BugzillaDirectory directory(session, terms);
  const auto products = directory.products();
  REQUIRE(!products.has_value());
  CHECK(products.error().kind == ErrorKind::denied);
  CHECK(products.error().what.find("NOPE") != std::string::npos);
}

TEST_CASE("fields by either of their names") {
  const auto terms = bugzilla_terms();
  ScriptedHttp http;
  script_bugzilla(http);
  BugzillaSession session(terms, http);
  BugzillaDirectory directory(session, terms);
  for (const auto* name : {"cf_sla_response_due", "SLA response due", "CF_SLA_RESPONSE_DUE"}) {
    CAPTURE(name);
    const auto field = directory.field(name);
    REQUIRE(field.has_value());
    REQUIRE(field->has_value());
    CHECK((*field)->type == BugzillaFieldType::date_time);
  }
  const auto none = directory.field("cf_nope");
  REQUIRE(none.has_value());
  CHECK(!none->has_value());
  CHECK(count(http, "GET /rest/field/bug") == 1);
}

}  // namespace cb
