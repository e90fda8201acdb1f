// What the pages and the API stand on. Handlers keep nothing of their own: every answer is made from these, so that a
// reload of the configuration shows at once.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bridge/http/http_counts.hpp"
#include "bridge/ports/clock.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"
#include "bridge/sync/tracker_loop.hpp"
#include "bridge/web/access.hpp"
#include "bridge/web/pool_facts.hpp"
#include "bridge/web/store_facts.hpp"

namespace cb {

// All must outlive the router, and be safe for the server's threads: a store behind a lock, whose wakes reach the
// loops.
struct WebParts {
  Store& store;
  Clock& clock;
  const HttpCounts& requests;
  Access access;
  std::string version;
  Instant started;
  std::function<std::shared_ptr<const Settings>()> settings;  // null: the service has none yet
  std::function<std::vector<LoopStatus>()> loops;
  Seconds facts_kept = k_facts_kept;  // what monitors ask of the store is told again for so long
  Seconds pools_kept = k_pools_kept;  // and what they ask of pools
};

}  // namespace cb
