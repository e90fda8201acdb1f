// An issue as people name it on the command line: `support#123`, or `123` where there is one tracker.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "bridge/settings/settings.hpp"

namespace cb {

struct NamedIssue {
  IssueKey key;
  const TrackerSettings* tracker = nullptr;  // of the configuration
};

// Empty when it names none; then `err` says why, and which trackers there are.
std::optional<NamedIssue> named_issue(const std::string& text, const Settings& settings, std::ostream& err);

}  // namespace cb
