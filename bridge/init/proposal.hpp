// A configuration proposed from what a server has: pure, survey in, proposal out. What exists is bound; what has to be
// made by hand, because no tracker's API can make it, is listed with its exact name and type. Nothing here is a guess
// that could overwrite somebody's data: a field is only written when its name says what the bridge would write.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/tracker.hpp"
#include "bridge/settings/settings.hpp"
#include "rules/tracker_terms.hpp"

namespace cb {

// Whom `init` asks: what the survey needs, and what the proposal repeats.
struct InitTarget {
  TrackerKind kind = TrackerKind::redmine;
  std::string name = "support";  // of the tracker: issues are called name#123
  std::string url;
  SecretReference api_key;
  std::string ca_file;
  std::string login;  // Bugzilla: of the key's account, where the server does not tell; Jira Cloud: its address
  std::string server_timezone;
  std::vector<std::string> projects;  // products on Bugzilla
};

// A word of the tracker and whether its meaning was recognised.
struct MappedWord {
  std::string word;
  bool sure = true;
};

// A key under `read` or `write` and the field that takes it.
struct FieldBinding {
  std::string section;  // read, write
  std::string key;      // customer, billing
  std::string field;    // as bridge.yaml names it
  std::string value;    // the word that says yes, for approvals
  std::string format;   // of an instant; empty: the default
};

// A field that an administrator may create.
struct MissingField {
  FieldBinding binding;  // what it would be bound as
  std::string type;      // in the tracker's words: Free Text
  std::vector<std::string> values;
  std::string use;  // what stands in it
  bool recommended = true;
  bool filled_by_bridge = true;
};

// A piece of work for an administrator.
struct AdminTask {
  std::string title;
  std::vector<std::string> steps;
};

struct Proposal {
  InitTarget target;
  std::string version;
  std::string account;
  bool zone_is_proved = false;
  std::vector<std::string> visible_projects;
  std::map<Phase, std::vector<MappedWord>> statuses;
  std::map<Priority, std::vector<MappedWord>> priorities;
  People staff;
  bool staff_is_sure = true;
  People bots;
  std::vector<std::string> other_roles;   // that are not proposed as staff
  std::vector<std::string> other_groups;  // likewise
  std::vector<FieldBinding> bound;
  std::vector<MissingField> missing;
  std::string label_field;
  std::map<std::string, std::string> labels;          // write.labels: state to label
  std::map<std::string, std::string> missing_labels;  // likewise, to be created
  std::map<std::string, std::string> read_labels;     // read key to label
  std::map<std::string, std::string> missing_read_labels;
  std::map<std::string, std::string> flags;  // write.flags
  bool missing_flag = false;                 // the flag type `entitled` could be created
  std::string property;                      // write.property; empty: the tracker keeps none
  bool internal_comments = false;            // notes that only staff see can be written
  bool quiet_writes = false;                 // this account may keep its writes from mailing people
  std::vector<std::string> types;
  std::vector<std::string> remarks;   // why a field that looks right is not bound, and the like
  std::vector<std::string> notes;     // the survey's
  std::vector<std::string> problems;  // the survey's
  std::vector<AdminTask> tasks;
  std::vector<std::string> made;      // fields that `init --create` made, in words
  std::vector<std::string> not_made;  // fields that it could not make, and why
};

Proposal propose(const InitTarget& target, const Survey& survey, const Capabilities& capabilities);

// `redmine`, `bugzilla`, `jira`, and `Redmine`, `Bugzilla`, `Jira`.
std::string to_text(TrackerKind kind);
std::string display_name(TrackerKind kind);
std::optional<TrackerKind> tracker_kind_from_text(const std::string& text);

}  // namespace cb
