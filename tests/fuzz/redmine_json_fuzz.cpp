// Redmine's answers: whatever JSON comes, it is an issue, a list, or an error with words.
#include "adapters/redmine/redmine_neutral.hpp"
#include "adapters/redmine/redmine_parse.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/neutral.hpp"

namespace cb::fuzz {

namespace {

RedmineTerms terms() {
  RedmineTerms terms;
  terms.name = "support";
  terms.label_field = "labels";
  terms.write = {{Slot::billing, "sla CLASS"}, {Slot::entitlement, "Entitlement"}};
  terms.read.customer = terms.read.organisation = Source{"Customer", "", ""};
  terms.read.channel = Source{"", "workaround", "phone"};
  return terms;
}

}  // namespace

void one_input(const std::string& bytes) {
  redmine_errors(bytes);
  const auto document = [&] { return JsonDocument::parse(bytes, "reading issue #1 of support"); };
  const auto first = document();
  if (!first) return check_error(first.error());
  redmine_total(*first);
  if (const auto issue = redmine_issue(*document())) {
    check_fetched(fetched_issue(*issue, {}, terms()), std::to_string(issue->id));
  } else {
    check_error(issue.error());
  }
  check(redmine_issue_page(*document()));
  check(redmine_user(*document()));
  check(redmine_statuses(*document()));
  check(redmine_projects(*document()));
  check(redmine_memberships(*document()));
  check(redmine_fields(*document()));
  check(redmine_fields_of_issues(*document()));
  check(redmine_project(*document()));
  check(redmine_permissions(*document()));
  for (const auto* key : {"issue_priorities", "trackers", "roles", "issue_categories", "versions"})
    check(redmine_named(*document(), key));
}

}  // namespace cb::fuzz
