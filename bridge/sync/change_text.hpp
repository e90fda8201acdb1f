// Changes in one line for people: logs, open intents, tables.
#pragma once

#include <string>

#include "adapters/tracker.hpp"

namespace cb {

// `billing=pool, +sla-breached, flag entitled+, assigned to alena.k, boris.s in copy, public note [cb-7f3a2c]`
std::string text_of(const Changes& changes);

}  // namespace cb
