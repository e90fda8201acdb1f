// The web side of the service: health, metrics, API and pages over the store, webhooks that wake issues, all behind one
// handler. Everything that was made from one configuration is swapped as a whole when that is read again; who is being
// answered keeps the one that he began with. Any number of threads may ask; use() is for one.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bridge/http/http_counts.hpp"
#include "bridge/http/web_request.hpp"
#include "bridge/log.hpp"
#include "bridge/ports/clock.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"
#include "bridge/sync/tracker_loop.hpp"

namespace cb {

// All must outlive the site.
struct SiteParts {
  Store&
      store;  // safe for several threads, and waits for nothing longer than who asks would; its wakes reach the loops
  Clock& clock;
  Log& log;
  const HttpCounts& requests;
  std::string version;
  std::function<std::vector<LoopStatus>()> loops;
  std::function<void(const std::string& tracker)> list_soon;
};

class Site {
 public:
  explicit Site(SiteParts parts);
  ~Site();
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  // In words: which secrets of the configuration cannot be had.
  static std::vector<std::string> problems_of(const Settings& settings);
  // One with problems changes nothing.
  void use(const std::shared_ptr<const Settings>& settings);
  // 503 before the first use().
  [[nodiscard]] WebAnswer answer(const WebRequest& request) const;
  // The server turned a request away by itself: a delivery leaves a trace in the log.
  void turned_away(const std::string& path, const WebAnswer& answer) const;

 private:
  struct Generation;
  [[nodiscard]] std::shared_ptr<Generation> present() const;
  bool wake_known(const std::vector<IssueKey>& keys);
  SiteParts parts_;
  Instant started_;
  mutable std::mutex mutex_;  // guards present_
  std::shared_ptr<Generation> present_;
};

}  // namespace cb
