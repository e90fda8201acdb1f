// What Bugzilla's REST answers say, as plain values: the step between JSON and the neutral Issue.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rules/time.hpp"

namespace cb {

enum class BugzillaFlavour { classic, trunk, harmony, bmo };  // 5.0 to 5.2, 5.3, 5.9, and Mozilla's with a date

// What differs between the flavours (trackers.md A1).
struct BugzillaServer {
  std::string version;
  BugzillaFlavour flavour = BugzillaFlavour::classic;
  bool key_in_header = false;
  bool key_in_parameter = true;        // the only way that 5.0 and 5.2 know; it ends up in the server's access log
  bool whoami = false;                 // GET /rest/whoami
  bool writes_iso_date_times = false;  // else local time of the server, without a zone
  bool history_in_bug = false;         // `comments` and `history` may be asked for with the bug
};

struct BugzillaPerson {
  std::int64_t id = 0;  // 0: not told
  std::string login;
  std::string address;
  std::string name;
};

// A row of GET /user. Groups of others are shown to few accounts: none there does not mean that they are in none.
struct BugzillaUser {
  BugzillaPerson person;
  std::vector<std::string> groups;
  bool is_own = false;  // the row of the account that asked: only that one holds its saved searches
};

struct BugzillaFlag {
  std::int64_t id = 0;
  std::string name;
  std::string status;  // + - ?
  std::string setter;  // login
};

struct BugzillaChange {
  std::string field;
  std::string removed;
  std::string added;
};

struct BugzillaHistoryEntry {
  Instant when;
  std::string who;  // login
  std::vector<BugzillaChange> changes;
  bool privacy_changed = false;  // of a comment or an attachment
};

struct BugzillaComment {
  std::int64_t id = 0;
  std::int64_t count = 0;  // 0: the description; keeps its gaps where private ones are not shown
  std::string author;      // login
  Instant created;
  bool is_private = false;
  std::string text;
};

struct BugzillaBug {
  std::int64_t id = 0;
  std::string product, component, version, type, status, resolution, priority, severity, platform, op_sys, milestone;
  std::string summary, whiteboard, url;
  BugzillaPerson creator, assignee;
  std::vector<BugzillaPerson> cc;
  std::vector<std::string> keywords, see_also, groups;
  bool is_creator_accessible = true;
  double actual_hours = 0;
  std::vector<BugzillaFlag> flags;
  std::map<std::string, std::vector<std::string>> fields;  // cf_*, raw; those without a value are there, empty
  Instant created;
  Instant updated;
  std::vector<BugzillaHistoryEntry> history;  // oldest first
  std::vector<BugzillaComment> comments;      // oldest first, the description among them
  bool has_history = false;                   // read
  bool has_comments = false;                  // read
};

struct BugzillaRef {
  std::int64_t id = 0;
  Instant updated;
};

// Field types of the API (trackers.md A7).
enum class BugzillaFieldType { other, text, select, multi_select, textarea, date_time, bug_id, date, integer };

struct BugzillaField {
  std::string name;          // cf_due
  std::string display_name;  // Due
  BugzillaFieldType type = BugzillaFieldType::other;
  bool is_custom = false;
  bool is_mandatory = false;
  std::vector<std::string> values;    // of selects
  std::vector<std::string> closed{};  // of them, statuses that end a bug
};

struct BugzillaComponent {
  std::string name;
  std::string default_assignee;    // login; empty where nobody is
  std::vector<std::string> flags;  // names of the flags that its bugs may have
};

struct BugzillaProduct {
  std::int64_t id = 0;
  std::string name;
  std::vector<BugzillaComponent> components;
  std::vector<std::string> versions;
};

}  // namespace cb
