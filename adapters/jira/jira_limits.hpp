// What Jira allows a client to send, as values (trackers.md C9): which requests share a limit, and how long an answer
// asks to wait. Who counts and waits is bridge/http/paced_http. Cloud's limits are those of the whole site, for all its
// apps and people together, so only half of each is taken. Data Center's are set by its administrator and told in its
// answers; there ours merely smooth bursts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/http.hpp"
#include "rules/time.hpp"

namespace cb {

// A bucket of tokens, of which each request takes one. On a clock of whole seconds no span of n seconds sees more than
// capacity + n * per_second requests, wherever between two seconds it begins.
struct JiraRate {
  std::string bucket;
  int capacity = 1;
  int per_second = 1;
};

// The buckets that a request takes a token from, all at once.
std::vector<JiraRate> jira_rates(const HttpRequest& request);

// The issue that a request changes, as it is called in the path (one by its id and by its key are two); empty: none, or
// several.
std::string jira_issue_written(const HttpRequest& request);

struct JiraPause {
  bool refused = false;         // 429: the request was not done
  bool issue_only = false;      // only writes of the same issue have to wait
  std::optional<Seconds> wait;  // none: the answer does not tell
};

// How long the next requests have to wait after this answer; none and not refused: not at all. Never more than a day:
// who means more is asked again.
std::optional<JiraPause> jira_pause(const HttpResponse& response, Instant now);

}  // namespace cb
