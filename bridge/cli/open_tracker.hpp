// Opens a tracker of the configuration: resolves its key, tells the log to keep it secret, and puts a real HTTP client
// under the adapter of its kind. Nothing is sent yet.
#pragma once

#include <memory>

#include "adapters/bugzilla/bugzilla_terms.hpp"
#include "adapters/http.hpp"
#include "adapters/jira/jira_terms.hpp"
#include "adapters/tracker.hpp"
#include "bridge/log.hpp"
#include "bridge/settings/settings.hpp"

namespace cb {

// The tracker uses the http: they live and die together.
struct OpenTracker {
  std::unique_ptr<Http> http;
  std::unique_ptr<Tracker> tracker;
};

BugzillaTerms bugzilla_terms(const TrackerSettings& settings, const TrackerTerms& terms, std::string api_key);
JiraTerms jira_terms(const TrackerSettings& settings, const TrackerTerms& terms, std::string api_key);

// Fails with words for the administrator when the key cannot be resolved, or when this version does not speak to
// trackers of this kind.
Result<OpenTracker> open_tracker(const TrackerSettings& settings, const ContractBook& book, Log& log);

}  // namespace cb
