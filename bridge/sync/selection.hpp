// Which issues a cycle has to look at: those whose time has come, whose retry is due, whose write was not recorded, or
// that were decided under another configuration. An issue that was fetched after its last change could still hide
// another is settled and costs no request (design.md 9.6).
#pragma once

#include <set>

#include "bridge/sync/engine.hpp"

namespace cb {

// Stands in the list of parked issues while writing to a tracker is stopped.
IssueKey writing_stop(const std::string& tracker);
// Kept among the parked: this person could not be assigned in this project, and is not tried again for a while.
IssueKey assigning_stop(const Issue& issue, const PersonRef& person);
// Neither of these is an issue.
bool is_stop(const IssueKey& key);

bool is_settled(const StoredIssue& stored, const IssueRef& ref, const Capabilities& capabilities,
                const std::string& book_version);

// Without the issues that are waiting for their retry or that are gone.
std::set<IssueKey> known_work(const EngineParts& parts, Instant decide_at, Instant clock_now);

// Parked, and its time has not come.
std::set<IssueKey> waiting_for_retry(const EngineParts& parts, Instant clock_now);

}  // namespace cb
