// How the service and its trackers are doing, as people and monitors are told: collected at one moment from the loops
// and the store. The one judgement of what is well stands here (Standing); health, status and metrics show it. Values
// name no customer and hold no secret; a tracker's error may quote what the tracker said. Instants are UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"
#include "bridge/sync/tracker_loop.hpp"
#include "bridge/web/store_facts.hpp"

namespace cb {

// well; starting: nothing was listed yet, and it is not late; retrying: it failed, and not for long; the rest needs
// people.
enum class Standing { well, starting, retrying, not_running, behind, failing, writing_stopped };
std::string to_text(Standing standing);
std::optional<Standing> standing_from_text(const std::string& text);
bool is_ready(Standing standing);

struct WritingStop {
  Instant since;
  Instant until;
  std::string error;
};

struct TrackerState {
  LoopStatus loop;  // `tracker` is always there; `next_at` means something only while running
  bool running = false;
  Standing standing = Standing::not_running;
  std::optional<Seconds> behind;  // since the last complete list, else since the start; empty: nobody knows
  Seconds allowed{0};             // from then on it is behind
  std::string why;                // empty: well
  std::string advice;             // what to do; empty: nothing
  StoreCounts counts;             // `parked` counts issues alone
  int overdue = 0, due_next_hour = 0, due_next_day = 0;  // open issues; the later ones without the earlier
  std::optional<WritingStop> writing_stop;
};

struct ServiceState {
  std::string version;
  Instant now;
  std::optional<Instant> started;  // empty: no service runs
  Seconds store_asked_ago{0};      // how old what the store told is
  std::string store_error;         // empty: it answered
  std::vector<TrackerState> trackers;
  StoreTotals totals;
  [[nodiscard]] bool ready() const;
};

struct StateParts {
  std::string version;
  Instant now;
  std::optional<Instant> started;  // empty: no service runs, and only the store is asked
  const Settings& settings;
  const std::vector<LoopStatus>& loops;
};

ServiceState look_at_service(const StateParts& parts, const StoreFacts& facts);
// Asks the store now. Never throws StoreError: a store that fails is a state too.
ServiceState look_at_service(const StateParts& parts, Store& store);

}  // namespace cb
