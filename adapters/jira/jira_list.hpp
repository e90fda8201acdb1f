// The list of changed issues (trackers.md C3). A time in JQL that is written as a date is a minute of the account's own
// zone; Cloud takes milliseconds since 1970 as well, a Data Center is asked in the account's zone, never for a minute
// that the zone has twice.
//
// Cloud goes on by its token until it says that it is done: a short page says nothing, and a token that comes twice
// would never end. A Data Center goes on by offset, which shifts while issues change and is refused beyond 10000: each
// page begins anew at the minute of the last row, and only within one minute by offset. Issues may be listed twice.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/jira/jira_records.hpp"
#include "adapters/jira/jira_session.hpp"

namespace cb {

// What is listed, and in whose time.
struct JiraListed {
  std::vector<JiraProject> projects;
  std::string time_zone;  // of the account, as its profile says
};

struct JiraListPart {
  std::vector<JiraRef> refs;
  std::optional<std::string> next;
};

// Part of the list behind `page`; none: from the beginning.
Result<JiraListPart> jira_list_part(JiraSession& session, const JiraTerms& terms, const JiraListed& listed,
                                    std::optional<Instant> since, const std::optional<std::string>& page);

// `"` and `\` are the only signs that mean something inside quotes.
std::string jql_quoted(const std::string& word);

}  // namespace cb
