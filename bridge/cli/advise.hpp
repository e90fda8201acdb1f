// `advise`: which lines of a text sound urgent, by the word lists of the configuration. A JSON object for each line,
// also for an empty one: line (from 1), urgent, language, matched. Exit codes: 0 done, 2 a file that cannot be read.
#pragma once

#include <iosfwd>
#include <string>

#include "rules/urgency.hpp"

namespace cb {

int advise(const std::string& file, const UrgencyWords& words, std::ostream& out, std::ostream& err);

}  // namespace cb
