// What a Bugzilla knows besides bugs: who we are and what we may, people and their groups, fields, products. Read when
// first needed and kept until forget(). A failed read is an error, never taken for "nothing there".
//
// 5.0 and 5.2 have no `whoami`. The account is found by its row in GET /user, the only one that holds saved searches
// (recordings 014 and 013; WebService/User.pm), and proven by GET /valid_login: a key that the server did not read
// answers `false` there, so that a stranger is never taken for us.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adapters/bugzilla/bugzilla_records.hpp"
#include "adapters/bugzilla/bugzilla_session.hpp"
#include "adapters/bugzilla/bugzilla_terms.hpp"
#include "rules/issue.hpp"
#include "rules/zone.hpp"

namespace cb {

// What turns records into words.
struct BugzillaNames {
  std::map<std::string, Author> people;  // by folded login
  std::vector<BugzillaField> fields;
  std::map<std::pair<std::string, std::string>, std::string> default_assignees;  // by product and component
  std::string insider_group;                                                     // empty: not known
  std::optional<Zone> zone;                                                      // server_timezone
};

class BugzillaDirectory {
 public:
  // Both must outlive the directory.
  BugzillaDirectory(BugzillaSession& session, const BugzillaTerms& terms) : session_(session), terms_(terms) {}

  // Asks the server every time; `denied` with words for a key that is wrong, revoked, or of a disabled account.
  Result<BugzillaUser> identify();
  // Whether the server still takes us for that account: one request, where identify() needs several.
  std::optional<Error> confirm();
  // As identify(), but asked only once until forget().
  Result<BugzillaUser> account();
  // False only where it is certain: the group is known and we are not in it, or we are in no group at all.
  Result<bool> may_be_insider();
  Result<std::string> insider_group();  // empty: neither configured nor told to this account
  Result<std::vector<BugzillaField>> fields();
  // The configured products, or all that are visible; an error when a configured one is not visible, because a search
  // for an unknown product finds nothing and says nothing (recording 294).
  Result<std::vector<BugzillaProduct>> products();
  Result<Instant> server_time();
  // The field of that API name or display name, ignoring case; empty when there is none.
  Result<std::optional<BugzillaField>> field(const std::string& name);
  // What the account may know of somebody, by login; asked once. Unknown people keep their login only.
  Result<Author> person(const std::string& login);
  // Reads what is needed to put these bugs into words; nothing on success.
  std::optional<Error> prepare(const std::vector<const BugzillaBug*>& bugs);
  [[nodiscard]] const BugzillaNames& names() const { return names_; }
  // What it would take to see more; for the survey.
  [[nodiscard]] std::size_t people_seen() const { return names_.people.size(); }
  [[nodiscard]] bool groups_of_others_seen() const { return groups_of_others_seen_; }
  void forget();

 private:
  // What an account is called, as far as it can be told and proven; empty: ask in another way.
  Result<std::string> login_by_whoami();
  Result<std::string> login_by_proof();
  Result<bool> proven(const std::string& login);
  Result<BugzillaUser> own_row(const std::string& login);
  std::optional<Error> read_people(const std::vector<std::string>& logins);
  std::optional<Error> read_batch(const std::vector<std::string>& logins);
  void keep(const BugzillaUser& user);

  BugzillaSession& session_;
  const BugzillaTerms& terms_;
  std::optional<BugzillaUser> account_;
  std::string found_login_;  // survives forget(): the key's account does not change, and it is proven each time
  std::optional<std::vector<BugzillaField>> fields_;
  std::optional<std::vector<BugzillaProduct>> products_;
  std::optional<std::string> insider_group_;
  BugzillaNames names_;
  bool groups_of_others_seen_ = false;
};

}  // namespace cb
