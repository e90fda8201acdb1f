// The word lists of urgency: those of config/urgency, built in, with the configuration's own. internal to
// bridge/settings but for tests. Phrases of the configuration are stems (ruling 54): their last word may end in any
// way.
#pragma once

#include <memory>

#include "rules/urgency.hpp"

namespace cb {

const WordLists& builtin_urgency();

// `own` extends what is built in, or stands alone where `built_in` is false.
std::shared_ptr<const UrgencyWords> urgency_words(const WordLists& own, bool built_in);

}  // namespace cb
