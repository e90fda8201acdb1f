// What `once` prints: a table issue by issue, now and then, for people; one JSON object for programs.
#pragma once

#include <string>
#include <vector>

#include "bridge/sync/cycle_report.hpp"

namespace cb {

std::string once_table(const CycleReport& report, bool dry_run, int columns);

// {"trackers": [{"name", "issues": [...], "errors": [...]}]}: each issue with key, summary, its decision, the changes
// and its error. Rows must hold their decisions.
std::string once_json(const std::vector<CycleReport>& reports, bool dry_run);

}  // namespace cb
