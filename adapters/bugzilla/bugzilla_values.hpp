// What a field of Bugzilla has to hold for a value to show, and whether it does, without any I/O. The form that is sent
// and the form that is read back differ: date-times are sent as wall time of the server by 5.0 to 5.3 and read as UTC,
// selects are cleared by "---" (an empty one is refused), texts are trimmed and hold 255 characters.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/bugzilla/bugzilla_records.hpp"
#include "adapters/tracker.hpp"
#include "rules/zone.hpp"

namespace cb {

inline constexpr std::size_t k_bugzilla_text_limit = 255;       // characters of a free text field (MAX_FREETEXT_LENGTH)
inline constexpr std::size_t k_bugzilla_comment_limit = 65535;  // characters of a comment, also of a large text field

// How date-times are written.
struct BugzillaClock {
  bool iso = false;          // with Z, by Harmony and BMO; else wall time of the server
  std::optional<Zone> zone;  // of the server, where it is configured
};

struct BugzillaWanted {
  std::vector<std::string> values;  // as they are read back: a date-time as ISO, a date as a date; empty: nothing
  std::string sent;                 // of a single value, as it is sent; empty: cleared
  std::string problem;              // why the field cannot hold it, in words; then it is cleared, never guessed
};

BugzillaWanted bugzilla_wanted(const BugzillaField& field, const Shown& shown, const BugzillaClock& clock);
// `present`: the raw values of the bug.
bool bugzilla_shows(const BugzillaField& field, const std::vector<std::string>& present, const BugzillaWanted& wanted,
                    const BugzillaClock& clock);

// Valid UTF-8 without carriage returns and NULs, as it will be read back.
std::string bugzilla_plain(const std::string& text);
// At most so many characters (not bytes); what was longer ends in `mark`. `text` has to be valid UTF-8.
std::string cut_to(const std::string& text, std::size_t characters, const std::string& mark);

}  // namespace cb
