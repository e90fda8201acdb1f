// Jira's lists of words: fields, statuses, priorities, projects, roles, transitions; and how its pages go on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/jira/jira_records.hpp"
#include "adapters/json_read.hpp"
#include "adapters/tracker.hpp"

namespace cb {

// A page of `{startAt, maxResults, total, isLast, values}` and of `{start, limit, isLastPage, values}`.
struct JiraPageEnd {
  bool last = true;
  std::int64_t next = 0;  // the start of the next page
};
JiraPageEnd jira_page_end(const JsonValue& page);

std::vector<JiraField> jira_fields(const JsonValue& list);
JiraFieldKind jira_field_kind(const std::string& format);
std::vector<JiraStatus> jira_statuses(const JsonValue& list);
std::vector<JiraName> jira_names(const JsonValue& list);
std::vector<JiraProject> jira_projects(const JsonValue& list);
JiraRole jira_role(const JsonValue& role);
std::vector<JiraTransition> jira_transitions(const JsonValue& list);
std::vector<OwnClock> jira_own_clocks(const JsonValue& list);

// The value, or the first thing in its document that was not as expected.
template <class T>
Result<T> checked(const JsonDocument& document, T value) {
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  return value;
}

}  // namespace cb
