// The demo on a Jira: the same issues, mapped to what a Jira with Service Management has, and pages that leak nothing.
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "tests/trackers/demo_html.hpp"
#include "tests/trackers/demo_jira_seed.hpp"
#include "tests/trackers/demo_pages.hpp"

using namespace cb;

namespace {

const Instant k_start = *instant_from_iso("2026-11-23T12:00:00Z");
constexpr int k_first_id = 10001;

std::string demo_issues() {
  std::ifstream file(CB_TEST_DATA "/demo/issues.json");
  REQUIRE(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string key_for(const std::string& login) {
  return "key-of-" + login;
}

DemoJiraSeed jira(bool cloud = true) {
  return demo_jira_seed(demo_issues(), k_start, key_for, cloud);
}

Instant second_of(fake_jira::Moment at) {
  return std::chrono::floor<Seconds>(at);
}

bool shows(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

// Basic credentials of the bridge: contract-bridge@vendor.example:key-of-contract-bridge.
Headers bridge_login() {
  return {{"Authorization", "Basic Y29udHJhY3QtYnJpZGdlQHZlbmRvci5leGFtcGxlOmtleS1vZi1jb250cmFjdC1icmlkZ2U="},
          {"Content-Type", "application/json"}};
}

struct Site {
  DemoJiraSeed seed;
  FakeJira tracker{seed.state, [] { return k_start; }};

  nlohmann::json get(const std::string& target) {
    const auto answer = tracker.handle({"GET", target, bridge_login(), ""});
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    return nlohmann::json::parse(answer.body);
  }
};

}  // namespace

TEST_CASE("the Jira of the demo holds the issues of the Redmine, in its own words") {
  const std::map<std::string, std::string> statuses{{"New", "Waiting for support"},
                                                    {"In Progress", "In Progress"},
                                                    {"Feedback", "Waiting for customer"},
                                                    {"Offered", "Waiting for approval"},
                                                    {"Resolved", "Resolved"},
                                                    {"Closed", "Closed"},
                                                    {"Rejected", "Canceled"}};
  const std::map<std::string, std::string> priorities{
      {"Low", "Low"}, {"Normal", "Medium"}, {"High", "High"}, {"Urgent", "Highest"}, {"Immediate", "Blocker"}};
  const auto redmine = demo_seed(demo_issues(), k_start, key_for);
  for (const bool cloud : {true, false}) {
    CAPTURE(cloud);
    const auto seed = jira(cloud);
    REQUIRE(seed.state.issues.size() == redmine.state.issues.size());
    CHECK(seed.bridge_login == "contract-bridge");
    CHECK(seed.staff_login == "alena.k");
    CHECK(seed.customer_login == "eva.mala");
    CHECK(seed.bridge_fields == redmine.bridge_fields);
    for (const auto& entry : redmine.state.issues) {
      const auto& [id, issue] = entry;
      CAPTURE(entry.first);
      const auto& row = seed.state.issues.at(k_first_id - 1 + id);
      CHECK(row.summary == issue.subject);
      const auto* status = status_by_id(seed.state, row.status);
      CHECK(status->name == statuses.at(fake::by_id(redmine.state.statuses, issue.status)->name));
      CHECK(row.resolution.empty() == (status->category != "done"));
      CHECK(row.resolved.has_value() == (status->category == "done"));
      CHECK(named_by_id(seed.state.priorities, row.priority)->name ==
            priorities.at(fake::by_id(redmine.state.priorities, issue.priority)->name));
      CHECK(second_of(row.created) == issue.created);
      CHECK(second_of(row.updated) == issue.updated);
      std::size_t notes = 0, internal = 0, secrets = 0;
      for (const auto& journal : issue.journals) {
        notes += journal.notes && !journal.notes->empty() ? 1 : 0;
        internal += journal.is_private ? 1 : 0;
      }
      for (const auto& comment : row.comments) secrets += comment.is_internal ? 1 : 0;
      CHECK(row.comments.size() == notes);
      CHECK(secrets == internal);
    }
  }
}

TEST_CASE("fields, people and organisations of the demo in a Jira") {
  const auto seed = jira();
  using fake_jira::FieldKind;
  CHECK(field_by_name(seed.state, "SLA next due")->kind == FieldKind::date_time);
  CHECK(field_by_name(seed.state, "Business impact")->kind == FieldKind::paragraph);
  CHECK(field_by_name(seed.state, "Channel")->kind == FieldKind::select);
  CHECK(field_by_name(seed.state, "Fix promised")->kind == FieldKind::date);
  CHECK_FALSE(field_by_name(seed.state, "Labels"));
  const auto& staff = *user_by_name(seed.state, seed.staff_login);
  const auto& customer = *user_by_name(seed.state, seed.customer_login);
  CHECK(staff.is_agent);
  CHECK(staff.email_hidden);
  CHECK_FALSE(customer.is_agent);
  CHECK(customer.type == "customer");
  const auto organizations = field_by_name(seed.state, "Organizations")->id();
  CHECK(organization_by_id(seed.state, seed.state.issues.at(k_first_id).custom.at(organizations).at(0))->name ==
        "ACME University");
  CHECK(seed.state.issues.at(10028).custom.count(organizations) == 0);  // somebody whom nobody knows
}

TEST_CASE("what the bridge does on the demo's Jira works there") {
  Site site{jira()};
  const auto field = [&](const char* name) { return field_by_name(site.seed.state, name)->id(); };
  const auto answer =
      site.tracker.handle({"PUT", "/rest/api/3/issue/LMS-28?notifyUsers=false", bridge_login(),
                           R"({"fields":{")" + field("Billing") + R"(":"included",")" + field("SLA next due") +
                               R"(":"2026-11-23T13:00:00.000+0000"},"update":{"labels":[{"add":"hold"}]}})"});
  CAPTURE(answer.body);
  CHECK(answer.status == 204);
  CHECK(site.tracker.state().counters.mails == 0);  // an administrator of the projects edits quietly
  const auto fields = site.get("/rest/api/3/issue/LMS-28").at("fields");
  CHECK(fields.at(field("Billing")) == "included");
  CHECK(fields.at("labels") == nlohmann::json{"hold"});
  const auto moves = site.get("/rest/api/3/issue/LMS-28/transitions").at("transitions");
  CHECK(moves.size() == 7);  // to every status but its own
}

TEST_CASE("Jira's own promises of the demo: the response as the contract has it, the resolution not") {
  Site site{jira()};
  const auto clocks = site.get("/rest/servicedeskapi/request/LMS-24/sla").at("values");
  REQUIRE(clocks.size() == 2);
  const auto& response = clocks[0];
  CHECK(response.at("name") == "Time to first response");
  REQUIRE(response.at("completedCycles").size() == 1);
  CHECK(response.at("completedCycles")[0].at("goalDuration").at("millis") == 30 * 60 * 1000);
  CHECK(response.at("completedCycles")[0].at("elapsedTime").at("millis") == 9 * 60 * 1000);
  CHECK(response.at("completedCycles")[0].at("breached") == false);
  const auto& resolution = clocks[1];
  CHECK(resolution.at("name") == "Time to resolution");
  CHECK(resolution.at("ongoingCycle").at("paused") == true);
  CHECK(resolution.at("ongoingCycle").at("goalDuration").at("millis") == 24 * 60 * 60 * 1000);
}

TEST_CASE("the pages of the Jira show staff everything and customers nothing private") {
  const auto seed = jira();
  FakeJira tracker(seed.state, [] { return k_start; });
  const DemoPages pages(demo_board(tracker, seed.bridge_login, seed.bridge_fields), "Jira");
  const auto body_at = [&](const std::string& target) { return pages.page({"GET", target, {}, ""})->body; };
  const auto list = body_at("/");
  CHECK(shows(list, "A stand-in for Jira"));
  CHECK(shows(list, "<td>ACME University</td>"));
  int private_notes = 0;
  for (const auto& entry : seed.state.issues) {
    const auto& [id, issue] = entry;
    CAPTURE(entry.first);
    const auto staff = body_at("/browse/" + issue.key), customer = body_at("/browse/" + issue.key + "?view=customer");
    CHECK(staff == body_at("/issues/" + issue.id));
    CHECK(shows(list, ">" + issue.key + "<"));
    CHECK(shows(list, fake::escaped(issue.summary)));
    for (const auto& comment : issue.comments) {
      const auto text = fake::escaped_lines(comment.body.text);
      CHECK(shows(staff, text));
      CHECK(shows(customer, text) == !comment.is_internal);
      private_notes += comment.is_internal ? 1 : 0;
    }
    CHECK_FALSE(shows(customer, "staff only"));
  }
  CHECK(private_notes >= 3);
  for (const auto* target : {"/rest/api/3/issue/LMS-1", "/browse/", "/browse/lms-1", "/browse/LMS-1/edit"}) {
    CAPTURE(target);
    CHECK_FALSE(pages.page({"GET", target, {}, ""}).has_value());
  }
}

TEST_CASE("a comment for one role is private on the pages, and markup is shown in its effect") {
  auto seed = jira();
  auto& comments = seed.state.issues.at(10011).comments;
  comments.front().visibility = fake_jira::Visibility{"role", "Service Desk Team"};
  comments.back().body = {"For staff \\[cb-000001]", ""};
  FakeJira tracker(seed.state, [] { return k_start; });
  const DemoPages pages(demo_board(tracker, seed.bridge_login, seed.bridge_fields), "Jira");
  const auto staff = pages.page({"GET", "/issues/10011", {}, ""})->body;
  const auto customer = pages.page({"GET", "/issues/10011?view=customer", {}, ""})->body;
  const auto text = fake::escaped_lines(comments.front().body.text);
  CHECK(shows(staff, text));
  CHECK_FALSE(shows(customer, text));
  CHECK(shows(staff, "For staff [cb-000001]"));
}

TEST_CASE("what a user wrote in a Jira does not become markup") {
  auto seed = jira();
  auto& issue = seed.state.issues.at(k_first_id);
  issue.summary = "<b onmouseover='x'>";
  issue.description = {"<iframe src=//evil.example>", ""};
  issue.comments.back().body = {"<script>alert(1)</script>", ""};
  issue.custom[field_by_name(seed.state, "Customer")->id()] = {"<img src=x>"};
  issue.labels = {"<u>label"};
  issue.history.push_back({"1", issue.reporter, fake_jira::Moment(k_start), {}, ""});
  issue.history.back().items.push_back({"<h1>", "x", true, std::nullopt, "<i>", std::nullopt, "</ul><u>"});
  FakeJira tracker(seed.state, [] { return k_start; });
  const DemoPages pages(demo_board(tracker, seed.bridge_login, seed.bridge_fields), "Jira");
  for (const auto* target : {"/", "/browse/LMS-1", "/issues/10001?view=customer"}) {
    CAPTURE(target);
    const auto page = pages.page({"GET", target, {}, ""})->body;
    for (const auto* mark : {"<b ", "<script", "<img", "<iframe", "<i>", "<u>", "<h1><", "<H1>"})
      CHECK_FALSE_MESSAGE(shows(page, mark), mark);
  }
}

TEST_CASE("a broken seed says what is wrong, for a Jira too") {
  CHECK_THROWS_AS(demo_jira_seed("{", k_start, key_for, true), std::runtime_error);
  struct Row {
    const char* known;
    const char* wrong;
    const char* message;
  };
  const Row rows[] = {
      {"\"author\": \"eva.mala\"", "\"author\": \"nobody\"", "demo issues: there is no user \"nobody\""},
      {"\"priority\": \"Low\"", "\"priority\": \"None\"", "demo issues: there is no priority \"None\""},
      {"\"status\": \"Rejected\"", "\"status\": \"Lost\"", "demo issues: there is no status \"Lost\""},
      {"\"users\": [\"eva.mala\"", "\"users\": [\"eva\"", "demo issues: there is no user \"eva\""},
      {"{\"Channel\": \"phone\"}", "{\"Channel\": \"fax\"}", "demo issues: the field \"Channel\" has no value \"fax\""},
      {"\"author\": \"denis.ivlev\"", "\"private\": true, \"author\": \"denis.ivlev\"",
       "demo issues: the fake Jira has no security levels, so it holds no private issues"}};
  for (const auto& row : rows) {
    CAPTURE(row.wrong);
    auto text = demo_issues();
    const auto at = text.find(row.known);
    REQUIRE(at != std::string::npos);
    text.replace(at, std::string(row.known).size(), row.wrong);
    CHECK_THROWS_WITH_AS(demo_jira_seed(text, k_start, key_for, true), row.message, std::runtime_error);
  }
}
