// Changes on their way to issues: read again, compared with what they were decided on, written, and read back. Jira
// notices no concurrent change: an issue that moves between the reading and the writing is written nevertheless; fields
// of others are not in the request, and the reading back tells what stands there.
//
// A comment for staff is written only where it is certain that customers do not read it; one that they can read all the
// same is removed at once, and writing stops.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/jira/jira_directory.hpp"
#include "adapters/jira/jira_phone_book.hpp"
#include "adapters/jira/jira_put.hpp"
#include "adapters/jira/jira_read.hpp"
#include "adapters/jira/jira_session.hpp"
#include "adapters/tracker.hpp"

namespace cb {

inline constexpr std::size_t k_jira_write_batch = 50;

class JiraWriter {
 public:
  // All must outlive the writer.
  JiraWriter(JiraSession& session, JiraDirectory& directory, JiraReader& reader, const JiraTerms& terms)
      : session_(session), directory_(directory), reader_(reader), terms_(terms), put_(session, terms) {}

  // As Tracker::apply and apply_all.
  Result<Applied> apply(const IssueKey& key, const Changes& changes, const Revision& expected);
  std::vector<Result<Applied>> apply_all(const std::vector<WriteTarget>& targets, const Changes& changes);
  // What was found out about rights is found out anew.
  void forget() {
    put_.forget();
    bulk_refused_ = false;
  }

 private:
  // An issue with what has to be done to it, and what became of that.
  struct Job {
    JiraIssue before;
    Changes changes;
    JiraWriting how;
    JiraPeople people;
    JiraUpdate update;
    std::vector<std::string> left_out{};  // what Jira refused and the rest was written without, in words
    std::optional<Error> note_refused{};  // why a comment for staff was not written
  };
  using Answers = std::vector<std::optional<Result<Applied>>>;

  Result<JiraWriting> writing();
  Result<Job> job_for(JiraIssue before, const Changes& changes, const Revision& expected);
  Result<Applied> run(Job& job);
  std::optional<Error> write(Job& job);
  std::optional<Error> edit(Job& job);
  std::optional<Error> comment(Job& job, const NewComment& comment);
  Result<Applied> finish(Job& job, const JiraIssue& after);
  Result<JiraIssue> read_back(Job& job);
  std::optional<Error> exposed(const JiraIssue& issue, const Changes& changes, const std::string& self);
  void run_together(std::vector<Job>& jobs, const std::vector<std::size_t>& group, Answers& answers);

  JiraSession& session_;
  JiraDirectory& directory_;
  JiraReader& reader_;
  const JiraTerms& terms_;
  JiraPutter put_;
  bool bulk_refused_ = false;
};

}  // namespace cb
