// JSON that a server, or somebody between, may send (H43 to H56). tests/adapters/json_read_test.cpp has depth and size
// of answers at their limits, tests/adapters/jira_webhook_test.cpp deliveries that are none,
// tests/adapters/jira_adf_test.cpp depth and size of documents, tests/bridge/http/client_test.cpp answers that are too
// big, packed (a decompression bomb) or endless.
#include <doctest/doctest.h>

#include <cmath>

#include "adapters/bugzilla/bugzilla_parse.hpp"
#include "adapters/jira/jira_adf.hpp"
#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_parse_lists.hpp"
#include "adapters/jira/jira_webhook.hpp"
#include "adapters/redmine/redmine_neutral.hpp"
#include "adapters/redmine/redmine_parse.hpp"
#include "bridge/sync/stored_decision.hpp"
#include "rules/service.hpp"

using namespace cb;

namespace {

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

// An issue of a Redmine with one member more, which comes last.
std::string redmine_json(const std::string& more) {
  return R"({"issue":{"id":1,"project":{"id":1,"name":"P"},"tracker":{"id":1,"name":"T"},"status":{"id":1,"name":"New"},)"
         R"("priority":{"id":1,"name":"Normal"},"author":{"id":1,"name":"A"},"subject":"S",)"
         R"("created_on":"2026-05-01T10:00:00Z","updated_on":"2026-05-01T10:00:00Z","journals":[])" +
         more + "}}";
}

Result<RedmineIssue> redmine_read(const std::string& more) {
  auto document = JsonDocument::parse(redmine_json(more), "reading issue #1 of support");
  if (!document) return Failure(document.error());
  return redmine_issue(*document);
}

bool is_one_line(const std::string& text) {
  return text.find_first_of("\r\n\x1b") == std::string::npos && !text.empty();
}

struct Row {
  std::string id;
  std::string what;
  std::string more;      // members of the issue
  const char* expected;  // in the error; empty: it is read
};

}  // namespace

TEST_CASE("H43 to H50: answers with values that nobody expects are read, or refused in a line of words") {
  const Row rows[] = {
      {"H43", "a number beyond every type", R"(,"id":1e999)", "number that is too big"},
      {"H44", "an id that does not fit into 64 bits", R"(,"id":18446744073709551615)", "whole number"},
      {"H45", "an id with a fraction", R"(,"id":1.5)", "whole number"},
      {"H46", "half of a sign (a lone surrogate)", R"(,"subject":"\ud800")", "cannot be read"},
      {"H47", "bytes that are no UTF-8", ",\"subject\":\"\xC0\xAF\"", "not valid UTF-8"},
      {"H48", "a control character in the middle of a text", ",\"subject\":\"a\x01\"", "not JSON"},
      {"H49", "an instant that no calendar has", R"(,"created_on":"2026-02-30T25:61:61Z")", "an instant such as"},
      {"H50", "hours beyond all measure", R"(,"spent_hours":1e308)", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.id);
    CAPTURE(row.what);
    const auto issue = redmine_read(row.more);
    if (*row.expected == 0) {
      REQUIRE_MESSAGE(issue.has_value(), (issue ? "" : issue.error().what));
      continue;
    }
    REQUIRE_FALSE(issue.has_value());
    CHECK(issue.error().kind == ErrorKind::bad_reply);
    CHECK(is_one_line(issue.error().what));
    CHECK_MESSAGE(issue.error().what.find(row.expected) != std::string::npos, issue.error().what);
  }
}

TEST_CASE("H50: hours beyond all measure count as many, not as less than none") {
  const auto issue = redmine_read(R"(,"spent_hours":1e308)");
  REQUIRE(issue.has_value());
  const auto neutral = neutral_issue(*issue, {}, {});
  CHECK(std::isfinite(neutral.logged_hours));
}

TEST_CASE("H51: of a member that stands twice one value counts, everywhere the same") {
  // The reader of answers and that of deliveries agree, so that nobody can show one of them something else.
  const auto issue = redmine_read(R"(,"id":7,"id":8)");
  REQUIRE(issue.has_value());
  CHECK(issue->id == 8);
  const auto hook = jira_hook_from(R"({"webhookEvent":"jira:issue_updated","issue":{"id":"7","id":"8"}})");
  REQUIRE(hook.has_value());
  CHECK(hook->issues == std::vector<std::string>{"8"});
}

TEST_CASE("H52: 100,000 levels cost no stack, wherever JSON is read or compared") {
  const auto deep = nested(100'000);
  CHECK_FALSE(jira_hook_from(deep).has_value());
  CHECK_FALSE(jira_hook_from(R"({"webhookEvent":"x","issue":)" + deep + "}").has_value());
  CHECK(jira_adf_text(deep).empty());
  CHECK_FALSE(is_same_json(deep, deep + " "));
  CHECK_FALSE(same_decision(deep, deep + " "));
  CHECK_FALSE(same_decision("{\"a\":" + deep + "}", "{\"a\": " + deep + "}"));
  CHECK_FALSE(redmine_errors(deep).has_value());
}

TEST_CASE("H53: names that the server chose cannot forge a line in a message") {
  const auto document = JsonDocument::parse(
      R"({"id":"1","key":"A-1","fields":{"customfield_\n2026-01-01T00:00:00Z error: \u001b[2Jforged":[{"value":[]},[[{"name":1}]],{}]},"labels":7})",
      "reading issue #1 of support");
  REQUIRE(document.has_value());
  jira_issue(document->root(), "");
  REQUIRE(document->problem().has_value());
  CHECK(is_one_line(document->problem()->what));
  const auto forged = JsonDocument::parse("{\"a\\nb\\u001b\":{\"c\":1}}", "reading");
  REQUIRE(forged.has_value());
  for (const auto& [name, value] : forged->root().members()) CHECK(value["c"].text().empty());
  REQUIRE(forged->problem().has_value());
  CHECK(is_one_line(forged->problem()->what));
}

TEST_CASE("H54: a page of a list that begins nowhere is refused, not followed") {
  for (const auto* start : {"9223372036854775807", "-5"}) {
    CAPTURE(start);
    const auto document =
        JsonDocument::parse(R"({"startAt":)" + std::string(start) + R"(,"total":9223372036854775807,"values":[1]})",
                            "reading fields of support");
    REQUIRE(document.has_value());
    const auto end = jira_page_end(document->root());
    CHECK(end.next >= 0);
    REQUIRE(document->problem().has_value());
    CHECK(document->problem()->what.find("startAt") == std::string::npos);
    CHECK(document->problem()->what.find("begins at a row") != std::string::npos);
  }
}

TEST_CASE("H55: instants at the ends of what a number holds are instants") {
  const auto document = JsonDocument::parse(
      R"([{"id":"1","created":9223372036854775807,"items":[]},{"id":"2","created":-9223372036854775808,"items":[]}])",
      "reading what was changed");
  REQUIRE(document.has_value());
  const auto histories = jira_histories(document->root().items());
  REQUIRE(histories.size() == 2);
  CHECK(histories.front().id == "2");
  CHECK(to_iso(histories.front().when) == "0000-01-01T00:00:00Z");
  CHECK(to_iso(histories.back().when) == "9999-12-31T23:59:59Z");
}

TEST_CASE("H56: an answer about other bugs than those asked for names none of ours") {
  const auto document =
      JsonDocument::parse(R"({"bugs":{"../1":{"comments":[]},"2?x":{"comments":[]}}})", "reading comments of bug 1");
  REQUIRE(document.has_value());
  const auto comments = bugzilla_comments(*document, {1, 2});
  REQUIRE(comments.has_value());
  CHECK(comments->empty());
}
