// Which issues a cycle need not look at: one that was fetched after its last change could still hide another is settled
// and costs no request (design.md 9.6), and one that is parked waits for its retry.
#pragma once

#include <set>

#include "bridge/sync/engine.hpp"

namespace cb {

// Stands in the list of parked issues while writing to a tracker is stopped.
IssueKey writing_stop(const std::string& tracker);
// Kept among the parked: this person could not be assigned in this project, and is not tried again for a while.
IssueKey assigning_stop(const Issue& issue, const PersonRef& person);
// Such a stop of one of these people; with none, no stop is.
bool is_assigning_stop(const IssueKey& key);
bool is_assigning_stop(const IssueKey& key, const std::vector<PersonRef>& people);
// Neither of these is an issue.
bool is_stop(const IssueKey& key);

// What was fetched in the future was decided by a clock that has been set back since.
bool is_settled(const StoredIssue& stored, const IssueRef& ref, const Capabilities& capabilities,
                const std::string& book_version, Instant now);

// Parked, and its time has not come.
std::set<IssueKey> waiting_for_retry(const EngineParts& parts, Instant clock_now);

}  // namespace cb
