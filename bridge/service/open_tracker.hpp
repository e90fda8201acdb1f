// Opens a tracker of the configuration: resolves its key, tells the log to keep it secret, and puts a real HTTP client
// under the adapter of its kind. Nothing is sent yet.
#pragma once

#include <functional>
#include <memory>

#include "adapters/bugzilla/bugzilla_terms.hpp"
#include "adapters/http.hpp"
#include "adapters/jira/jira_terms.hpp"
#include "adapters/tracker.hpp"
#include "bridge/http/counted_http.hpp"
#include "bridge/http/pace.hpp"
#include "bridge/log.hpp"
#include "bridge/ports/clock.hpp"
#include "bridge/service/notifier.hpp"
#include "bridge/settings/settings.hpp"

namespace cb {

// What keeps the limits of a Jira: all trackers of one host share a pace. And how fast any tracker may be asked.
struct Pacing {
  Clock& clock;
  Chance& chance;
  Paces& paces;
  int per_minute = 0;            // requests; 0: as fast as it answers
  HttpCounts* counts = nullptr;  // where requests are counted; null: nowhere
};

// The tracker uses the http, through the others where they are: they live and die together.
struct OpenTracker {
  std::function<void()> interrupt{};       // from any thread: what is being asked of the tracker is broken off
  std::function<void()> break_off_late{};  // likewise, where it takes too long
  std::unique_ptr<Http> http;
  std::unique_ptr<Http> timed;
  std::unique_ptr<Http> counted;
  std::unique_ptr<Http> rated;
  std::unique_ptr<Http> paced;
  std::unique_ptr<Tracker> tracker;
};

BugzillaTerms bugzilla_terms(const TrackerSettings& settings, const TrackerTerms& terms, std::string api_key);
JiraTerms jira_terms(const TrackerSettings& settings, const TrackerTerms& terms, std::string api_key);

// The adapter of the tracker's kind, over any http, which must outlive it.
std::unique_ptr<Tracker> make_tracker(const TrackerSettings& settings, const TrackerTerms& terms, std::string api_key,
                                      Http& http);

// The adapter over `client`, with what counts and paces its requests between them. Without `pacing` nothing is between.
OpenTracker assemble_tracker(const TrackerSettings& settings, const ContractBook& book, std::string api_key,
                             std::unique_ptr<Http> client, const Pacing* pacing);

// Fails with words for the administrator when the key cannot be resolved. Without `pacing` a Jira is asked as fast as
// it answers.
Result<OpenTracker> open_tracker(const TrackerSettings& settings, const ContractBook& book, Log& log,
                                 const Pacing* pacing = nullptr);

// A client for an address outside the trackers, https://host:port.
NotificationChannel open_channel(const std::string& base_url);

}  // namespace cb
