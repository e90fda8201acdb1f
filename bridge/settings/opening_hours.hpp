// Opening hours as calendars.yaml writes them: `always`, or by day (`mon`, `mon-fri`, also around the end of the week:
// `fri-mon`) a list of `HH:MM-HH:MM`. Hours of a day that overlap, also those that come over midnight from the day
// before, are refused. Internal to the loader.
#pragma once

#include "bridge/settings/yaml_reader.hpp"
#include "rules/calendar.hpp"

namespace cb {

void read_week(const YamlNode& node, CalendarTerms& terms, Problems& problems);
void read_short_days(const YamlNode& node, CalendarTerms& terms, Problems& problems);

}  // namespace cb
