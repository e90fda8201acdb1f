// What an in-memory Redmine 5.0.4 keeps: rows as in its database, as plain values. Ids are Redmine's own; instants are
// UTC. A stored custom field value of nothing (never set) is told as null, an emptied one as "". Sources: the recorded
// exchanges in tests/data/recordings/redmine and Redmine's source.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rules/time.hpp"

namespace cb::fake {

struct User {
  int id = 0;
  std::string login, firstname, lastname, mail;
  std::string key;       // API key
  std::string password;  // empty: none
  bool admin = false;
  bool locked = false;
  bool hide_mail = true;  // Redmine's default: other people who are no administrators do not see the address
  Instant created;
  [[nodiscard]] std::string name() const { return firstname + " " + lastname; }
};

struct Role {
  int id = 0;
  std::string name;
  std::set<std::string> permissions;
  std::string issues_visibility = "default";  // all, default (no private ones of others), own
  bool any_transition = false;                // the workflow lets it go from every status to every status
  bool assignable = true;                     // issues can be assigned to its members
};

struct Status {
  int id = 0;
  std::string name;
  bool closed = false;
};

struct Named {  // a tracker or a priority
  int id = 0;
  std::string name;
};

struct Project {
  enum class State { active = 1, closed = 5, archived = 9 };
  int id = 0;
  std::string identifier, name, description;
  State state = State::active;
  std::vector<std::pair<int, int>> members;  // user, role
  Instant created;
};

struct Field {
  int id = 0;
  std::string name;
  std::string format = "string";  // string, text, list, date, int, float, bool, link, user, enumeration
  std::string regexp;
  std::vector<std::string> values;
  bool multiple = false;
  bool required = false;
  bool for_all = false;                // serves every project, and is not told among a project's own fields
  std::optional<std::string> initial;  // default value
  std::set<int> trackers;              // empty: all
};

// One value, several, or never set (empty).
using Value = std::vector<std::string>;

struct Detail {
  std::string property, name;
  std::optional<std::string> old_value, new_value;
};

struct Journal {
  int id = 0;
  int user = 0;
  Instant created;
  std::optional<std::string> notes;
  bool is_private = false;
  std::vector<Detail> details;
};

struct IssueRow {
  int id = 0;
  int project = 0, tracker = 0, status = 0, priority = 0, author = 0;
  std::optional<int> assignee;
  std::vector<int> watchers;  // users, in the order they were added
  std::string subject;
  std::optional<std::string> description, start_date, due_date;
  std::optional<double> estimated_hours;
  int done_ratio = 0;
  bool is_private = false;
  double spent_hours = 0;
  std::map<int, Value> values;  // by field
  Instant created, updated;
  long update_order = 0;  // who was updated later within the same second
  std::optional<Instant> closed;
  int lock_version = 1;  // a fresh issue has 1 (recording 226)
  std::vector<Journal> journals;
};

struct State {
  bool login_required = false;
  bool rest_enabled = true;
  std::vector<User> users;
  std::vector<Role> roles;
  std::vector<Status> statuses;  // the first is the one of a new issue
  std::vector<Named> trackers, priorities;
  int default_priority = 0;
  std::vector<Project> projects;
  std::vector<Field> fields;
  std::map<int, IssueRow> issues;
  long updates = 0;
  int time_entries = 0;
};

// Row with that id or name; nothing when there is none.
template <class Row>
const Row* by_id(const std::vector<Row>& rows, int id) {
  for (const auto& row : rows)
    if (row.id == id) return &row;
  return nullptr;
}
template <class Row>
const Row* by_name(const std::vector<Row>& rows, const std::string& name) {
  for (const auto& row : rows)
    if (row.name == name) return &row;
  return nullptr;
}
const User* user_by_login(const State& state, const std::string& login);
const Project* find_project(const State& state, const std::string& id_or_identifier);
// The field is used on issues of this tracker.
bool serves(const Field& field, int tracker);

// As on SQLite, where AUTOINCREMENT got lost: the id of a deleted newest row is used again.
int next_issue_id(const State& state);
int next_journal_id(const State& state);

// The row is changed now: updated_on moves and so does its lock.
void touch(State& state, IssueRow& issue, Instant now);

}  // namespace cb::fake
