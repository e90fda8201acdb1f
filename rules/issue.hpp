// The neutral issue: one request as any tracker tells it, with the tracker's own words for status, priority and
// fields. What those words mean (phase, neutral priority, role) is decided in rules/ from TrackerTerms, so that an
// adapter supplies facts only and a scenario is as good as a tracker. Instants are UTC.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rules/ids.hpp"
#include "rules/time.hpp"

namespace cb {

enum class Visibility { everybody, internal };

// A person or robot as the tracker tells it. Empty means: not told. Equality of persons is same_person().
struct Author {
  std::string id;  // the tracker's own id, e.g. Redmine's user id
  std::string login;
  std::string address;  // e-mail
  std::string name;
  std::vector<std::string> groups;
  std::vector<std::string> roles;  // roles in the issue's project
  bool self = false;               // the bridge's own account
  friend bool operator==(const Author&, const Author&) = default;
};
bool same_person(const Author& a, const Author& b);
// For staff: address, else login, else name.
std::string called(const Author& author);

enum class Attribute { status, priority, type, resolution, assignee, project, component, version, label, field, flag };

// Values are the tracker's words. A label added goes from "" to LABEL, removed from LABEL to "".
// `name` is the field's name for Attribute::field, the flag's for Attribute::flag, else empty. A flag's values are
// `+`, `-` and `?`, or empty while it is not set.
struct FieldChange {
  Attribute what = Attribute::field;
  std::string name;
  std::string from;
  std::string to;
  friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

struct Comment {
  Visibility visibility = Visibility::everybody;
  std::string text;
  friend bool operator==(const Comment&, const Comment&) = default;
};

// What one person did at one instant; inside an event the comment counts before the changes (ruling 57).
struct Event {
  std::string id;  // the tracker's own id of the entry
  Instant at;
  Author by;
  std::optional<Comment> comment;
  std::vector<FieldChange> changes;
  friend bool operator==(const Event&, const Event&) = default;
};

// Fields that keep several values hold them all; a field that the tracker does not have is not in the map.
using Fields = std::map<std::string, std::vector<std::string>>;

// What the tracker offers to notice a concurrent change (Redmine and Bugzilla: the time of the last update).
struct Revision {
  std::string value;
  friend bool operator==(const Revision&, const Revision&) = default;
};

struct Issue {
  IssueKey key;
  std::string url;  // for people; empty where there is none
  std::string project;
  std::string product;
  std::string component;
  std::string version;
  std::string type;
  std::string priority;
  std::string status;
  std::string resolution;
  std::string summary;
  std::string description;
  Author reporter;
  std::optional<Author> assignee;
  std::string organisation;
  std::vector<std::string> more_organisations;  // where the tracker shares an issue with several
  std::vector<std::string> labels;
  Fields fields;
  std::string channel;
  std::string language;           // given by a field
  std::string detected_language;  // detected before evaluate(); used when none is given (ruling 31)
  Instant created;
  Instant updated;
  Revision revision;
  bool internal = false;       // a private issue: the customer does not see it
  bool history_known = true;   // false: the tracker did not tell the history, so clocks cannot be decided
  double logged_hours = 0;     // for budgets
  std::vector<Event> history;  // oldest first
  friend bool operator==(const Issue&, const Issue&) = default;
};

// First value of a field by name, ignoring case; empty when absent or empty.
std::string field_value(const Issue& issue, const std::string& name);

}  // namespace cb
