// `check`: is the configuration right, and does each tracker have what it names? Without the network (`--offline`)
// every problem of the files, scenarios included, is printed as `FILE:LINE:COL: error: TEXT`; nothing is resolved from
// the environment and no store is opened. Else each tracker is asked as well: reachable, rights, statuses, priorities,
// fields, projects; and secrets that are set but could be guessed are told (check_secrets.hpp). Exit codes: 0 good
// (warnings included), 1 errors, 2 usage.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "bridge/service/open_tracker.hpp"
#include "bridge/settings/loader.hpp"

namespace cb {

struct CheckOptions {
  std::string config;  // the folder
  bool offline = false;
  bool json = false;  // one object on `out` instead of lines
};

using OpenTrackerFunction = std::function<Result<OpenTracker>(const TrackerSettings&, const Settings&)>;

// `open` is called without --offline only; it resolves the tracker's key.
int check(const CheckOptions& options, const OpenTrackerFunction& open, std::ostream& out, std::ostream& err);

// What a tracker has against what the configuration names.
struct TrackerFinding {
  enum class Level { error, warning, note } level = Level::note;
  std::string text;  // what is wrong and what to do
};
std::vector<TrackerFinding> compare_tracker(const Survey& survey, const Capabilities& capabilities,
                                            const TrackerSettings& settings, const ContractBook& book);
// The part of it that is about what the bridge writes: labels, flags, and what fields of a type can hold.
std::vector<TrackerFinding> compare_written(const Survey& survey, const TrackerSettings& settings,
                                            const ContractBook& book);

}  // namespace cb
