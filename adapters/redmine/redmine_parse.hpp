// Redmine's JSON to records, without any I/O. Strict about what the bridge relies on (ids, instants, types),
// indifferent to everything else, so that newer Redmines with more members are read too. Texts come out with \n as
// newline.
#pragma once

#include <string>
#include <vector>

#include "adapters/json_read.hpp"
#include "adapters/redmine/redmine_records.hpp"

namespace cb {

Result<RedmineIssue> redmine_issue(const JsonDocument& document);
Result<RedmineIssuePage> redmine_issue_page(const JsonDocument& document);
Result<RedmineUser> redmine_user(const JsonDocument& document);
// Lists of id and name under `key`: issue_statuses, issue_priorities, trackers, roles, issue_categories, versions.
Result<std::vector<RedmineNamed>> redmine_named(const JsonDocument& document, const std::string& key);
Result<std::vector<RedmineStatus>> redmine_statuses(const JsonDocument& document);
Result<std::vector<RedmineProject>> redmine_projects(const JsonDocument& document);
Result<std::vector<RedmineMembership>> redmine_memberships(const JsonDocument& document);
Result<std::vector<RedmineField>> redmine_fields(const JsonDocument& document);
// The custom fields that stand in a list of issues: fields for all projects are told nowhere else to
// non-administrators.
Result<std::vector<RedmineField>> redmine_fields_of_issues(const JsonDocument& document);
// One project with its identifier and the custom fields that its issues may have.
struct RedmineProjectDetail {
  RedmineProject project;
  std::vector<RedmineField> fields;
};
Result<RedmineProjectDetail> redmine_project(const JsonDocument& document);
Result<std::vector<std::string>> redmine_permissions(const JsonDocument& document);
// How many rows a paged list has in all; -1 when it does not tell.
std::int64_t redmine_total(const JsonDocument& document);
// The sentences of a 422; nothing when the body has no such list, an empty list for a concurrent change.
std::optional<std::vector<std::string>> redmine_errors(const std::string& body);

}  // namespace cb
