// What the usual words of trackers mean, in the languages of Redmine's own default data (en, de, cs, ru, hu, fr, es)
// and as Bugzilla spells them. Case, accents, `_` and `-` make no difference.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/tracker_terms.hpp"

namespace cb {

// Words of a name in plain letters with single blanks between: `IN_PROGRESS` and `In-Progress` are `in progress`.
std::string plain_name(const std::string& name);

// Empty when the word is none of the usual ones.
std::optional<Phase> known_phase(const std::string& status);
// `---` is normal: nobody said anything.
std::optional<Priority> known_priority(const std::string& priority);
// Resolutions that make an issue withdrawn: there was nothing to do, for nobody.
bool is_withdrawing_resolution(const std::string& resolution);

enum class Membership { staff, customer, unknown };
Membership known_role(const std::string& role);
// Whether a group's name says that its members are staff.
bool is_staff_group(const std::string& group);

// Categories that issue types of the usual names claim: defect, feature, consultation.
std::optional<std::string> known_category(const std::string& type);

}  // namespace cb
