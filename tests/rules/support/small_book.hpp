// A small contract book and short ways to write an issue, for tests of the rules. Prague is UTC+1 in winter and UTC+2
// in summer; its office is open Monday to Thursday 09:00-18:00, Friday 09:00-12:00 and 12:30-17:00.
#pragma once

#include <string>
#include <vector>

#include "rules/decision.hpp"

namespace cb::testing {

ContractBook small_book();
// The terms behind the book's calendars: prague, moscow, always.
std::map<CalendarId, CalendarTerms> small_calendars();

Instant at(const std::string& iso);
Target hours(int count);
Target minutes(int count);
Target business_days(int count);

Author person(const std::string& login_or_address);

// A defect of acme's contact eva in project lms, priority normal, status New.
Issue an_issue(const std::string& created);

// Events in the order of time.
void comment(Issue& issue, const std::string& when, const std::string& by, bool everybody = true);
void change_status(Issue& issue, const std::string& when, const std::string& by, const std::string& to);
void change_priority(Issue& issue, const std::string& when, const std::string& by, const std::string& to);
void change_field(Issue& issue, const std::string& when, const std::string& by, const std::string& name,
                  const std::string& to);

}  // namespace cb::testing
