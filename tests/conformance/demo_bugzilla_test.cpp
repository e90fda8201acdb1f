// The demo on a Bugzilla: the same issues, mapped to what a Bugzilla has, and pages that leak nothing.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/trackers/demo_bugzilla_seed.hpp"
#include "tests/trackers/demo_html.hpp"
#include "tests/trackers/demo_pages.hpp"

using namespace cb;

namespace {

const Instant k_start = *instant_from_iso("2026-11-23T12:00:00Z");

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

DemoBugzillaSeed bugzilla() {
  return demo_bugzilla_seed(demo_issues(), k_start, key_for);
}

bool shows(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("the Bugzilla of the demo holds the issues of the Redmine, in its own words") {
  const auto seed = bugzilla();
  const auto redmine = demo_seed(demo_issues(), k_start, key_for);
  REQUIRE(seed.state.bugs.size() == redmine.state.issues.size());
  CHECK(seed.bridge_login == "contract-bridge@vendor.example");
  CHECK(seed.staff_login == "alena.kralova@vendor.example");
  CHECK(seed.customer_login == "eva.mala@acme.example");
  CHECK(seed.bridge_fields == redmine.bridge_fields);
  const std::map<std::string, std::string> statuses{
      {"New", "UNCONFIRMED"},   {"In Progress", "IN_PROGRESS"}, {"Feedback", "FEEDBACK"}, {"Offered", "OFFERED"},
      {"Resolved", "RESOLVED"}, {"Closed", "VERIFIED"},         {"Rejected", "REJECTED"}};
  for (const auto& entry : redmine.state.issues) {
    const auto& [id, issue] = entry;
    CAPTURE(entry.first);
    const auto& bug = seed.state.bugs.at(id);
    CHECK(bug.summary == issue.subject);
    CHECK(bug.status == statuses.at(fake::by_id(redmine.state.statuses, issue.status)->name));
    CHECK(bug.resolution.empty() == status_by_name(seed.state, bug.status)->is_open);
    CHECK(bug.priority == fake::by_id(redmine.state.priorities, issue.priority)->name);
    CHECK(bug.created == issue.created);
    CHECK(bug.changed == issue.updated);
    CHECK(bug.groups.empty() == !issue.is_private);
    std::size_t notes = 1;  // the description
    for (const auto& journal : issue.journals) notes += journal.notes && !journal.notes->empty() ? 1 : 0;
    CHECK(bug.comments.size() == notes);
  }
}

TEST_CASE("fields, labels and roles of the demo in a Bugzilla") {
  auto seed = bugzilla();
  CHECK(demo_field_name("SLA next due") == "cf_sla_next_due");
  CHECK(field_by_name(seed.state, "cf_business_impact")->type == fake_bugzilla::FieldType::large_text);
  CHECK(field_by_name(seed.state, "cf_channel")->type == fake_bugzilla::FieldType::select);
  CHECK_FALSE(field_by_name(seed.state, "cf_labels"));
  CHECK(seed.state.keywords.front().name == "urgent-procedure");
  CHECK(user_by_login(seed.state, seed.bridge_login)->groups.count("staff") == 1);
  CHECK(user_by_login(seed.state, seed.customer_login)->groups.empty());
  FakeBugzilla tracker(seed.state, [] { return k_start; });
  const auto done = tracker.handle({"PUT",
                                    "/rest/bug/1?api_key=key-of-contract-bridge",
                                    {{"Content-Type", "application/json"}},
                                    R"({"cf_billing":"included","keywords":{"add":["hold"]},
                                        "comment":{"body":"For staff","is_private":true}})"});
  CHECK(done.status == 200);
  CHECK(shows(done.body, R"("cf_billing":{"added":"included","removed":""})"));
}

TEST_CASE("the pages of the Bugzilla show staff everything and customers nothing private") {
  const auto seed = bugzilla();
  FakeBugzilla tracker(seed.state, [] { return k_start; });
  const DemoPages pages(demo_board(tracker, seed.bridge_login, seed.bridge_fields), "Bugzilla");
  const auto body_at = [&](const std::string& target) { return pages.page({"GET", target, {}, ""})->body; };
  CHECK(shows(body_at("/"), "A stand-in for Bugzilla"));
  int private_notes = 0;
  for (const auto& entry : seed.state.bugs) {
    const auto& [id, bug] = entry;
    CAPTURE(entry.first);
    const auto address = "/show_bug.cgi?id=" + std::to_string(id);
    const auto staff = body_at(address), customer = body_at(address + "&view=customer");
    CHECK(staff == body_at("/issues/" + std::to_string(id)));
    CHECK(shows(body_at("/"), fake::escaped(bug.summary)));
    for (const auto& comment : bug.comments) {
      const auto text = fake::escaped_lines(comment.text);
      CHECK(shows(staff, text));
      CHECK(shows(customer, text) == (!comment.is_private && bug.groups.empty()));
      private_notes += comment.is_private ? 1 : 0;
    }
    CHECK_FALSE(shows(customer, "staff only"));
  }
  CHECK(private_notes >= 3);
  for (const auto* target : {"/rest/bug/1", "/show_bug.cgi", "/show_bug.cgi?id=x", "/rest/version"}) {
    CAPTURE(target);
    CHECK_FALSE(pages.page({"GET", target, {}, ""}).has_value());
  }
}

TEST_CASE("what a user wrote in a Bugzilla does not become markup") {
  auto seed = bugzilla();
  auto& bug = seed.state.bugs.at(1);
  bug.summary = "<b onmouseover='x'>";
  bug.comments.back().text = "<script>alert(1)</script>";
  bug.custom["cf_customer"] = {"<img src=x>"};
  bug.history.push_back({k_start, 1, "cf_customer", "<i>", "</ul><u>"});
  FakeBugzilla tracker(seed.state, [] { return k_start; });
  const DemoPages pages(demo_board(tracker, seed.bridge_login, seed.bridge_fields), "Bugzilla");
  for (const auto* target : {"/", "/issues/1", "/issues/1?view=customer"}) {
    CAPTURE(target);
    const auto page = pages.page({"GET", target, {}, ""})->body;
    for (const auto* mark : {"<b ", "<script", "<img", "<i>", "</ul><u>"}) CHECK_FALSE_MESSAGE(shows(page, mark), mark);
  }
}

TEST_CASE("a broken seed says what is wrong, for a Bugzilla too") {
  CHECK_THROWS_AS(demo_bugzilla_seed("{", k_start, key_for), std::runtime_error);
  auto text = demo_issues();
  const std::string known = "\"author\": \"eva.mala\"";
  text.replace(text.find(known), known.size(), "\"author\": \"nobody\"");
  CHECK_THROWS_WITH_AS(demo_bugzilla_seed(text, k_start, key_for), "demo issues: there is no user \"nobody\"",
                       std::runtime_error);
}
