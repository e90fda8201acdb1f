// The neutral issue as JSON: the snapshots in the store. issue_from_json(issue_json(issue)) equals the issue as long as
// its texts are UTF-8 (what is not is repaired). What has its usual value is left out, so that a snapshot written by an
// older program reads as an issue without the newer facts; keys that are not known are passed over. Instants are UTC
// with `Z`.
#pragma once

#include <string>

#include "adapters/result.hpp"
#include "rules/issue.hpp"

namespace cb {

std::string issue_json(const Issue& issue);

// bad_reply with the place (`history[3].at`), what was expected and what stands there, when the text is not JSON, a
// value has the wrong kind, or tracker, id, created or updated are missing. A snapshot is a cache: fetch the issue
// again.
Result<Issue> issue_from_json(const std::string& text);

}  // namespace cb
