// Persons of the configuration to logins of Bugzilla: who gets a bug, and who is put in copy. The login decides, else
// the address, else the name as Bugzilla displays it, if only one account has it. Who may see whom is a matter of the
// server (usevisibilitygroups); a name that is searched for matches parts of names, so the answer is compared as a
// whole.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/bugzilla/bugzilla_records.hpp"
#include "adapters/bugzilla/bugzilla_session.hpp"
#include "adapters/bugzilla/bugzilla_write.hpp"
#include "adapters/tracker.hpp"

namespace cb {

struct BugzillaFound {
  PersonRef person;
  std::string login;    // empty: not found
  std::string problem;  // why it cannot be done, in words
};

struct BugzillaPeople {
  BugzillaFound assignee;             // without a person: nobody is wanted, or somebody has the bug
  std::vector<BugzillaFound> copies;  // those who are not in copy yet
  [[nodiscard]] BugzillaLogins logins() const;
  // Takes a login out, because the server refused it in these words.
  void refuse(const std::string& login, const std::string& words);
};

// Finds people, each once.
class BugzillaPhoneBook {
 public:
  explicit BugzillaPhoneBook(BugzillaSession& session) : session_(session) {}
  // Everybody who is wanted and not there already. Who cannot be found is a problem, not a failure. `holder` is the
  // login of who has the bug, or empty.
  Result<BugzillaPeople> people(const BugzillaBug& bug, const std::string& holder, const Changes& changes);

 private:
  Result<BugzillaFound> find(const PersonRef& person);
  Result<BugzillaFound> look_up(const PersonRef& person);
  Result<std::vector<BugzillaUser>> users(const std::string& query);

  BugzillaSession& session_;
  std::map<std::string, BugzillaFound> known_;
};

// Who is not there in the bug as it stands, and why, in words.
std::vector<std::string> bugzilla_missing_people(const BugzillaBug& bug, const std::string& holder,
                                                 const BugzillaPeople& people);

}  // namespace cb
