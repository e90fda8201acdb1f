#include "bridge/settings/scenario.hpp"

#include <doctest/doctest.h>

#include "bridge/settings/scenario_text.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace cb;

namespace {

ContractBook book() {
  ContractBook book;
  TrackerTerms terms;
  terms.name = "support";
  terms.statuses = {
      {"new", Phase::waiting_for_us}, {"feedback", Phase::waiting_for_customer}, {"resolved", Phase::resolved}};
  terms.priorities = {{"immediate", Priority::urgent}, {"normal", Priority::normal}};
  terms.read.channel = Source{"Channel", "", ""};
  book.trackers["support"] = terms;
  book.staff.push_back({"alena", "Alena", {{"support", "alena.k"}}});
  book.classification.categories = {CategoryId{"defect"}, CategoryId{"consultation"}};
  ClassificationRule rule;
  rule.internal_advice = "check-settings-first";
  book.classification.rules = {rule};
  return book;
}

ScenarioFile read(const std::string& text, std::optional<Instant> now = std::nullopt) {
  const TemporaryFolder folder;
  return read_scenarios(folder.write("s.yaml", text), book(), now);
}

Instant at(const std::string& text) {
  return *instant_from_iso(text);
}

// A scenario whose issue has these lines, at 2026-06-10T10:00:00Z.
std::string with_issue(const std::string& lines) {
  return "scenarios:\n"
         "  - name: one\n"
         "    now: 2026-06-10T10:00:00Z\n"
         "    expect: { billing: free }\n"
         "    issue:\n"
         "      id: support#1\n"
         "      created: 2026-06-09T07:00:00Z\n" +
         lines;
}

Issue issue_of(const std::string& lines) {
  const auto file = read(with_issue(lines));
  for (const auto& problem : file.problems) FAIL_CHECK(to_text(problem));
  REQUIRE(file.scenarios.size() == 1);
  return file.scenarios.front().issue;
}

}  // namespace

TEST_CASE("a scenario becomes the issue that a tracker would tell") {
  const auto issue = issue_of(
      "      project: lms\n"
      "      type: Bug\n"
      "      component: Settings\n"
      "      version: 4.0\n"
      "      priority: Immediate\n"
      "      status: Feedback\n"
      "      labels: [quick, training]\n"
      "      summary: \"How do I export marks?\"\n"
      "      reporter: eva.mala@acme.example\n"
      "      assignee: alena.k\n"
      "      fields: { Customer: ACME, Category confirmed: [a, b], Channel: email, Empty: \"\" }\n");
  CHECK(issue.key == IssueKey{"support", "1"});
  CHECK(issue.created == at("2026-06-09T07:00:00Z"));
  CHECK(issue.version == "4.0");
  CHECK(issue.priority == "Immediate");
  CHECK(issue.status == "Feedback");
  CHECK(issue.labels == std::vector<std::string>{"quick", "training"});
  CHECK(issue.reporter.address == "eva.mala@acme.example");
  CHECK(issue.assignee->login == "alena.k");
  CHECK(issue.assignee->name == "Alena");
  CHECK(field_value(issue, "customer") == "ACME");
  CHECK(issue.fields.at("Category confirmed") == std::vector<std::string>{"a", "b"});
  CHECK(issue.fields.at("Empty").empty());
  CHECK_MESSAGE(issue.channel == "email", "found where the configuration says");
}

TEST_CASE("a history entry keeps its comment, its changes and who made them") {
  const auto issue = issue_of(
      "      history:\n"
      "        - { at: 2026-06-09T08:00:00Z, by: alena.k, comment: internal, text: hm, status: [New, Feedback] }\n"
      "        - { at: 2026-06-09T08:00:00Z, by: eva@acme.example, comment: public, labels: { add: [x], remove: y } }\n"
      "        - { at: 2026-06-09T09:00:00Z, by: somebody, fields: { Fix promised: [null, \"2026-06-16\"] } }\n");
  REQUIRE(issue.history.size() == 3);
  CHECK(issue.history[0].by.login == "alena.k");
  CHECK(issue.history[0].comment == Comment{Visibility::internal, "hm"});
  CHECK(issue.history[0].changes == std::vector<FieldChange>{{Attribute::status, "", "New", "Feedback"}});
  CHECK(issue.history[1].by.address == "eva@acme.example");
  CHECK(issue.history[1].comment->visibility == Visibility::everybody);
  CHECK(issue.history[1].changes ==
        std::vector<FieldChange>{{Attribute::label, "", "", "x"}, {Attribute::label, "", "y", ""}});
  CHECK(issue.history[2].by.login == "somebody");
  CHECK(issue.history[2].changes == std::vector<FieldChange>{{Attribute::field, "Fix promised", "", "2026-06-16"}});
  CHECK(issue.status == "Feedback");
  CHECK(issue.labels == std::vector<std::string>{"x"});
  CHECK(field_value(issue, "Fix promised") == "2026-06-16");
  CHECK(issue.updated == at("2026-06-09T09:00:00Z"));
}

TEST_CASE("present values are those at now") {
  struct Row {
    const char* name;
    const char* change_at;
    const char* status;
    std::size_t events;
  };
  const Row rows[] = {{"one second before now", "2026-06-10T09:59:59Z", "Feedback", 1},
                      {"at now", "2026-06-10T10:00:00Z", "Feedback", 1},
                      {"one second after now", "2026-06-10T10:00:01Z", "New", 0}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto issue = issue_of(std::string("      history: [{ at: ") + row.change_at +
                                ", by: alena.k, status: [New, Feedback], priority: [normal, Immediate] }]\n");
    CHECK(issue.status == row.status);
    CHECK(issue.priority == (row.events == 1 ? "Immediate" : "normal"));
    CHECK(issue.history.size() == row.events);
  }
}

TEST_CASE("values that nobody names") {
  const auto issue = issue_of("");
  CHECK(issue.status == "new");
  CHECK(issue.priority == "normal");
  CHECK(issue.language.empty());
  CHECK(issue.history.empty());
}

TEST_CASE("the neutral priority agrees with the tracker's word") {
  const auto issue = issue_of(
      "      priority: Immediate\n"
      "      history: [{ at: 2026-06-09T08:00:00Z, by: alena.k, priority: [normal, urgent] }]\n");
  CHECK(issue.priority == "Immediate");
}

TEST_CASE("issues before that are registered after now do not exist yet") {
  const auto file = read(
      "scenarios:\n"
      "  - name: one\n"
      "    now: 2026-06-10T10:00:00Z\n"
      "    issue: { id: 1, created: 2026-06-09T07:00:00Z }\n"
      "    before:\n"
      "      - { id: support#2, created: 2026-06-10T10:00:00Z }\n"
      "      - { id: support#3, created: 2026-06-10T10:00:01Z }\n"
      "    expect: { billing: free }\n");
  REQUIRE(file.scenarios.size() == 1);
  CHECK(file.readable);
  REQUIRE(file.scenarios[0].before.size() == 1);
  CHECK(file.scenarios[0].before[0].key.id == "2");
  CHECK(file.scenarios[0].issue.key == IssueKey{"support", "1"});
}

TEST_CASE("now comes from outside where the scenario names none") {
  const std::string text =
      "scenarios: [{ name: one, issue: { id: 1, created: 2026-06-09T07:00:00Z }, expect: { billing: free } }]\n";
  CHECK(read(text, at("2026-06-10T00:00:00Z")).scenarios.at(0).now == at("2026-06-10T00:00:00Z"));
  CHECK_FALSE(read(text).readable);
}

TEST_CASE("expectations are texts that equal facts have too") {
  const auto file = read(
      "scenarios:\n"
      "  - name: one\n"
      "    now: 2026-06-10T10:00:00Z\n"
      "    issue: { id: support#1, created: 2026-06-09T07:00:00Z }\n"
      "    expect:\n"
      "      customer: acme\n"
      "      contract: none\n"
      "      refusal: ~\n"
      "      category: { claimed: undecided, established: null }\n"
      "      billing: paid\n"
      "      pool: { size: unlimited, left: -1, reserved: 0, consumed: 2 }\n"
      "      budget: { hours: 16, used: 1.5, left: 14h30m }\n"
      "      clocks:\n"
      "        resolution: { state: running, due: 2026-06-18T16:00:00Z, stopped: null, used: 90m, left: -2h }\n"
      "        workaround: none\n"
      "      sla_state: none\n"
      "      next_due: 2026-06-18T16:00:00Z\n"
      "      advice: [no_nda, check-settings-first]\n");
  for (const auto& problem : file.problems) FAIL_CHECK(to_text(problem));
  REQUIRE(file.scenarios.size() == 1);
  std::map<std::string, std::string> got;
  for (const auto& expected : file.scenarios[0].expect) got[expected.key] = expected.value;
  const std::map<std::string, std::string> wanted{{"customer", "acme"},
                                                  {"contract", "none"},
                                                  {"refusal", "none"},
                                                  {"category.claimed", "undecided"},
                                                  {"category.established", "none"},
                                                  {"billing", "paid"},
                                                  {"pool.size", "unlimited"},
                                                  {"pool.left", "-1"},
                                                  {"pool.reserved", "0"},
                                                  {"pool.consumed", "2"},
                                                  {"budget.hours", "16h"},
                                                  {"budget.used", "1h30m"},
                                                  {"budget.left", "14h30m"},
                                                  {"clocks.resolution.state", "running"},
                                                  {"clocks.resolution.due", "2026-06-18T16:00:00Z"},
                                                  {"clocks.resolution.stopped", "none"},
                                                  {"clocks.resolution.used", "1h30m"},
                                                  {"clocks.resolution.left", "-2h"},
                                                  {"clocks.workaround", "none"},
                                                  {"sla_state", "none"},
                                                  {"next_due", "2026-06-18T16:00:00Z"},
                                                  {"advice", "check-settings-first, no_nda"}};
  CHECK(got == wanted);
}

TEST_CASE("no advice is expected by an empty list") {
  const auto file = read(
      "scenarios: [{ name: one, now: 2026-06-10T10:00:00Z, issue: { id: 1, created: 2026-06-09T07:00:00Z }, "
      "expect: { advice: [] } }]\n");
  REQUIRE(file.scenarios.size() == 1);
  CHECK(file.scenarios[0].expect.at(0).value == "none");
}

TEST_CASE("wrong scenarios are refused at their place") {
  struct Row {
    const char* name;
    const char* lines;  // of the issue, which begin in line 8
    int line;
    int column;
    const char* words;
  };
  const Row rows[] = {
      {"unknown key", "      prioritty: high\n", 8, 7, "priority"},
      {"status against the history",
       "      status: New\n      history: [{ at: 2026-06-09T08:00:00Z, by: a, status: [New, Feedback] }]\n", 8, 15,
       "`Feedback`"},
      {"priority against the history",
       "      priority: low\n      history: [{ at: 2026-06-09T08:00:00Z, by: a, priority: [normal, Immediate] }]\n", 8,
       17, "`Immediate`"},
      {"field against the history",
       "      fields: { F: a }\n      history: [{ at: 2026-06-09T08:00:00Z, by: a, fields: { f: [a, b] } }]\n", 8, 17,
       "`b`"},
      {"label against the history",
       "      labels: [x]\n      history: [{ at: 2026-06-09T08:00:00Z, by: a, labels: { remove: X } }]\n", 8, 15,
       "off"},
      {"value of later against the history",
       "      status: Feedback\n      history: [{ at: 2026-06-11T08:00:00Z, by: a, status: [New, Feedback] }]\n", 8, 15,
       "`New`"},
      {"broken chain",
       "      history:\n"
       "        - { at: 2026-06-09T08:00:00Z, by: a, status: [New, Feedback] }\n"
       "        - { at: 2026-06-09T09:00:00Z, by: a, status: [New, Resolved] }\n",
       10, 54, "`Feedback`"},
      {"history goes back",
       "      history:\n"
       "        - { at: 2026-06-09T08:00:01Z, by: a, comment: public }\n"
       "        - { at: 2026-06-09T08:00:00Z, by: a, comment: public }\n",
       10, 17, "oldest first"},
      {"history before the issue", "      history: [{ at: 2026-06-09T06:59:59Z, by: a, comment: public }]\n", 8, 23,
       "before the issue was created"},
      {"entry without author", "      history: [{ at: 2026-06-09T08:00:00Z, comment: public }]\n", 8, 17, "`by`"},
      {"change of one value", "      history: [{ at: 2026-06-09T08:00:00Z, by: a, status: Feedback }]\n", 8, 60,
       "[old, new]"},
      {"comment for nobody", "      history: [{ at: 2026-06-09T08:00:00Z, by: a, comment: publik }]\n", 8, 61,
       "`public`"},
      {"text without comment", "      history: [{ at: 2026-06-09T08:00:00Z, by: a, text: hello }]\n", 8, 58, "comment"},
      {"instant without zone", "      history: [{ at: 2026-06-09 08:00, by: a, comment: public }]\n", 8, 23, "2026-"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto file = read(with_issue(row.lines));
    CHECK_FALSE(file.readable);
    CHECK(file.scenarios.empty());
    REQUIRE_FALSE(file.problems.empty());
    const auto& problem = file.problems.front();
    CAPTURE(to_text(problem));
    CHECK(problem.line == row.line);
    CHECK(problem.column == row.column);
    CHECK(problem.text.find(row.words) != std::string::npos);
  }
}

TEST_CASE("wrong expectations are refused at their place") {
  struct Row {
    const char* name;
    const char* expect;  // in line 4
    const char* words;
  };
  const Row rows[] = {{"unknown key", "{ biling: free }", "billing"},
                      {"unknown class", "{ billing: payed }", "paid"},
                      {"unknown state", "{ clocks: { resolution: { state: late } } }", "breached"},
                      {"unknown clock", "{ clocks: { reaction: { state: met } } }", "first_response"},
                      {"unknown refusal", "{ refusal: expird }", "expired"},
                      {"unknown category", "{ category: { claimed: bug } }", "defect"},
                      {"unknown advice", "{ advice: [no_ndaa] }", "no_nda"},
                      {"duration without unit", "{ clocks: { resolution: { left: 95 } } }", "4h30m"},
                      {"instant without Z", "{ next_due: 2026-06-18T16:00:00 }", "Z"},
                      {"number as a text", "{ pool: { left: many } }", "number"},
                      {"nothing", "{}", "nothing"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto file = read(std::string("scenarios:\n  - name: one\n    now: 2026-06-10T10:00:00Z\n    expect: ") +
                           row.expect + "\n    issue: { id: support#1, created: 2026-06-09T07:00:00Z }\n");
    REQUIRE_FALSE(file.problems.empty());
    const auto& problem = file.problems.front();
    CAPTURE(to_text(problem));
    CHECK(problem.line == 4);
    CHECK(problem.text.find(row.words) != std::string::npos);
    CHECK_FALSE(file.readable);
  }
}

TEST_CASE("wrong files") {
  struct Row {
    const char* name;
    const char* text;
    const char* words;
  };
  const Row rows[] = {
      {"nothing", "", "scenario"},
      {"no list", "scenarios: 5\n", "list"},
      {"empty list", "scenarios: []\n", "no scenario"},
      {"no expect",
       "scenarios: [{ name: a, now: 2026-06-10T10:00:00Z, issue: { id: 1, created: "
       "2026-06-09T07:00:00Z } }]\n",
       "`expect`"},
      {"created after now",
       "scenarios: [{ name: a, now: 2026-06-09T06:59:59Z, expect: { billing: free }, issue: { id: 1, "
       "created: 2026-06-09T07:00:00Z } }]\n",
       "after the scenario's `now`"},
      {"twice the same issue",
       "scenarios: [{ name: a, now: 2026-06-10T10:00:00Z, expect: { billing: free }, issue: { id: 1, "
       "created: 2026-06-09T07:00:00Z }, before: [{ id: support#1, created: 2026-06-09T07:00:00Z }] }]\n",
       "twice"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto file = read(row.text);
    CHECK_FALSE(file.readable);
    CHECK(file.scenarios.empty());
    REQUIRE_FALSE(file.problems.empty());
    CAPTURE(file.problems.front().text);
    CHECK(file.problems.front().text.find(row.words) != std::string::npos);
  }
  CHECK_FALSE(read_scenarios("/nowhere/at/all.yaml", book(), std::nullopt).readable);
}

TEST_CASE("one wrong scenario does not keep the others from being read") {
  const auto file = read(
      "scenarios:\n"
      "  - { name: good, now: 2026-06-10T10:00:00Z, issue: { id: 1, created: 2026-06-09T07:00:00Z }, expect: { "
      "billing: "
      "free } }\n"
      "  - { name: bad, now: 2026-06-10T10:00:00Z, issue: { id: 1 }, expect: { billing: free } }\n");
  CHECK_FALSE(file.readable);
  REQUIRE(file.scenarios.size() == 1);
  CHECK(file.scenarios[0].name == "good");
}

TEST_CASE("all errors of a scenario are told at once") {
  const auto file = read(
      "scenarios:\n"
      "  - name: bad\n"
      "    now: 2026-06-10\n"
      "    issue: { id: 1, created: 2026-06-09T07:00:00Z, staus: New }\n"
      "    expect: { biling: free }\n");
  REQUIRE(file.problems.size() == 3);
  CHECK(file.problems[0].line == 3);
  CHECK(file.problems[1].line == 4);
  CHECK(file.problems[2].line == 5);
}

TEST_CASE("an id must name a tracker where there are several") {
  auto two = book();
  two.trackers["other"].name = "other";
  const TemporaryFolder folder;
  const auto path = folder.write("s.yaml", with_issue(""));
  CHECK(read_scenarios(path, two, std::nullopt).readable);
  const auto wrong = folder.write("w.yaml",
                                  "scenarios: [{ name: a, now: 2026-06-10T10:00:00Z, expect: { billing: free }, issue: "
                                  "{ id: suport#1, created: 2026-06-09T07:00:00Z } }]\n");
  const auto file = read_scenarios(wrong, two, std::nullopt);
  REQUIRE_FALSE(file.problems.empty());
  CHECK(file.problems[0].text.find("`support`") != std::string::npos);
}
