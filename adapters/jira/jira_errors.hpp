// What a Jira's answer means when it is none (trackers.md C9): `errorMessages` and `errors` in words. 404 is an issue
// that does not exist or that the account may not see: Jira does not tell which. A right that is missing for one issue
// is no reason to stop the tracker.
#pragma once

#include "adapters/jira/jira_session.hpp"

namespace cb {

// `document` is the answer's body, where it is JSON. `reads`: nothing was to be changed.
JiraRefusal jira_refusal(const HttpResponse& response, const JsonDocument* document, bool reads,
                         const std::string& attempt);
// Why the account is taken for a stranger or locked out, although the answer may be a success; empty: it is not.
std::optional<Error> jira_login_problem(const HttpResponse& response, const std::string& attempt);

}  // namespace cb
