// What a Jira knows besides issues: who we are and what we may, statuses, priorities, fields, projects, people with
// their groups and roles. Read when first needed and kept until forget(). What the account may not see (403, 404) stays
// unnamed; any other failure is an error, never taken for "nothing there".
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/jira/jira_records.hpp"
#include "adapters/jira/jira_session.hpp"
#include "adapters/jira/jira_terms.hpp"
#include "rules/issue.hpp"

namespace cb {

// How a note for staff alone is written in one project.
struct JiraPrivacy {
  bool desk = false;   // as an internal note of the service desk
  std::string type;    // else restricted to a `role` or a `group`; empty: there is no way
  std::string value;   // its name
  std::string reason;  // why there is no way, in words
  [[nodiscard]] bool possible() const { return desk || !type.empty(); }
};

// What turns records into words.
struct JiraNames {
  std::map<std::string, std::string> statuses, priorities;      // by id: today's names
  std::map<std::string, std::string> project_keys;              // by id
  std::vector<JiraField> fields;                                // all of the server
  std::map<std::string, Author> people;                         // by id, without roles
  std::map<std::string, std::vector<JiraRole>> roles;           // by project key
  std::map<std::string, std::vector<std::string>> memberships;  // organisations by person's id
  std::map<std::string, JiraPrivacy> privacy;                   // by project key, as far as it was asked for
  bool cloud = false;
};

class JiraDirectory {
 public:
  // Both must outlive the directory.
  JiraDirectory(JiraSession& session, const JiraTerms& terms) : session_(session), terms_(terms) {}

  // Asks the server every time; `denied` with words for a key that is wrong or revoked.
  Result<JiraUser> identify();
  // As identify(), but asked only once until forget().
  Result<JiraUser> account();
  // Those of the permissions (EDIT_ISSUES) that the account has in the project; empty key: of the whole server.
  Result<std::set<std::string>> permissions(const std::string& project_key, const std::vector<std::string>& wanted);
  Result<std::vector<JiraStatus>> statuses();
  Result<std::vector<JiraName>> priorities();
  Result<std::vector<JiraField>> fields();
  // The configured projects, by key or name, or all that are visible; an error when a configured one is not visible.
  Result<std::vector<JiraProject>> projects();
  // The field of that id or name, ignoring case; empty when there is none, `denied` when several have the name.
  Result<std::optional<JiraField>> field(const std::string& name);
  Result<std::vector<JiraRole>> roles(const std::string& project_key);
  Result<JiraPrivacy> privacy(const JiraProject& project);
  // Reads what is needed to put these issues into words; nothing on success.
  std::optional<Error> prepare(const std::vector<const JiraIssue*>& issues);
  [[nodiscard]] const JiraNames& names() const { return names_; }
  [[nodiscard]] bool roles_hidden() const { return !roles_hidden_.empty(); }
  void forget();

 private:
  std::optional<Error> prepare_person(const JiraUser& user);
  std::optional<Error> prepare_membership(const JiraIssue& issue);
  Result<std::vector<std::string>> groups_of(const JiraUser& user);
  Result<std::vector<JiraProject>> visible_projects();
  Result<std::optional<std::string>> desk_of(const std::string& project_key);
  Result<bool> is_agent(const std::string& desk);
  Result<std::vector<std::string>> organisations_of(const JiraUser& user);
  std::optional<Error> read_organisations();

  JiraSession& session_;
  const JiraTerms& terms_;
  std::optional<JiraUser> account_;
  std::optional<std::vector<JiraStatus>> statuses_;
  std::optional<std::vector<JiraName>> priorities_;
  std::optional<std::vector<JiraProject>> projects_;
  std::optional<std::map<std::string, std::string>> desks_;  // ids of service desks by project key
  JiraNames names_;
  bool has_fields_ = false;
  bool organisations_read_ = false;
  std::set<std::string> roles_hidden_;  // keys of projects
};

// Every page of a list of `values`; `target` has a query or none.
Result<std::vector<JsonDocument>> jira_pages(JiraSession& session, const std::string& target, const std::string& doing);
// The same of the service desk's API.
Result<std::vector<JsonDocument>> jira_desk_pages(JiraSession& session, const std::string& target,
                                                  const std::string& doing);

// What a page holds and is not as expected, once all of them were read.
std::optional<Error> first_problem(const std::vector<JsonDocument>& pages);

// A person's roles in a project, by the person's id and groups.
std::vector<std::string> jira_roles_of(const Author& person, const std::vector<JiraRole>& roles);

}  // namespace cb
