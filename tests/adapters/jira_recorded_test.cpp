// Real answers of real servers, Cloud and Data Center, through the parsers: they stay outside of this repository.
#include <doctest/doctest.h>

#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_parse_lists.hpp"
#include "tests/adapters/jira_shared.hpp"

namespace cb {

namespace {

JsonDocument parsed(const std::string& text) {
  auto document = JsonDocument::parse(text, "recorded");
  REQUIRE_MESSAGE(document.has_value(), (document ? "" : document.error().what));
  return std::move(*document);
}

void require_good(const JsonDocument& document) {
  const auto problem = document.problem();
  REQUIRE_MESSAGE(!problem, (problem ? problem->what : ""));
}

}  // namespace

TEST_CASE("recorded issues are read without a complaint") {
  for (const auto* name : {"jira-to-matrix/issue.json", "jira-ruby/10002.json"}) {
    CAPTURE(name);
    const auto text = jira_recorded(name);
    if (!text) return;
    const auto document = parsed(*text);
    const auto issue = jira_issue(document.root(), "");
    require_good(document);
    CHECK_FALSE(issue.id.empty());
    CHECK_FALSE(issue.key.empty());
    CHECK_FALSE(issue.status.name.empty());
    CHECK_FALSE(issue.reporter.id.empty());
    CHECK(issue.created <= issue.updated);
    CHECK(issue.revision.size() == std::string("2026-05-01T09:12:44.123Z").size());
  }
}

TEST_CASE("recorded comments tell their authors, instants and words") {
  const auto text = jira_recorded("jira-ruby/issue-10002-comment.json");
  if (!text) return;
  const auto document = parsed(*text);
  const auto comments = jira_comments(document.root());
  require_good(document);
  REQUIRE_FALSE(comments.comments.empty());
  CHECK(comments.total == static_cast<std::int64_t>(comments.comments.size()));
  for (const auto& comment : comments.comments) {
    CHECK_FALSE(comment.id.empty());
    CHECK_FALSE(comment.author.name.empty());
    CHECK_FALSE(comment.text.empty());
    CHECK_FALSE(comment.restricted);
  }
}

TEST_CASE("recorded changelogs of Cloud, with nulls on either side, keep every item") {
  const auto text = jira_recorded("devlake/issue_changelogs.json");
  if (!text) return;
  const auto document = parsed(*text);
  std::vector<JsonValue> entries;
  for (const auto& record : document.root().items())
    entries.push_back(record["data"].is_object() ? record["data"] : record);
  REQUIRE(entries.size() >= 50);
  std::size_t items = 0;
  for (const auto& entry : entries) items += entry["items"].items().size();
  const auto histories = jira_histories(entries);
  require_good(document);
  std::size_t read = 0;
  for (const auto& history : histories) {
    CHECK_FALSE(history.id.empty());
    read += history.items.size();
    for (const auto& item : history.items) CHECK_FALSE(item.field.empty());
  }
  CHECK(read == items);
}

TEST_CASE("recorded lists of words are read") {
  const auto statuses_text = jira_recorded("go-jira/all_statuses.json");
  if (!statuses_text) return;
  const auto statuses_document = parsed(*statuses_text);
  const auto statuses = jira_statuses(statuses_document.root());
  require_good(statuses_document);
  CHECK(statuses.size() > 10);
  CHECK(std::any_of(statuses.begin(), statuses.end(), [](const auto& each) { return each.done; }));
  CHECK(std::any_of(statuses.begin(), statuses.end(), [](const auto& each) { return !each.done; }));

  const auto priorities_document = parsed(jira_recorded("go-jira/all_priorities.json").value());
  CHECK(jira_names(priorities_document.root()).size() > 3);
  require_good(priorities_document);

  const auto fields_document = parsed(jira_recorded("go-jira/all_fields.json").value());
  CHECK_FALSE(jira_fields(fields_document.root()).empty());
  require_good(fields_document);

  const auto transitions_document = parsed(jira_recorded("go-jira/transitions.json").value());
  const auto transitions = jira_transitions(transitions_document.root()["transitions"]);
  require_good(transitions_document);
  REQUIRE_FALSE(transitions.empty());
  for (const auto& transition : transitions) CHECK_FALSE(transition.to.name.empty());
}

}  // namespace cb
