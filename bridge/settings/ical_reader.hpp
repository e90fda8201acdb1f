// Holidays from an iCalendar file (RFC 5545), the only door to libical: every day of every all-day event from 1990 to
// 2200, with recurrences, RDATE and EXDATE; DTEND is exclusive. Events with a time of day are no holidays: they are
// left out with a warning. Cancelled events are left out.
#pragma once

#include <set>
#include <string>

#include "bridge/settings/problem.hpp"
#include "rules/time.hpp"

namespace cb {

// Problems stand at `place`, where the configuration names the file.
std::set<Date> read_ical_file(const std::string& path, const Place& place, Problems& problems);
// The same of the file's content; `path` is what messages call it.
std::set<Date> read_ical_text(const std::string& content, const std::string& path, const Place& place,
                              Problems& problems);

}  // namespace cb
