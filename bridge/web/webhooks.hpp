// POST /webhooks/TRACKER and /webhooks/TRACKER/SECRET: a tracker says that something happened. Who says so is proved
// first, in constant time; then only the ids of issues are taken, at most 50, and given to `wake`, which stores them
// before it returns; then the answer goes out, always 200, because Harmony knows no other success (trackers.md A8, B8,
// C8). The work comes later, and reads the issue from the tracker.
//
// What a delivery can cost is bounded, also one that is repeated, or about an issue that does not exist: an id is a
// number, to wake is to put it into a set, and what is in the set is read once, whatever became of it. A delivery whose
// ids could not be stored is 503, so that trackers which send again do so; nothing remembers it. What is lost between,
// polling finds.
//
// No secret, path or body appears in a log line. What was not taken leaves a line a minute for each tracker and reason:
// refused without proof, not understood, empty, or turned away by the server before it came here (too big, too slow).
// Any number of threads.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/jira/jira_deliveries.hpp"
#include "bridge/log.hpp"
#include "bridge/ports/clock.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/web/router.hpp"
#include "rules/ids.hpp"

namespace cb {

// A tracker with the proofs of its deliveries, resolved.
struct HookSource {
  std::string tracker;
  TrackerKind kind = TrackerKind::redmine;
  std::vector<std::string> secrets;  // any of them is good; none: every delivery is refused
  std::string header;                // Bugzilla: whose value is the secret; empty: the address holds it
};

// True when the ids are stored, so that a crash right after loses none. From several threads at once.
using WakeIssues = std::function<bool(const std::vector<IssueKey>&)>;

class Webhooks {
 public:
  // `clock` and `log` must outlive it.
  Webhooks(std::vector<HookSource> sources, WakeIssues wake, Clock& clock, Log& log, std::size_t most_ids = 50);

  // The webhooks must outlive the router.
  void add_to(Router& router);
  WebAnswer take(const WebRequest& request, const std::string& tracker, const std::optional<std::string>& path_secret);
  // The server answered so by itself. Of paths that belong to no tracker nothing is told.
  void turned_away(const std::string& path, const WebAnswer& answer);

 private:
  enum class Loss { refused, not_understood, empty, turned_away };
  struct Silence {
    Instant since;
    int more = 0;  // without a line
  };
  WebAnswer take_proved(const HookSource& source, const WebRequest& request);
  WebAnswer wake_issues(const HookSource& source, const std::string& event, const std::vector<std::string>& ids);
  void say(const std::string& tracker, Loss loss, const std::string& why);

  std::map<std::string, HookSource> sources_;
  WakeIssues wake_;
  Clock& clock_;
  Log& log_;
  std::size_t most_ids_;
  std::mutex mutex_;
  JiraDeliveries deliveries_;                                 // guarded
  std::map<std::pair<std::string, Loss>, Silence> silences_;  // guarded
};

}  // namespace cb
