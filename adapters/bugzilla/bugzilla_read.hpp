// Reads bugs whole: the bug, its comments, its history. One bug is read from the master database; searches, comments
// and history of 5.0 to 5.3 come from a replica where the server has one, which may be behind (WebService/Bug.pm).
// Where the replica is found to be behind the bug, the answer is retry_later.
//
// What is asked for several bugs at once fails as a whole when one of them may not be seen or cannot be shown (a stored
// date-time in a gap of the clocks, recording 324); then each is read alone, so that only the culprit fails.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "adapters/bugzilla/bugzilla_directory.hpp"
#include "adapters/bugzilla/bugzilla_records.hpp"
#include "adapters/bugzilla/bugzilla_session.hpp"
#include "adapters/tracker.hpp"

namespace cb {

inline constexpr std::size_t k_bugzilla_fetch_batch = 25;

class BugzillaReader {
 public:
  // All must outlive the reader.
  BugzillaReader(BugzillaSession& session, BugzillaDirectory& directory, const BugzillaTerms& terms)
      : session_(session), directory_(directory), terms_(terms) {}

  // not_found: there is no such bug; denied: it is not visible to the account, or the key is not good.
  Result<BugzillaBug> read(std::int64_t id);
  // In the order of the ids.
  std::vector<Result<BugzillaBug>> read_all(const std::vector<std::int64_t>& ids);
  Result<Fetched> fetched(const BugzillaBug& bug);
  std::vector<Result<Fetched>> fetched_all(const std::vector<Result<BugzillaBug>>& bugs);

 private:
  Result<BugzillaBug> read_checked(std::int64_t id, bool& key_is_good);
  BugzillaResult<std::vector<BugzillaBug>> bugs(const std::string& target, const std::string& doing);
  std::optional<BugzillaRefusal> complete(std::vector<BugzillaBug>& bugs);
  std::optional<BugzillaRefusal> add_comments(std::vector<BugzillaBug>& bugs);
  std::optional<BugzillaRefusal> add_histories(std::vector<BugzillaBug>& bugs);
  std::optional<Error> replica_behind(const BugzillaBug& bug);
  std::map<std::int64_t, Result<BugzillaBug>> read_together(const std::vector<std::int64_t>& ids);

  BugzillaSession& session_;
  BugzillaDirectory& directory_;
  const BugzillaTerms& terms_;
};

// The number of a bug as the neutral key has it; empty when it is none.
std::optional<std::int64_t> bugzilla_id(const std::string& text);

}  // namespace cb
