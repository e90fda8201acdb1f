// Which issues a cycle need not look at: one that was fetched after its last change could still hide another is settled
// and costs no request (design.md 9.6), and one that is parked waits for its retry.
#pragma once

#include <set>

#include "bridge/sync/engine.hpp"

namespace cb {

// Stands in the list of parked issues while writing to a tracker is stopped.
IssueKey writing_stop(const std::string& tracker);
// The same while a tracker has asked to be left alone: not even a new start asks it anything before.
IssueKey asking_stop(const std::string& tracker);
// Kept among the parked: this person could not be assigned in this project, and is not tried again for a while.
IssueKey assigning_stop(const Issue& issue, const PersonRef& person);
// Such a stop of one of these people; with none, no stop is.
bool is_assigning_stop(const IssueKey& key);
bool is_assigning_stop(const IssueKey& key, const std::vector<PersonRef>& people);
// None of these is an issue.
bool is_stop(const IssueKey& key);

// What is intended with an issue that is read and not decided yet, in contrast to a write.
inline constexpr char k_only_read[] = "read, to be decided";

// When a parked issue may be tried again, at the earliest: what a server was too slow to answer may still be done, so
// an issue with a write on its way is left alone for two minutes.
Instant earliest_retry(Store& store, const IssueKey& key, Instant now);

// What was fetched in the future was decided by a clock that has been set back since.
bool is_settled(const StoredIssue& stored, const IssueRef& ref, const Capabilities& capabilities,
                const std::string& book_version, Instant now);

// Parked, and its time has not come.
std::set<IssueKey> waiting_for_retry(const EngineParts& parts, Instant clock_now);

}  // namespace cb
