// Changes on their way to bugs: read again from the master, compared with what they were decided on, written, and read
// back. Bugzilla notices no concurrent change: a bug that moves between the reading and the writing, some
// milliseconds, is written nevertheless; fields of others are not in the request, and the reading back tells what
// stands there.
//
// Date-times have to read back to the second: where they do not, server_timezone is wrong, they are cleared at once,
// and writing stops. A comment for staff that stands in public is made private again, and writing stops: Bugzilla
// shows its text in the bug's history for ever (recordings 174 and 369).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/bugzilla/bugzilla_directory.hpp"
#include "adapters/bugzilla/bugzilla_people.hpp"
#include "adapters/bugzilla/bugzilla_put.hpp"
#include "adapters/bugzilla/bugzilla_read.hpp"
#include "adapters/bugzilla/bugzilla_session.hpp"
#include "adapters/bugzilla/bugzilla_terms.hpp"
#include "adapters/tracker.hpp"

namespace cb {

inline constexpr std::size_t k_bugzilla_write_batch = 50;

class BugzillaWriter {
 public:
  // All must outlive the writer.
  BugzillaWriter(BugzillaSession& session, BugzillaDirectory& directory, BugzillaReader& reader,
                 const BugzillaTerms& terms)
      : session_(session), directory_(directory), reader_(reader), terms_(terms) {}

  // As Tracker::apply and apply_all.
  Result<Applied> apply(const IssueKey& key, const Changes& changes, const Revision& expected);
  std::vector<Result<Applied>> apply_all(const std::vector<WriteTarget>& targets, const Changes& changes);

 private:
  // A bug with what has to be done to it, and what became of that.
  struct Job {
    BugzillaBug before;
    BugzillaPeople people;
    std::vector<BugzillaUpdate> updates;
    bool private_refused = false;
    std::map<std::string, std::string> refused_links{};
    std::vector<BugzillaFieldUpdate> sent{};  // date-times
    Instant written{};                        // the time that the server gave to our last update
  };
  using Answers = std::vector<std::optional<Result<Applied>>>;

  Result<BugzillaWriting> writing();
  Result<Job> job_for(BugzillaBug before, const Changes& changes, const Revision& expected);
  Result<Applied> run(Job& job, const Changes& changes);
  std::optional<Error> write(Job& job);
  std::optional<Error> put(Job& job, BugzillaUpdate update);
  void note(Job& job, const BugzillaUpdate& update, BugzillaPut put);
  Result<Applied> finish(Job& job, Result<BugzillaBug> after, const Changes& changes);
  Result<Applied> seen(const BugzillaBug& bug, const Changes& changes, const Job& job);
  std::optional<Error> exposed(const BugzillaBug& bug, const Changes& changes);
  std::optional<Error> misread(const Job& job, const Result<BugzillaBug>& after);
  Error zone_is_wrong(const Job& job, const std::vector<std::string>& names, const std::string& what);
  void run_together(std::vector<Job>& jobs, const std::vector<std::size_t>& group, const Changes& changes,
                    Answers& answers);

  BugzillaSession& session_;
  BugzillaDirectory& directory_;
  BugzillaReader& reader_;
  const BugzillaTerms& terms_;
};

}  // namespace cb
