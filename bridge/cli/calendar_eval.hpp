// `calendar eval`: answers cases of business time, one JSON object a line, without any configuration. Standard output
// holds only the cases, each with `got`; differences, errors (with file and line) and the summary go to `err`. The
// cases are read line by line, so their number does not matter. Exit codes: 0 nothing differs from its `expect` or
// `expect_seconds`; 1 something does; 2 unreadable input: no calendars means no answers, an unreadable case is left
// out.
#pragma once

#include <iosfwd>
#include <string>

namespace cb {

struct CalendarEvalFiles {
  std::string calendars;  // a JSON list of calendars, or a calendars.yaml
  std::string cases;
};

int calendar_eval(const CalendarEvalFiles& files, std::ostream& out, std::ostream& err);

}  // namespace cb
