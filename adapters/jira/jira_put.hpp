// The single requests that change an issue. Edits ask Jira to mail nobody, which only administrators of the project may
// (trackers.md C6); where that is refused, the project is edited loudly from then on.
#pragma once

#include <set>
#include <string>

#include "adapters/jira/jira_directory.hpp"
#include "adapters/jira/jira_phone_book.hpp"
#include "adapters/jira/jira_session.hpp"
#include "adapters/jira/jira_write.hpp"

namespace cb {

class JiraPutter {
 public:
  // Both must outlive it.
  JiraPutter(JiraSession& session, const JiraTerms& terms) : session_(session), terms_(terms) {}

  // A field that is on no screen is left out and the rest written; `people` are told who was refused. `left_out` gets
  // what was not written, in words.
  std::optional<Error> edit(const JiraIssue& issue, JiraEdit edit, const std::string& record,
                            const JiraWriting& writing, JiraPeople& people, std::vector<std::string>& left_out);
  // The record alone, which is no edit and changes no field.
  std::optional<Error> property(const JiraIssue& issue, const std::string& record);
  std::optional<Error> comment(const JiraIssue& issue, const NewComment& comment, const JiraPrivacy& privacy,
                               bool cloud);
  std::optional<Error> remove_comment(const JiraIssue& issue, const std::string& comment);
  std::optional<Error> link(const JiraIssue& issue, const Link& link);
  // Refused people are told in `people`.
  std::optional<Error> watch(const JiraIssue& issue, const std::string& login, JiraPeople& people);
  // By the transition of the moment that leads there and needs nothing that we do not have; `left_out` when none does.
  std::optional<Error> transition(const JiraIssue& issue, const std::string& status,
                                  std::vector<std::string>& left_out);

  [[nodiscard]] bool is_quiet(const std::string& project_key) const {
    return terms_.quiet && loud_.count(project_key) == 0;
  }
  void be_loud(const std::string& project_key) { loud_.insert(project_key); }
  // Rights may have changed.
  void forget() { loud_.clear(); }

 private:
  JiraResult<JsonDocument> desk_note(const JiraIssue& issue, const NewComment& comment, bool cloud,
                                     const std::string& doing);

  JiraSession& session_;
  const JiraTerms& terms_;
  std::set<std::string> loud_;  // projects where quiet edits are refused
};

// Of a failed write: whether it was done is not known where no answer came.
Error jira_write_error(JiraRefusal refusal);

}  // namespace cb
