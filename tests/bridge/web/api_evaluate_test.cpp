// An issue that another program posts is decided as a scenario of the same words, and refused with places.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "bridge/report/decision_json.hpp"
#include "bridge/settings/posted_issue.hpp"
#include "bridge/settings/scenario.hpp"
#include "bridge/texts/language.hpp"
#include "tests/bridge/web/web_world.hpp"
#include "tests/support/temporary_folder.hpp"

namespace cb {

namespace {

using Json = nlohmann::json;

const std::string k_issue =
    R"({"id": "support#1", "project": "lms", "type": "Bug", "summary": "Login does nothing",
        "reporter": "eva.mala@acme.example", "created": "2026-05-12T07:00:00Z"})";

Json errors_of(WebWorld& world, const std::string& body) {
  const auto answer = world.ask("POST", "/api/v1/evaluate", body);
  CHECK(answer.status == 422);
  CHECK(answer.content_type == "application/problem+json");
  return Json::parse(answer.body).at("errors");
}

}  // namespace

TEST_CASE("a posted issue is decided, and nothing of it is kept") {
  WebWorld world;
  const auto answer =
      world.ask("POST", "/api/v1/evaluate", R"({"now": "2026-05-12T08:00:00Z", "issue": )" + k_issue + "}");
  REQUIRE(answer.status == 200);
  const auto json = Json::parse(answer.body);
  CHECK(json.at("issue") == "support#1");
  CHECK(json.at("customer") == "acme");
  CHECK(json.at("contract") == "ACME-2026");
  CHECK(json.at("billing") == "free");
  CHECK(json.at("clocks").at("first_response").at("state") == "running");
  CHECK(world.memory.issues("support", {}, 10).empty());
  CHECK(world.faults.calls.empty());
}

TEST_CASE("without now it is decided as of now") {
  WebWorld world;
  const auto early = Json::parse(world.ask("POST", "/api/v1/evaluate", R"({"issue": )" + k_issue + "}").body);
  CHECK(early.at("clocks").at("first_response").at("state") == "breached");
  world.clock.set(at("2026-05-12T07:00:00Z"));
  const auto late = Json::parse(world.ask("POST", "/api/v1/evaluate", R"({"issue": )" + k_issue + "}").body);
  CHECK(late.at("clocks").at("first_response").at("state") == "running");
  world.clock.set(at("2026-05-12T06:59:59Z"));
  CHECK(errors_of(world, R"({"issue": )" + k_issue + "}").at(0).at("at") == "$.issue");
}

TEST_CASE("earlier issues take units before it") {
  WebWorld world;
  const auto question = [](int id) {
    return R"({"id": "support#)" + std::to_string(id) +
           R"(", "project": "lms", "type": "Consultation", "summary": "How is this configured for many servers?",
        "reporter": "eva.mala@acme.example", "created": "2026-05-12T07:0)" +
           std::to_string(id) + R"(:00Z", "fields": {"Category confirmed": "consultation"},
        "history": [{"at": "2026-05-12T07:20:00Z", "by": "alena.k", "fields": {"Category confirmed": [null, "consultation"]}}]})";
  };
  std::string before;
  int last_left = 0;
  for (int earlier = 0; earlier < 3; ++earlier) {
    const auto answer =
        world.ask("POST", "/api/v1/evaluate",
                  R"({"now": "2026-05-12T08:00:00Z", "before": [)" + before + R"(], "issue": )" + question(9) + "}");
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    const auto json = Json::parse(answer.body);
    CHECK(json.at("billing") == "pool");
    const int left = json.at("pool").at("left");
    if (earlier > 0) CHECK(left == last_left - 1);
    last_left = left;
    before += (before.empty() ? "" : ", ") + question(earlier + 1);
  }
}

TEST_CASE("every mistake is told with its place") {
  struct Row {
    const char* name;
    std::string body;
    std::string at;
    std::string says;
  };
  const auto issue_with = [](const std::string& more) {
    return R"({"issue": {"id": 7, "created": "2026-05-12T07:00:00Z", )" + more + "}}";
  };
  const Row rows[] = {
      {"nothing", "", "$", "not JSON from byte"},
      {"HTML", "<html>", "$", "not JSON from byte 1 on"},
      {"cut", R"({"issue": {"id": )", "$", "not JSON"},
      {"two texts", k_issue + k_issue, "$", "not JSON"},
      {"a comment", "/* x */ {}", "$", "not JSON"},
      {"no UTF-8", "{\"issue\": \"\xff\"}", "$", "not valid UTF-8 at byte"},
      {"half a surrogate", R"({"issue": "\ud800"})", "$", "not"},
      {"a list", "[]", "$", "expected what is posted, a map"},
      {"a text", "\"x\"", "$", "expected what is posted, a map"},
      {"no issue", "{}", "$", "the key `issue` is missing"},
      {"an unknown key", R"({"isue": {}})", "$.isue", "did you mean `issue`"},
      {"a key twice", R"({"issue": {}, "issue": {}})", "$.issue", "given twice"},
      {"a key twice inside", issue_with(R"("type": "Bug", "type": "Task")"), "$.issue.type", "given twice"},
      {"an unknown key inside", issue_with(R"("sumary": "x")"), "$.issue.sumary", "did you mean `summary`"},
      {"a wrong instant", R"({"issue": {"id": 7, "created": "yesterday"}})", "$.issue.created", "an instant in UTC"},
      {"a wrong now", R"({"now": 5, "issue": {"id": 7, "created": "2026-05-12T07:00:00Z"}})", "$.now", "instant"},
      {"a list as text", issue_with(R"("summary": ["x"])"), "$.issue.summary", "a list"},
      {"null", issue_with(R"("summary": null)"), "$.issue.summary", ""},
      {"an entry without person", issue_with(R"("history": [{"at": "2026-05-12T07:00:00Z"}])"), "$.issue.history[0]",
       "`by`"},
      {"back in time",
       issue_with(
           R"("history": [{"at": "2026-05-12T07:00:09Z", "by": "x"}, {"at": "2026-05-12T07:00:08Z", "by": "x"}])"),
       "$.issue.history[1].at", "goes back in time"},
      {"a field's change",
       issue_with(R"("history": [{"at": "2026-05-12T07:00:09Z", "by": "x", "fields": {"Fix promised": "y"}}])"),
       "$.issue.history[0].fields[\"Fix promised\"]", "[old, new]"},
      {"twice in before",
       R"({"issue": )" + k_issue + R"(, "now": "2026-05-12T08:00:00Z", "before": [)" + k_issue + "]}", "$.before[0]",
       "given twice"},
      {"too deep", std::string(65, '[') + std::string(65, ']'), "$", "64 levels"},
      {"far too deep", std::string(200'000, '['), "$", "64 levels"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    WebWorld world;
    const auto errors = errors_of(world, row.body);
    CAPTURE(errors.dump());
    bool found = false;
    for (const auto& error : errors) {
      found = found ||
              (error.at("at") == row.at && error.at("text").get<std::string>().find(row.says) != std::string::npos);
    }
    CHECK(found);
  }
}

TEST_CASE("all mistakes are told at once") {
  WebWorld world;
  const auto errors = errors_of(
      world, R"({"issue": {"id": [], "created": "now", "typ": "x"}, "now": "then", "before": 5, "what": true})");
  CHECK(errors.size() == 5);
}

TEST_CASE("of very many mistakes a hundred are told, and how many more there are") {
  WebWorld world;
  std::string issue = R"("id": 7, "created": "2026-05-12T07:00:00Z")";
  for (int i = 0; i < 15'000; ++i) issue += ", \"k" + std::to_string(i) + "\": 1";
  const auto answer = world.ask("POST", "/api/v1/evaluate", R"({"issue": {)" + issue + "}}");
  CHECK(answer.status == 422);
  CHECK(answer.body.size() < 50'000);
  const auto json = Json::parse(answer.body);
  CHECK(json.at("errors").size() == 100);
  CHECK(json.at("detail").get<std::string>().ends_with("and there are 14900 more."));
}

TEST_CASE("an issue is posted as JSON and as nothing else") {
  WebWorld world;
  struct Row {
    const char* type;
    int status;
  };
  const Row rows[] = {
      {"application/json", 200},
      {"application/json; charset=utf-8", 200},
      {"Application/JSON ;charset=\"UTF-8\"", 200},
      {"text/plain", 415},
      {"text/plain; x=application/json", 415},
      {"application/x-www-form-urlencoded", 415},
      {"application/jsonp", 415},
      {"", 415},
  };
  for (const auto& row : rows) {
    CAPTURE(row.type);
    world.headers = {{"Host", "localhost"}, {"Content-Type", row.type}};
    const auto answer = world.ask("POST", "/api/v1/evaluate", R"({"issue": )" + k_issue + "}");
    CHECK(answer.status == row.status);
  }
  world.headers = {{"Host", "localhost"}};
  CHECK(world.ask("POST", "/api/v1/evaluate", R"({"issue": )" + k_issue + "}").status == 415);
}

TEST_CASE("a text of blanks is as good as none, where none is needed") {
  WebWorld world;
  const auto decided = [&](const std::string& more) {
    const auto issue = k_issue.substr(0, k_issue.size() - 1) + more + "}";
    const auto answer =
        world.ask("POST", "/api/v1/evaluate", R"({"now": "2026-05-12T08:00:00Z", "issue": )" + issue + "}");
    CAPTURE(more);
    CAPTURE(answer.body);
    CHECK(answer.status == 200);
    return answer.body;
  };
  const auto plain = decided("");
  CHECK(decided(R"(, "description": "")") == plain);
  CHECK(decided(R"(, "description": " \n\t")") == plain);
  for (const auto* key : {"product", "component", "version", "priority", "status", "resolution", "labels", "channel",
                          "language", "assignee"})
    CHECK(decided(R"(, ")" + std::string(key) + R"(": "")") == plain);
  CHECK(decided(R"(, "fields": {"Fix promised": " ", "More": []})") ==
        decided(R"(, "fields": {"Fix promised": null})"));
  const std::string event = R"(, "history": [{"at": "2026-05-12T07:10:00Z", "by": "alena.k", "comment": "public")";
  CHECK(decided(event + R"(, "text": "", "labels": {"add": "", "remove": " "}}])") == decided(event + "}]"));
  CHECK(decided(event + R"(, "status": [" ", "New"]}])") == decided(event + R"(, "status": [null, "New"]}])"));
  // Earlier issues too; and what is needed is missed.
  CHECK(world
            .ask("POST", "/api/v1/evaluate",
                 R"({"issue": )" + k_issue +
                     R"(, "before": [{"id": 5, "created": "2026-05-12T06:00:00Z", "summary": ""}]})")
            .status == 200);
  CHECK(errors_of(world, R"({"issue": {"id": " ", "created": "2026-05-12T07:00:00Z"}})").at(0).at("at") ==
        "$.issue.id");
}

TEST_CASE("numbers are names too, as people and as anything else") {
  WebWorld world;
  const auto answer = world.ask("POST", "/api/v1/evaluate",
                                R"({"issue": {"id": 7, "created": "2026-05-12T07:00:00Z", "reporter": 17, "assignee": 5,
                                    "history": [{"at": "2026-05-12T07:00:00Z", "by": 4}]}})");
  CHECK(answer.status == 200);
}

TEST_CASE("an id names a tracker that is there, or none where there is one") {
  struct Row {
    std::string id;       // as JSON
    std::string decided;  // as which issue; empty: it is refused
  };
  const Row rows[] = {
      {"7", "support#7"},
      {"\"7\"", "support#7"},
      {"\"support#7\"", "support#7"},
      {"\"support#LMS-7_b.c+d\"", "support#LMS-7_b.c+d"},
      {"999999999999999999", "support#999999999999999999"},
      {"\"" + std::string(64, '1') + "\"", "support#" + std::string(64, '1')},
      {"\"nope#5\"", ""},
      {"\"Support#5\"", ""},
      {"\"<b>#1\"", ""},
      {"\"support #5\"", ""},
      {"\"#5\"", ""},
      {"\"support#\"", ""},
      {"\"support#5#6\"", ""},
      {"\"support#<b>\"", ""},
      {"\"support# 5\"", ""},
      {"\"support#\uff15\"", ""},
      {"\"" + std::string(65, '1') + "\"", ""},
      {"1000000000000000000", ""},
      {"1000000000000000000000000000000", ""},
      {"1.5", ""},
      {"-1", ""},
  };
  WebWorld world;
  REQUIRE(world.settings->book.trackers.size() == 1);
  for (const auto& row : rows) {
    CAPTURE(row.id);
    const auto body = R"({"issue": {"created": "2026-05-12T07:00:00Z", "id": )" + row.id + "}}";
    if (row.decided.empty()) {
      CHECK(errors_of(world, body).at(0).at("at") == "$.issue.id");
      continue;
    }
    const auto answer = world.ask("POST", "/api/v1/evaluate", body);
    REQUIRE(answer.status == 200);
    CHECK(Json::parse(answer.body).at("issue") == row.decided);
  }
  // Who writes a scenario may call the only tracker as he likes.
  const auto scenario = read_scenarios_text(
      "scenarios: [{name: x, now: 2026-05-12T08:00:00Z, issue: {id: nope#5, created: 2026-05-12T07:00:00Z}, expect: "
      "{billing: paid}}]",
      "s.yaml", world.settings->book, {});
  REQUIRE(scenario.scenarios.size() == 1);
  CHECK(to_text(scenario.scenarios.front().issue.key) == "support#5");
}

TEST_CASE("a posted issue means what the same scenario means") {
  WebWorld world;
  const auto& book = world.settings->book;
  const TemporaryFolder folder;
  int compared = 0;
  // JSON is YAML: the same text goes both ways.
  const std::string more =
      R"(, "priority": "High", "labels": ["workaround"], "fields": {"Channel": "email", "Fix promised": "2026-05-20"},
      "history": [{"at": "2026-05-12T07:10:00Z", "by": "alena.k", "comment": "public", "text": "We look at it."},
                  {"at": "2026-05-12T07:20:00Z", "by": "eva.mala@acme.example", "priority": ["Normal", "High"]},
                  {"at": "2026-05-12T07:30:00Z", "by": "alena.k", "status": ["New", "Feedback"], "labels": {"add": ["workaround"]},
                   "fields": {"Fix promised": ["", "2026-05-20"]}}]})";
  for (const auto& issue : {k_issue, k_issue.substr(0, k_issue.size() - 1) + more}) {
    const auto path = folder.write("scenario.yaml",
                                   "scenarios:\n  - {\"name\": \"x\", \"now\": \"2026-05-12T08:00:00Z\", "
                                   "\"issue\": " +
                                       issue + ", \"expect\": {\"billing\": \"free\"}}\n");
    const auto file = read_scenarios(path, book, {});
    for (const auto& problem : file.problems) CAPTURE(problem.text);
    REQUIRE(file.scenarios.size() == 1);
    const auto reading =
        read_posted_issue(R"({"now": "2026-05-12T08:00:00Z", "issue": )" + issue + "}", book, k_web_now);
    REQUIRE(reading.posted);
    CHECK(reading.posted->issue == file.scenarios.front().issue);
    CHECK(reading.posted->now == file.scenarios.front().now);
    ++compared;
  }
  CHECK(compared == 2);
}

}  // namespace cb
