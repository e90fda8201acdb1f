// Whom the configuration names, found among the accounts of a Jira; whoever cannot be found or reached is told in words
// and keeps nothing else from being written.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/jira/jira_records.hpp"
#include "adapters/jira/jira_session.hpp"
#include "adapters/jira/jira_write.hpp"
#include "adapters/tracker.hpp"

namespace cb {

struct JiraFound {
  PersonRef wanted;
  std::string login;    // empty: not to be reached
  std::string problem;  // why not, in words
};

struct JiraPeople {
  JiraFound assignee;
  std::vector<JiraFound> copies;
  [[nodiscard]] JiraLogins logins() const;
  // That account could not be assigned or put in copy.
  void refuse(const std::string& login, const std::string& words);
  // Who is not there in the issue as it stands, and why, in words.
  [[nodiscard]] std::vector<std::string> unreached(const JiraIssue& issue) const;
};

class JiraPhoneBook {
 public:
  // Must outlive the phone book.
  explicit JiraPhoneBook(JiraSession& session) : session_(session) {}

  // Those of the changes who are not there yet.
  Result<JiraPeople> people(const JiraIssue& issue, const Changes& changes);

 private:
  Result<JiraFound> find(const PersonRef& person);
  Result<JiraFound> look_up(const PersonRef& person);
  Result<std::vector<JiraUser>> users(const std::string& parameter, const std::string& text);

  JiraSession& session_;
  std::map<std::string, JiraFound> known_;
};

}  // namespace cb
