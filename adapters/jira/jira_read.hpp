// Issues read whole: fields, complete history, all comments, the record and our links.
//
// Cloud: many at once by bulkfetch, and all their changes by changelog/bulkfetch; `expand=changelog` gives a part, the
// newest first, and is never used. A Data Center has the history only with the issue, one at a time; its count is
// checked (trackers.md C5). Comments that came with the issue count only where they are all, and where they tell
// whether the customer sees them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/jira/jira_directory.hpp"
#include "adapters/jira/jira_records.hpp"
#include "adapters/jira/jira_session.hpp"
#include "adapters/tracker.hpp"

namespace cb {

inline constexpr std::size_t k_jira_fetch_batch = 100;

class JiraReader {
 public:
  // All must outlive the reader.
  JiraReader(JiraSession& session, JiraDirectory& directory, const JiraTerms& terms)
      : session_(session), directory_(directory), terms_(terms) {}

  Result<JiraIssue> read(const std::string& id);
  std::vector<Result<JiraIssue>> read_all(const std::vector<std::string>& ids);
  std::optional<Error> read_watchers(JiraIssue& issue);

  Result<Fetched> fetched(const JiraIssue& issue);
  std::vector<Result<Fetched>> fetched_all(const std::vector<Result<JiraIssue>>& issues);

 private:
  using Found = std::map<std::string, JiraIssue>;  // by id
  Result<JiraIssue> read_with_history(const std::string& id);
  std::vector<Result<JiraIssue>> read_batch(const std::vector<std::string>& ids);
  Result<Found> bulk(const std::vector<std::string>& ids);
  std::optional<Error> read_histories(Found& found);
  // What no batch brings.
  std::optional<Error> complete(JiraIssue& issue);
  std::optional<Error> read_comments(JiraIssue& issue);
  std::optional<Error> read_links(JiraIssue& issue);
  Error no_such(const std::string& id) const;

  JiraSession& session_;
  JiraDirectory& directory_;
  const JiraTerms& terms_;
};

}  // namespace cb
