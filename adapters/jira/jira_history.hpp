// What happened to an issue, as events of the neutral issue: each comment is one event, each entry of the changelog
// another one. Statuses, priorities and projects are told by id in today's words, because a changelog keeps the words
// of that day, in the language of whoever changed it.
#pragma once

#include <vector>

#include "adapters/jira/jira_directory.hpp"
#include "adapters/jira/jira_records.hpp"
#include "adapters/jira/jira_terms.hpp"

namespace cb {

// Oldest first; in the same second comments before changes.
std::vector<Event> jira_events(const JiraIssue& issue, const JiraNames& names, const JiraTerms& terms);

}  // namespace cb
