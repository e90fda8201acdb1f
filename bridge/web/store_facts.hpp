// What health, status and metrics ask of the store, kept for some seconds. What the loops tell is not kept: it costs
// nothing.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "bridge/web/kept.hpp"

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

using KeptFacts = KeptOf<StoreFacts, ask_store>;

}  // namespace cb
