// One issue that a command names, read from its tracker and decided with what the store knows of the pool's other
// issues: for commands that look and write nothing.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <variant>

#include "bridge/service/open_tracker.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"
#include "rules/decision.hpp"

namespace cb {

struct DecideParts {
  const Settings& settings;
  Log& log;
  std::function<Result<OpenTracker>(const TrackerSettings&)> open;
  std::function<std::unique_ptr<Store>()> open_store;  // only when a pool is concerned
};

struct DecidedIssue {
  const TrackerSettings* tracker = nullptr;  // of the configuration
  OpenTracker open;
  Fetched fetched;
  Decision decision;
};

// `issue` is support#123, or 123 where there is one tracker. Else the exit code, and `err` says why: 1 the tracker
// cannot be opened with this configuration; 2 no such tracker or not an issue's name; 3 the tracker failed or does not
// know the issue.
std::variant<DecidedIssue, int> decide_issue(const std::string& issue, Instant now, const DecideParts& parts,
                                             std::ostream& err);

}  // namespace cb
