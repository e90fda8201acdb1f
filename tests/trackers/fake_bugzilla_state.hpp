// What a fake Bugzilla holds, as plain rows: tests arrange and inspect it directly. Instants are UTC; a custom
// date-time holds what the database of a real one does: local time of the server, `2026-11-22 15:00:00`.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rules/time.hpp"

namespace cb::fake_bugzilla {

// Which line of Bugzilla it answers like (trackers.md A1).
enum class Flavour {
  classic,  // 5.0, 5.2: keys as a parameter only, no whoami
  trunk,    // 5.3: keys in a header too
  harmony,  // 5.9: count_only, comments and history with a bug, date-times of fields with their zone
  bmo,      // the same under versions like 20260820.1
};

struct Settings {
  Flavour flavour = Flavour::classic;
  std::string version = "5.2";
  std::string zone = "UTC";  // IANA name: the server's local time
  std::string url_base = "http://bugzilla.example/";
  int max_search_results = 10000;
  int default_search_limit = 500;  // of the web pages: REST does not heed it (266)
  bool login_required = false;
  std::string insider_group = "staff";
  std::string time_tracking_group = "editbugs";
  std::string maintainer = "admin@example.com";
  std::string default_priority = "---", default_severity = "enhancement";
  std::map<std::string, std::string> extensions;  // name to version
  std::optional<Instant> last_audit;
  // How far search, history and comments, and all that is read without a login, are behind the master. Zero: the
  // server has no replica.
  Seconds replica_lag{0};
};

struct Group {
  int id = 0;
  std::string name, description;
  bool is_bug_group = false;  // bugs can be restricted to it
};

struct Key {
  std::string text;
  bool is_revoked = false;
};

struct User {
  int id = 0;
  std::string login, real_name;
  std::string password;
  std::vector<Key> keys;
  std::set<std::string> groups;
  std::string disabled_text;  // not empty: the account is closed
  std::set<std::string> tokens;
};

struct Component {
  int id = 0;
  std::string name, description;
  std::string assignee;  // login
};

struct Named {
  int id = 0;
  std::string name;
};

struct Product {
  int id = 0;
  std::string name, description;
  std::vector<Component> components;
  std::vector<Named> versions, milestones;
  std::string default_milestone = "---";
  std::set<std::string> groups;  // of every new bug
};

// As field/bug numbers them.
enum class FieldType {
  text = 1,
  select = 2,
  multi_select = 3,
  large_text = 4,
  date_time = 5,
  bug_id = 6,
  date = 9,
  integer = 10
};

struct Choice {
  std::string name;
  int sort_key = 0;
};

struct Field {
  int id = 0;
  std::string name, label;  // cf_customer, "Customer"
  FieldType type = FieldType::text;
  std::vector<Choice> values;
  bool is_obsolete = false;
};

struct Keyword {
  int id = 0;
  std::string name, description;
};

struct FlagType {
  int id = 0;
  std::string name, description;
  std::optional<int> request_group, grant_group;  // ids; nothing: everybody
  bool is_multiplicable = false;
  bool is_active = true;
  std::set<std::string> products = {};  // nothing: all
};

struct Status {
  std::string name;
  int sort_key = 0;
  bool is_open = true;
  std::vector<std::string> next;
};

struct Comment {
  int id = 0;
  int author = 0;
  Instant at;
  std::string text;
  bool is_private = false;
};

// One row of the history: what one person did to one field in one update.
struct Change {
  Instant at;
  int author = 0;
  std::string field;  // as the API names it
  std::string removed, added;
  std::optional<int> comment = std::nullopt;  // of longdescs.isprivate
};

struct Flag {
  int id = 0;
  int type = 0;
  std::string status;
  int setter = 0;
  std::optional<int> requestee;
  Instant created, changed;
};

struct Bug {
  int id = 0;
  std::string summary, product, component, version, milestone = "---", system = "All", platform = "All";
  std::string priority = "---", severity = "enhancement", status = "CONFIRMED", resolution, whiteboard, url, deadline;
  std::string kind = "defect";  // `type`, of harmony and bmo
  std::vector<std::string> aliases;
  int reporter = 0, assignee = 0;
  std::vector<int> cc;
  std::set<std::string> groups, keywords;
  std::vector<Flag> flags;
  std::vector<std::string> see_also;
  std::set<int> depends_on, blocks;
  std::optional<int> duplicate_of;
  Instant created, changed;
  bool is_confirmed = true, creator_sees = true, cc_sees = true;
  std::map<std::string, std::vector<std::string>> custom;  // by name; nothing: empty
  std::vector<Comment> comments;                           // the first is the description
  std::vector<Change> history;
};

using Bugs = std::map<int, Bug>;

struct State {
  Settings settings;
  std::vector<Group> groups;
  std::vector<User> users;
  std::vector<Product> products;
  std::vector<Field> fields;  // custom ones
  std::vector<Keyword> keywords;
  std::vector<FlagType> flag_types;
  std::vector<std::string> first_statuses;  // that a new bug may have
  std::vector<Status> statuses;
  std::vector<std::string> resolutions, severities, priorities, systems, platforms;
  Bugs bugs;
  int last_comment = 0, last_flag = 0;
};

const User* user_by_login(const State& state, const std::string& login);  // ignoring case
const User* user_by_id(const State& state, int id);
const Group* group_by_name(const State& state, const std::string& name);
const Group* group_by_id(const State& state, int id);
const Product* product_by_name(const State& state, const std::string& name);
const Field* field_by_name(const State& state, const std::string& name);
const FlagType* flag_type_by_id(const State& state, int id);
const Status* status_by_name(const State& state, const std::string& name);
int next_bug_id(const State& state);

// The plain text columns of a bug.
struct Column {
  const char* name;      // in the API: status
  const char* internal;  // in searches and field/bug: bug_status
  const char* label;     // in messages: Status
  std::string Bug::*text;
};
const std::vector<Column>& columns();
const Column* column(const std::string& name);  // by either name

}  // namespace cb::fake_bugzilla
