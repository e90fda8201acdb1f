// The fields that the bridge can use: by which names an existing one is recognised, of which kinds it may be, and what
// an administrator would create.
#pragma once

#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "bridge/settings/settings.hpp"

namespace cb {

enum class FieldKind { unknown, text, long_text, list, several, truth, date, date_time, other };

// What the tracker's word for the format means; unknown where it does not tell.
FieldKind kind_of(const FieldInfo& field, TrackerKind tracker);

// Types of Jira's new fields that are named in more than one place.
inline constexpr const char* k_jira_text = "Text Field (single line)";
inline constexpr const char* k_jira_list = "Select List (single choice)";
inline constexpr const char* k_jira_instant = "Date Time Picker";
inline constexpr const char* k_jira_day = "Date Picker";

// What an administrator would create; without a name nothing is suggested.
struct MadeByHand {
  std::string name;
  std::string type;  // in the tracker's words
};

struct FieldWant {
  std::string section;             // read, write
  std::string key;                 // of bridge.yaml
  std::vector<std::string> names;  // that say it; see field_words()
  std::vector<FieldKind> kinds;    // that can hold it, best first
  std::vector<std::string> words;  // all that the bridge writes there, or that it looks for: of a list
  MadeByHand redmine;
  MadeByHand bugzilla;
  MadeByHand jira;  // the name, and the type as Jira's list of new fields calls it
  std::string use;  // what stands in it, in words for the administrator
  bool recommended = false;
  bool is_due = false;       // holds an instant
  bool for_bugzilla = true;  // false: Bugzilla has its own place for it
  bool for_jira = true;      // likewise
};
const MadeByHand& by_hand(const FieldWant& want, TrackerKind tracker);
bool has_own_place(const FieldWant& want, TrackerKind tracker);
const std::vector<FieldWant>& field_wants();

// A name in words that compare: without `cf_`, case and accents, in any order, `deadline` as `due` and the like.
std::string field_words(const std::string& name);

}  // namespace cb
