// Clock histories in one line, for tables: `06-09 07:00; urgent; 08:00 a +; 10:00 a >Feedback; 06-10 09:00 e + >New`.
// First the registration (year 2026, UTC), then what held at registration (a priority, `>Status`, `Training` for a paid
// issue, `staff` for one that staff report for ACME, `en` or `ru`), then the entries: [date] time, who, and what:
// `+` public and `-` internal comment, `>Status`, `=priority`, `fix=DATE` (empty: emptied), `ok` order approved,
// `works` and `fails` the label of a workaround set and removed, `_` nothing.
// Who: a, b staff; e customer (the reporter), j customer who may order; o partner; c robot.
// A Site is small_book with acme's plan varied and two calendars more, and both readers of clocks on top of it.
#pragma once

#include <map>
#include <string>

#include "rules/decision.hpp"
#include "tests/rules/support/small_book.hpp"
#include "tests/rules/support/walker.hpp"

namespace cb::testing {

Issue issue_of(const std::string& story);
// `06-09 07:00` or `06-09 07:00:30`, of the year 2026 in UTC.
Instant instant_of(const std::string& text);
// The same of a reading: `running due 06-09 16:00 used 3h left 6h`.
std::string brief(std::string reading);

struct Site {
  ContractBook book = small_book();
  std::map<CalendarId, Office> offices;

  // Prague, Moscow, always; duty is open on all days 06:00-22:00 in Copenhagen, night on weekdays 22:00-06:00 in
  // Prague.
  Site();
  [[nodiscard]] Contract& contract() { return book.customers.front().contracts.front(); }
  [[nodiscard]] Plan& plan() { return contract().plan; }
  [[nodiscard]] std::map<ClockName, Walked> walked(const Issue& issue, Instant now) const;
  [[nodiscard]] Decision decided(const Issue& issue, Instant now) const { return evaluate(issue, book, {}, now); }
};

}  // namespace cb::testing
