// `once`: one cycle over the configured trackers, or over one of them. Prints a table issue by issue, now and then
// (with --dry-run: what would be written, and nothing is), or with --json one object. A tracker that fails does not
// keep the others from being served. Exit codes are those of options.hpp: 0 all done; 1 the configuration is wrong
// (a key cannot be resolved); 2 no such tracker; 3 a tracker failed or issues were parked.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

#include "bridge/log.hpp"
#include "bridge/ports/clock.hpp"
#include "bridge/service/open_tracker.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"

namespace cb {

struct OnceOptions {
  bool dry_run = false;
  bool json = false;
  std::string tracker;         // empty: all of them
  std::optional<Instant> now;  // decide as of this instant; empty: the clock's
  bool terminal = false;       // standard error is a terminal: show progress there
  int columns = 110;           // how wide the table may be
};

// Everything that is not a value, from outside.
struct OnceParts {
  const Settings& settings;
  Store& store;
  Clock& clock;  // the real time also with --now: cursor and back-off go by it
  Chance& chance;
  Log& log;
  std::function<Result<OpenTracker>(const TrackerSettings&)> open;
};

int once(const OnceOptions& options, const OnceParts& parts, std::ostream& out, std::ostream& err);

}  // namespace cb
