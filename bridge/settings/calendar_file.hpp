// A file of calendars in the form of calendars.yaml, read by itself (`calendar eval`) or as a part of the
// configuration.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bridge/settings/problem.hpp"
#include "rules/calendar.hpp"
#include "rules/ids.hpp"

namespace cb {

struct CalendarFile {
  bool readable = false;           // the file is YAML at all
  std::vector<std::string> names;  // of all calendars, also of those with an error
  std::map<CalendarId, Calendar> calendars;
  std::vector<std::string> files;  // this one and its iCalendar files
};

CalendarFile read_calendar_file(const std::string& path, Problems& problems);

}  // namespace cb
