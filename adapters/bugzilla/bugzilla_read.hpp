// Reads bugs whole: the bug, its comments, its history. Bugs are read from the master database; searches, comments and
// history of 5.0 to 5.3 come from a replica where the server has one, which may be behind (WebService/Bug.pm). Where it
// is found to be behind the bug, the answer is retry_later.
//
// What is asked for several bugs at once is refused as a whole when one of them may not be seen (recording 185) or
// cannot be shown (a stored date-time in a gap of the clocks, recording 324). Then they are asked for in halves, so
// that only the culprit fails.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
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
  using ById = std::map<std::int64_t, Result<BugzillaBug>>;

  Result<BugzillaBug> read_checked(std::int64_t id, bool& key_is_good);
  void read_part(const std::vector<std::int64_t>& ids, bool& key_is_good, ById& out);
  BugzillaResult<std::vector<BugzillaBug>> bugs(const std::string& target, const std::string& doing);
  std::optional<BugzillaRefusal> complete(std::vector<BugzillaBug>& bugs);
  std::optional<BugzillaRefusal> add_comments(std::vector<BugzillaBug>& bugs);
  std::optional<BugzillaRefusal> add_histories(std::vector<BugzillaBug>& bugs);
  Result<std::set<std::int64_t>> behind(const std::vector<BugzillaBug>& bugs);
  [[nodiscard]] Error is_behind(std::int64_t id) const;

  BugzillaSession& session_;
  BugzillaDirectory& directory_;
  const BugzillaTerms& terms_;
};

// The number of a bug as the neutral key has it; empty when it is none.
std::optional<std::int64_t> bugzilla_id(const std::string& text);

}  // namespace cb
