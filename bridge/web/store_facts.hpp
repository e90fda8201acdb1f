// What health, status and metrics ask of the store, asked once for all who ask within some seconds: a flood of requests
// costs the store no more than a few of them do. What the loops tell is not kept: it costs nothing.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"

namespace cb {

// Of one tracker.
struct TrackerFacts {
  std::optional<Instant> last_list;
  StoreCounts counts;                                    // `parked` counts issues alone
  int overdue = 0, due_next_hour = 0, due_next_day = 0;  // open issues; the later ones without the earlier
  std::optional<Parked> writing_stop;                    // also one that is over
};

struct StoreFacts {
  Instant asked_at;
  std::map<std::string, TrackerFacts> trackers;  // by name
  StoreTotals totals;
  std::string error;  // why the store did not answer; empty: it did
};

// Never throws StoreError: a store that fails is a fact too.
StoreFacts ask_store(const Settings& settings, Store& store, Instant now);

// How old what is told may be.
inline constexpr Seconds k_facts_kept{5};

// Any number of threads. Who comes while another one asks waits for that answer.
class KeptFacts {
 public:
  // Zero: nothing is kept.
  explicit KeptFacts(Seconds kept = k_facts_kept) : kept_(kept) {}
  // Asked anew also for another configuration, and after the clock was set back.
  std::shared_ptr<const StoreFacts> get(const Settings& settings, Store& store, Instant now);

 private:
  Seconds kept_;
  std::mutex mutex_;
  std::shared_ptr<const StoreFacts> facts_;
  std::string version_;  // of the configuration that they were asked for
};

}  // namespace cb
