// Dates and times as people of a language write them, in a zone of theirs: `12 May 2026, 18:00 (CEST)`,
// `12.05.2026, 18:00 (MSK)`, `12. 5. 2026 18:00 (CEST)`, `2026. 05. 12. 18:00 (CEST)`; in any other language
// `2026-05-12 18:00 (CEST)`.
#pragma once

#include <string>

#include "rules/time.hpp"
#include "rules/zone.hpp"

namespace cb {

std::string date_in(const std::string& language, Date date);
std::string instant_in(const std::string& language, Instant instant, const Zone& zone);

}  // namespace cb
