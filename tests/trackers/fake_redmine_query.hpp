// Lists of issues: Redmine's filters, orders and pages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/trackers/fake_redmine_access.hpp"

namespace cb::fake {

struct Window {
  int offset = 0;
  int limit = 25;
};
Window window_of(const Call& call);

struct Listed {
  std::vector<const IssueRow*> issues;  // all that match, in order
  std::vector<std::string> errors;      // 422
  bool unknown_project = false;         // 404
};
// `project`: of /projects/ID/issues.json, else nothing.
Listed listed(const State& state, const User* reader, const Call& call, const Project* project);

}  // namespace cb::fake
