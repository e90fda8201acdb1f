// An issue that another program posts to be decided: `issue` and `before` with the keys of a scenario's issue, and
// `now`. What is left out is derived as for a scenario (scenario.hpp). Strict: every problem is listed with its JSON
// path as the file. A text without a sign is as good as none where none is needed, because forms send what nobody
// filled in. The id may leave its tracker out where there is one, and holds at most 64 letters, digits and `.`, `_`,
// `+`, `-`, as a number a whole one of at most 18 digits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bridge/settings/problem.hpp"
#include "rules/contract_book.hpp"
#include "rules/issue.hpp"

namespace cb {

struct PostedIssue {
  Issue issue;
  std::vector<Issue> before;  // those that were registered by `now`
  Instant now;
};

struct PostedReading {
  std::optional<PostedIssue> posted;  // empty after any error
  std::vector<Problem> problems;
};

// `now` serves a body that names none.
PostedReading read_posted_issue(const std::string& json, const ContractBook& book, Instant now);

}  // namespace cb
