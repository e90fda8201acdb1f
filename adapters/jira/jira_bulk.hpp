// The same edit of many issues in one request, which Cloud alone has (trackers.md C6): it is done later, as a task that
// is asked after, and mails nobody. It knows options by number and cannot empty a field, so that not every edit can go
// this way; and it needs a right of its own. Whoever asks after the task is slowed down by the limits of jira_limits.
#pragma once

#include <string>
#include <vector>

#include "adapters/jira/jira_session.hpp"
#include "adapters/jira/jira_write.hpp"

namespace cb {

// From how many issues on a task costs fewer requests than an edit of each.
inline constexpr std::size_t k_jira_least_bulk = 4;

// Whether the edit can go as a task at all.
bool jira_bulk_can(const JiraEdit& edit);

// Done, as far as Jira says; what it did is read from the issues. `false`: not possible here, and nothing was done.
Result<bool> jira_bulk_edit(JiraSession& session, const std::vector<std::string>& ids, const JiraEdit& edit);

std::string jira_bulk_body(const std::vector<std::string>& ids, const JiraEdit& edit);

}  // namespace cb
