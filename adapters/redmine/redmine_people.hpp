// Persons of the configuration to users of Redmine: who gets an issue, and who is put in copy (a watcher). The list of
// users is for administrators, so a person is looked for among the members of the issue's project: their ids and
// displayed names are told to any member, login and address with each user, as far as the account may see that one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/redmine/redmine_directory.hpp"
#include "adapters/redmine/redmine_records.hpp"
#include "adapters/redmine/redmine_session.hpp"
#include "adapters/tracker.hpp"

namespace cb {

struct RedmineWanted {
  PersonRef person;
  std::int64_t id = 0;  // 0: not found
  std::string problem;  // why it cannot be done, in words
};

struct RedminePeople {
  RedmineWanted assignee;             // without a person: nobody is wanted, or somebody has the issue
  std::string refused;                // Redmine's reasons against the assignee
  std::vector<RedmineWanted> copies;  // those who are not in copy yet
};

// Without the right to see who is in copy it would be tried again for ever.
bool redmine_may_copy(const RedmineRights& rights);
// Finds everybody who is wanted and not there already. Who cannot be found is a problem, not a failure.
Result<RedminePeople> redmine_people(RedmineDirectory& directory, const RedmineIssue& issue, const Changes& changes);
// Puts people in copy; true when anything was sent. What is refused here is a problem of that person, and the rest of
// the changes does not wait for it. Where Redmine does not answer or asks for a pause, nothing else is to be sent.
Result<bool> redmine_copy(RedmineSession& session, const RedmineIssue& issue, RedminePeople& people);
// Who is not there in the issue as it stands, and why, in words.
std::vector<std::string> redmine_missing_people(const RedmineIssue& issue, const RedminePeople& people);

}  // namespace cb
