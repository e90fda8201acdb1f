// How many requests a Jira takes: what is refused, and what was counted.
#pragma once

#include "tests/trackers/fake_jira_call.hpp"

namespace cb::fake_jira {

// 429 where a limit is reached. Counts in any case.
std::optional<HttpResponse> over_limit(State& state, const HttpRequest& request, const User* user, Instant now);
// Data Center's headers about the user's bucket, where there is one.
Headers bucket_headers(const State& state, const User* user);

}  // namespace cb::fake_jira
