// What a Redmine knows besides issues: who we are and what we may, the names behind ids, people and their roles. Read
// when first needed and kept; read again when an id turns up that is not known, and all of it after forget(). What the
// account may not see (403, 404) stays unnamed; any other failure is an error, never taken for "nothing there".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/redmine/redmine_records.hpp"
#include "adapters/redmine/redmine_session.hpp"

namespace cb {

// What our account may do in one project.
struct RedmineRights {
  std::vector<std::string> roles;
  std::set<std::string> permissions;
  bool admin = false;
  bool known = true;  // false: a role's permissions could not be read
  [[nodiscard]] bool may(const std::string& permission) const { return admin || permissions.count(permission) != 0; }
};

class RedmineDirectory {
 public:
  explicit RedmineDirectory(RedmineSession& session) : session_(session) {}

  // Asks the server every time; `denied` with words for a key that is wrong, locked, or while REST is off.
  Result<RedmineUser> identify();
  // As identify(), but asked only once until forget().
  Result<RedmineUser> account();
  // Reads what is needed to put this issue into words; nothing on success.
  std::optional<Error> prepare(const RedmineIssue& issue);
  [[nodiscard]] const RedmineNames& names() const { return names_; }

  Result<std::vector<RedmineProject>> projects();
  Result<RedmineRights> rights_in(std::int64_t project);
  // Users and groups, locked ones too; empty where the account may not see them.
  Result<std::vector<RedmineNamed>> members_of(std::int64_t project);
  // What the account may know of somebody; asked once.
  Result<Author> person(const RedmineNamed& who);
  // What it would take to see more; for survey().
  [[nodiscard]] std::size_t people_seen() const { return people_seen_; }
  [[nodiscard]] std::size_t people_without_address() const { return people_without_address_; }
  void forget();

 private:
  std::optional<Error> read_list(const std::string& target, const std::string& key, const std::string& doing,
                                 std::map<std::int64_t, std::string>& into);
  std::optional<Error> name_ids(const RedmineIssue& issue, const std::string& attribute, const std::string& target,
                                const std::string& key, const std::string& doing,
                                std::map<std::int64_t, std::string>& into);
  std::optional<Error> name_project(std::int64_t id);
  std::optional<Error> name_fields(const RedmineIssue& issue);
  Result<std::optional<std::set<std::string>>> granted_by(const RedmineNamed& role);
  std::optional<Error> read_roles(std::int64_t project);
  std::optional<Error> read_person(const RedmineNamed& person);
  bool first_time(const std::string& what) { return asked_.insert(what).second; }

  RedmineSession& session_;
  std::optional<RedmineUser> account_;
  std::optional<std::vector<RedmineProject>> projects_;
  std::map<std::int64_t, RedmineRights> rights_;                          // by project
  std::map<std::int64_t, std::optional<std::set<std::string>>> granted_;  // by role; none: it may not be read
  std::map<std::int64_t, std::vector<RedmineNamed>> members_;             // by project
  RedmineNames names_;
  std::set<std::string> asked_;  // what was asked for, so that an id without a name is not asked for again and again
  std::size_t people_seen_ = 0;
  std::size_t people_without_address_ = 0;
};

}  // namespace cb
