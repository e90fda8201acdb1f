// The demo: its issues are well formed and tell the story they promise, and its pages leak and break nothing.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/trackers/demo_file.hpp"
#include "tests/trackers/demo_html.hpp"
#include "tests/trackers/demo_pages.hpp"
#include "tests/trackers/demo_seed.hpp"
#include "tests/trackers/fake_redmine_seed.hpp"

using namespace cb;

namespace {

const Instant k_start = *instant_from_iso("2026-11-23T12:00:00Z");

std::string content(const std::string& path) {
  std::ifstream file(path);
  REQUIRE(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

DemoSeed demo() {
  return demo_seed(content(CB_TEST_DATA "/demo/issues.json"), k_start,
                   [](const std::string& login) { return "key-of-" + login; });
}

std::string body_at(const DemoPages& pages, const std::string& target) {
  const auto page = pages.page({"GET", target, {}, ""});
  REQUIRE(page.has_value());
  return page->body;
}

bool shows(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

// An issue whose every text tries to become markup, with one public and one private note.
fake::State hostile_state() {
  auto state = fake::small_state(k_start);
  auto& issue =
      state.issues.at(fake::add_issue(state, "customer", "Support", "<b onmouseover='x'>\"bold\"</b>", k_start));
  issue.description = "<script>alert(1)</script>\r\nsecond & last";
  issue.values[5] = {"<img src=x>"};
  issue.values[2] = {"</style><h1>"};
  issue.journals.push_back({1, 6, k_start, "<iframe src=//evil.example>", false, {{"cf", "5", "<i>", "</ul><u>"}}});
  issue.journals.push_back({2, 5, k_start, "Secret of staff", true, {}});
  for (auto& user : state.users)
    if (user.login == "customer") user.lastname = "<Customer>";
  return state;
}

}  // namespace

TEST_CASE("the demo's issues: about thirty, five customers, events in order, everything in the past") {
  const auto seed = demo();
  CHECK(seed.state.issues.size() >= 30);
  CHECK(seed.bridge_login == "contract-bridge");
  CHECK(seed.staff_login == "alena.k");
  CHECK(seed.customer_login == "eva.mala");
  CHECK(seed.bridge_fields.count("Billing") == 1);
  Instant last_created{};
  for (const auto& entry : seed.state.issues) {
    const auto& [id, issue] = entry;
    CAPTURE(entry.first);
    CHECK(issue.created >= last_created);  // ids in the order of registration
    last_created = issue.created;
    CHECK(issue.updated <= k_start);
    auto at = issue.created;
    for (const auto& journal : issue.journals) {
      CHECK(journal.created >= at);
      at = journal.created;
      const bool has_note = journal.notes && !journal.notes->empty();
      CHECK((has_note || !journal.details.empty()));
    }
    CHECK(issue.updated == at);
    for (const auto& name : seed.bridge_fields) {
      const auto* field = fake::by_name(seed.state.fields, name);
      REQUIRE(field);
      CHECK(issue.values.count(field->id) == 0);  // the bridge has all to do
    }
  }
}

TEST_CASE("offsets of the demo") {
  struct Row {
    const char* name;
    const char* text;
    long seconds;
  };
  const Row rows[] = {{"minutes", "-20m", -1200},
                      {"hours", "-26h", -93600},
                      {"days and hours", "-3d2h", -266400},
                      {"all three", "-1d1h1m", -90060},
                      {"ahead", "+12d", 1036800}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(demo_file::offset_from_text(row.text).count() == row.seconds);
  }
  for (const auto* text : {"", "-", "3h", "-3x", "-1h3d", "-3 d"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(demo_file::offset_from_text(text), std::runtime_error);
  }
}

TEST_CASE("a broken seed says what is wrong") {
  const auto key = [](const std::string&) { return std::string("key"); };
  CHECK_THROWS_AS(demo_seed("{", k_start, key), std::runtime_error);
  auto text = content(CB_TEST_DATA "/demo/issues.json");
  const std::string known = "\"author\": \"eva.mala\"";
  text.replace(text.find(known), known.size(), "\"author\": \"nobody\"");
  try {
    demo_seed(text, k_start, key);
    FAIL("an unknown author was taken");
  } catch (const std::runtime_error& error) {
    CHECK(shows(error.what(), "\"nobody\""));
  }
}

TEST_CASE("the list names every issue and links both views") {
  const auto seed = demo();
  const FakeRedmine redmine(seed.state, [] { return k_start; });
  const DemoPages pages(demo_board(redmine, seed.bridge_login, seed.bridge_fields), "Redmine");
  const auto page = body_at(pages, "/");
  for (const auto& entry : seed.state.issues) {
    const auto& [id, issue] = entry;
    CAPTURE(entry.first);
    CHECK(shows(page, fake::escaped(issue.subject)));
    CHECK(shows(page, "href=\"/issues/" + std::to_string(id) + "\""));
    CHECK(shows(page, "href=\"/issues/" + std::to_string(id) + "?view=customer\""));
  }
  CHECK_FALSE(shows(page, "<script"));
  CHECK_FALSE(shows(page, "http://"));
  CHECK_FALSE(shows(page, "https://"));
}

TEST_CASE("the customer's view holds no private note; the staff view does, and says so") {
  const auto seed = demo();
  const FakeRedmine redmine(seed.state, [] { return k_start; });
  const DemoPages pages(demo_board(redmine, seed.bridge_login, seed.bridge_fields), "Redmine");
  int private_notes = 0;
  for (const auto& [id, issue] : seed.state.issues) {
    const auto address = "/issues/" + std::to_string(id);
    const auto staff = body_at(pages, address);
    const auto customer = body_at(pages, address + "?view=customer");
    for (const auto& journal : issue.journals) {
      if (!journal.notes || journal.notes->empty()) continue;
      const auto text = fake::escaped_lines(*journal.notes);
      CHECK(shows(staff, text));
      CHECK(shows(customer, text) != journal.is_private);
      private_notes += journal.is_private ? 1 : 0;
    }
    CHECK_FALSE(shows(customer, "staff only"));
  }
  CHECK(private_notes >= 3);
}

TEST_CASE("a private issue is not found in the customer's view") {
  auto state = hostile_state();
  state.issues.at(1).is_private = true;
  const FakeRedmine redmine(state, [] { return k_start; });
  const DemoPages pages(demo_board(redmine, "staff", {"Entitlement"}), "Redmine");
  CHECK(pages.page({"GET", "/issues/1", {}, ""})->status == 200);
  CHECK(pages.page({"GET", "/issues/1?view=customer", {}, ""})->status == 404);
  CHECK(pages.page({"GET", "/issues/77", {}, ""})->status == 404);
}

TEST_CASE("nothing that a user wrote becomes markup") {
  const FakeRedmine redmine(hostile_state(), [] { return k_start; });
  const DemoPages pages(demo_board(redmine, "staff", {"Entitlement"}), "Redmine");
  for (const auto* target : {"/", "/issues/1", "/issues/1?view=customer"}) {
    CAPTURE(target);
    const auto page = body_at(pages, target);
    for (const auto* mark : {"<b ", "<script", "<img", "<iframe", "</style><h1>", "<i>", "</ul><u>", "<Customer>"})
      CHECK_FALSE_MESSAGE(shows(page, mark), mark);
    CHECK(shows(page, "&lt;b onmouseover=&#39;x&#39;&gt;&quot;bold&quot;&lt;/b&gt;"));
  }
  CHECK(shows(body_at(pages, "/issues/1"), "&lt;script&gt;alert(1)&lt;/script&gt;<br>\nsecond &amp; last"));
}

TEST_CASE("what the bridge wrote stands out, and REST addresses are no pages") {
  auto state = hostile_state();
  state.issues.at(1).journals.push_back({3, 5, k_start, "We have registered your request. [cb-000001]", false, {}});
  const FakeRedmine redmine(state, [] { return k_start; });
  const DemoPages pages(demo_board(redmine, "staff", {"Entitlement"}), "Redmine");
  const auto page = body_at(pages, "/issues/1?view=customer");
  CHECK(shows(page, "<article class=\"note ours\">"));
  CHECK(shows(page, "<section class=\"bridge\""));
  for (const auto* target : {"/issues.json", "/issues/1.json", "/users/current.json", "/issues/x", "/issues/1/edit"}) {
    CAPTURE(target);
    CHECK_FALSE(pages.page({"GET", target, {}, ""}).has_value());
  }
}
