// Who serves an urgent issue, by its language and by whether the usual office was open when it became urgent (A3, D5;
// ruling 30). The office in Prague is open from 07:00Z to 16:00Z, Fridays with a break from 10:00Z to 10:30Z.
#include <doctest/doctest.h>

#include <functional>

#include "tests/rules/support/edits.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

UrgentProcedure procedure() {
  UrgentProcedure out;
  out.when = {Priority::urgent};
  out.marker = "critical";
  UrgentCalendar russian{"ru", {"moscow"}};
  russian.team = "volga team";
  UrgentCalendar office{"", {"prague"}};
  office.local_open = true;
  UrgentCalendar duty{"", {"always"}};
  duty.local_open = false;
  duty.team = "duty";
  out.calendars = {russian, office, duty};
  return out;
}

ContractBook book_with(const UrgentProcedure& urgent) {
  auto out = small_book();
  plan_of(out, "ACME-2026").urgent = urgent;
  return out;
}

std::string text_of(const UrgentService& urgent) {
  if (!urgent.holds) return "no";
  return urgent.calendar.value + (urgent.team.empty() ? "" : ", " + urgent.team) + ", since " + to_iso(*urgent.since);
}

Issue urgent_issue(const std::string& created) {
  auto out = an_issue(created);
  out.priority = "Immediate";
  return out;
}

}  // namespace

TEST_CASE("the office serves while it is open, else the duty") {
  struct Row {
    std::string name;
    std::string created;
    std::string calendar;
    std::string team;
  };
  const std::vector<Row> rows{
      {"one second before it opens", "2026-06-09T06:59:59Z", "always", "duty"},
      {"as it opens", "2026-06-09T07:00:00Z", "prague", ""},
      {"one second after", "2026-06-09T07:00:01Z", "prague", ""},
      {"one second before it closes", "2026-06-09T15:59:59Z", "prague", ""},
      {"as it closes", "2026-06-09T16:00:00Z", "always", "duty"},
      {"at night", "2026-06-09T23:00:00Z", "always", "duty"},
      {"on Saturday", "2026-06-13T10:00:00Z", "always", "duty"},
      {"one second before the break", "2026-06-12T09:59:59Z", "prague", ""},
      {"in the break", "2026-06-12T10:00:00Z", "always", "duty"},
      {"one second before its end", "2026-06-12T10:29:59Z", "always", "duty"},
      {"after the break", "2026-06-12T10:30:00Z", "prague", ""},
      {"on a holiday", "2026-10-28T10:00:00Z", "always", "duty"},
      {"in winter an hour later", "2026-11-10T07:59:59Z", "always", "duty"},
      {"in winter", "2026-11-10T08:00:00Z", "prague", ""},
  };
  const auto book = book_with(procedure());
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto issue = urgent_issue(row.created);
    const auto decision = evaluate(issue, book, {}, issue.created + std::chrono::hours{50});
    REQUIRE(decision.urgent.holds);
    CHECK(decision.urgent.calendar.value == row.calendar);
    CHECK(decision.urgent.team == row.team);
    CHECK(decision.urgent.since == issue.created);
    CHECK(decision.urgent.marker == "critical");
    const auto* clock = find_clock(decision, ClockName::resolution);
    REQUIRE(clock);
    CHECK(clock->urgent_procedure);
    CHECK(clock->calendar.value == row.calendar);
  }
}

TEST_CASE("the language chooses, and the first entry that holds") {
  struct Row {
    std::string name;
    std::function<void(Issue&, ContractBook&)> change;
    std::string expected;  // calendar
  };
  const std::vector<Row> rows{
      {"no language is known", [](Issue&, ContractBook&) {}, "always"},
      {"another one", [](Issue& i, ContractBook&) { i.language = "cs"; }, "always"},
      {"said by the issue", [](Issue& i, ContractBook&) { i.language = "RU"; }, "moscow"},
      {"detected", [](Issue& i, ContractBook&) { i.detected_language = "ru"; }, "moscow"},
      {"said goes before detected",
       [](Issue& i, ContractBook&) {
         i.language = "en";
         i.detected_language = "ru";
       },
       "always"},
      {"the customer's", [](Issue&, ContractBook& b) { customer_of(b, "acme").language = "ru"; }, "moscow"},
      {"detected goes before the customer's",
       [](Issue& i, ContractBook& b) {
         i.detected_language = "hu";
         customer_of(b, "acme").language = "ru";
       },
       "always"},
      {"its entry asks for the open office too",
       [](Issue& i, ContractBook& b) {
         i.language = "ru";
         plan_of(b, "ACME-2026").urgent->calendars.front().local_open = true;
       },
       "always"},
      {"its entry asks for the closed office",
       [](Issue& i, ContractBook& b) {
         i.language = "ru";
         plan_of(b, "ACME-2026").urgent->calendars.front().local_open = false;
       },
       "moscow"},
      {"the contract's own calendar is the usual office",
       [](Issue&, ContractBook& b) { contract_of(b, "ACME-2026").calendar = {"always"}; }, "prague"},
      {"no entry holds: the usual calendar",
       [](Issue&, ContractBook& b) { plan_of(b, "ACME-2026").urgent->calendars.pop_back(); }, "prague"},
      {"no entries: the usual calendar",
       [](Issue&, ContractBook& b) { plan_of(b, "ACME-2026").urgent->calendars.clear(); }, "prague"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto book = book_with(procedure());
    auto issue = urgent_issue("2026-06-09T20:00:00Z");
    row.change(issue, book);
    const auto decision = evaluate(issue, book, {}, at("2026-06-09T20:30:00Z"));
    CHECK(decision.urgent.holds);
    CHECK(decision.urgent.calendar.value == row.expected);
  }
}

TEST_CASE("raised later, lowered, and raised again") {
  struct Row {
    std::string name;
    std::string now;
    std::string expected;
  };
  const std::vector<Row> rows{
      {"one second before it is raised", "2026-06-09T09:59:59Z", "no"},
      {"raised while the office is open", "2026-06-09T10:00:00Z", "prague, since 2026-06-09T10:00:00Z"},
      {"at night the office's procedure goes on", "2026-06-09T17:59:59Z", "prague, since 2026-06-09T10:00:00Z"},
      {"lowered", "2026-06-09T18:00:00Z", "no"},
      {"one second before it is raised again", "2026-06-09T19:59:59Z", "no"},
      {"raised again at night", "2026-06-09T20:00:00Z", "always, duty, since 2026-06-09T20:00:00Z"},
      {"in the morning the duty keeps it", "2026-06-10T08:00:00Z", "always, duty, since 2026-06-09T20:00:00Z"},
      {"raised a third time by day: no team any more", "2026-06-10T10:00:00Z", "prague, since 2026-06-10T10:00:00Z"},
  };
  const auto book = book_with(procedure());
  auto issue = an_issue("2026-06-09T08:00:00Z");
  change_priority(issue, "2026-06-09T10:00:00Z", "alena.k", "immediate");
  change_priority(issue, "2026-06-09T18:00:00Z", "alena.k", "normal");
  change_priority(issue, "2026-06-09T20:00:00Z", "eva@acme.example", "urgent");
  change_priority(issue, "2026-06-10T09:00:00Z", "alena.k", "high");
  change_priority(issue, "2026-06-10T10:00:00Z", "alena.k", "urgent");
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto decision = evaluate(issue, book, {}, at(row.now));
    CHECK(text_of(decision.urgent) == row.expected);
    CHECK(decision.urgent.since.has_value() == decision.urgent.holds);
    CHECK(decision.urgent.marker == "critical");  // so that it can be taken away
  }
}

TEST_CASE("another word for the same priority begins nothing anew") {
  const auto book = book_with(procedure());
  auto issue = urgent_issue("2026-06-09T08:00:00Z");
  change_priority(issue, "2026-06-09T20:00:00Z", "alena.k", "urgent");
  CHECK(text_of(evaluate(issue, book, {}, at("2026-06-09T21:00:00Z")).urgent) == "prague, since 2026-06-09T08:00:00Z");
}

TEST_CASE("a floor of the plan raises targets and no procedure") {
  auto book = book_with(procedure());
  plan_of(book, "ACME-2026").priority_floor = Priority::urgent;
  const auto decision = evaluate(an_issue("2026-06-09T20:00:00Z"), book, {}, at("2026-06-09T21:00:00Z"));
  CHECK(decision.priority == Priority::urgent);
  CHECK_FALSE(decision.urgent.holds);
}

TEST_CASE("a plan without a procedure has no marker either") {
  const auto decision = evaluate(urgent_issue("2026-06-09T20:00:00Z"), small_book(), {}, at("2026-06-09T21:00:00Z"));
  CHECK_FALSE(decision.urgent.holds);
  CHECK(decision.urgent.marker.empty());
}
