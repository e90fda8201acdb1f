// The JSON that `calendar eval` reads and answers: a list of calendars, and one case a line. Instants are UTC; hours
// are wall time of the calendar's zone; `minutes` are open time. What cannot be understood is told in words that name
// the key; the caller adds the file and, for a case, the line.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rules/calendar.hpp"

namespace cb {

// Something wrong in a text, at a place counted from 1; column 0 where only the line is known.
struct JsonProblem {
  int line = 0;
  int column = 0;
  std::string text;
};

struct JsonCalendars {
  std::map<std::string, Calendar> calendars;
  std::vector<JsonProblem> errors;
  std::vector<JsonProblem> warnings;  // keys that mean nothing
};

JsonCalendars read_json_calendars(const std::string& text);

struct CaseAnswer {
  enum class Verdict { equal, different, nothing_expected, unreadable } verdict = Verdict::unreadable;
  std::string line;        // the case with `got`, as one line of JSON
  std::string difference;  // of a different one, for people
  JsonProblem problem;     // of an unreadable one; line is 1
};

// A case has `calendar` and `op`: `deadline` (`start`, `minutes`), `deadline_with_pauses` (and `pauses`: a list of
// [from, to], to is null while open) or `elapsed` (`from`, `to`). Other keys are kept as they are.
CaseAnswer answer_case(const std::string& line, const std::map<std::string, Calendar>& calendars);

}  // namespace cb
