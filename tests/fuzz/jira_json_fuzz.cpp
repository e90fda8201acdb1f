// Jira's answers, of Cloud and of Data Center: whatever JSON comes, it is an issue, a list, or an error with words.
#include "adapters/jira/jira_neutral.hpp"
#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_parse_lists.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/neutral.hpp"

namespace cb::fuzz {

namespace {

JiraTerms terms() {
  JiraTerms terms;
  terms.name = "support";
  terms.write = {{Slot::billing, "customfield_10050"}, {Slot::resolution_due, "Due"}};
  terms.read.customer = terms.read.organisation = Source{"customfield_10051", "", ""};
  terms.read.channel = Source{"", "vip", "phone"};
  terms.property = "contract-bridge";
  return terms;
}

JiraNames names() {
  JiraNames names;
  names.fields = {{"customfield_10050", "Class", true, "select", JiraFieldKind::select},
                  {"customfield_10051", "Customer", true, "labels", JiraFieldKind::labels},
                  {"customfield_10053", "Due", true, "datetime", JiraFieldKind::date_time}};
  names.statuses = {{"3", "In Progress"}};
  return names;
}

void try_issue(const JsonDocument& document) {
  const auto root = document.root();
  auto issue = checked(document, jira_issue(root, "contract-bridge"));
  if (!issue) return check_error(issue.error());
  if (issue->embedded) issue->comments = issue->embedded->comments;
  auto histories = checked(document, jira_histories(root["changelog"]["histories"].items()));
  if (histories) issue->history = *std::move(histories);
  static const auto k_names = names();
  check_fetched(fetched_issue(*issue, k_names, terms(), JiraServer{}), issue->id);
}

}  // namespace

void one_input(const std::string& bytes) {
  const auto document = [&] { return JsonDocument::parse(bytes, "reading issue 1 of support"); };
  const auto first = document();
  if (!first) return check_error(first.error());
  try_issue(*document());
  check(jira_server(*document()));
  check(jira_server_time(*document()));
  const auto rest = document();
  const auto root = rest->root();
  jira_page_end(root);
  jira_user(root);
  jira_role(root);
  jira_words(root);
  jira_fields(root);
  jira_statuses(root);
  jira_names(root);
  jira_projects(root);
  jira_transitions(root);
  jira_own_clocks(root);
}

}  // namespace cb::fuzz
