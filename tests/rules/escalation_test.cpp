// Who is called when a promise is in danger (A5, B3, D8). Registered on Tuesday 2026-06-09 at 07:00Z with priority
// high: an answer is owed within four hours, 75 % are over at 10:00Z, 90 % at 10:36Z, and it is late after 11:00Z.
#include "rules/escalation.hpp"

#include <doctest/doctest.h>

#include "tests/rules/support/edits.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

std::string list(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : " ") + name;
  return out;
}

std::string text_of(const Escalation& escalation) {
  return std::to_string(escalation.step) + ": " + list(escalation.reached) + " | " + list(escalation.watching);
}

ClockReading clock(ClockName name, ClockState state, int used_minutes) {
  ClockReading out;
  out.name = name;
  out.state = state;
  out.target = BusinessTime{std::chrono::minutes{100}};
  out.used = BusinessTime{std::chrono::minutes{used_minutes}};
  return out;
}

Plan warning_at(std::vector<double> shares) {
  Plan out;
  out.warn_at = std::move(shares);
  return out;
}

Customer team(const std::string& consultant, const std::vector<std::string>& backups, const std::string& owner) {
  Customer out;
  out.consultant = consultant;
  out.backups = backups;
  out.escalation_owner = owner;
  return out;
}

}  // namespace

TEST_CASE("each threshold calls the next, the deadline everybody") {
  struct Row {
    std::string name;
    std::string now;
    std::string expected;  // step, who is called, who is in copy
  };
  const std::vector<Row> rows{
      {"one second before the first share", "09:59:59", "0:  | "},
      {"at the first share", "10:00:00", "1: alena | alena olaf"},
      {"one second after it", "10:00:01", "1: alena | alena olaf"},
      {"one second before the second share", "10:35:59", "1: alena | alena olaf"},
      {"at the second share", "10:36:00", "2: alena boris | alena boris olaf"},
      {"at the deadline it is not late", "11:00:00", "2: alena boris | alena boris olaf"},
      {"one second after it", "11:00:01", "3: alena boris cyril olaf | alena boris cyril olaf"},
      {"the next morning", "20:00:00", "3: alena boris cyril olaf | alena boris cyril olaf"},
  };
  auto book = small_book();
  auto& acme = customer_of(book, "acme");
  acme.consultant = "alena";
  acme.backups = {"boris", "cyril"};
  acme.escalation_owner = "olaf";
  auto issue = an_issue("2026-06-09T07:00:00Z");
  issue.priority = "high";
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto decision = evaluate(issue, book, {}, at("2026-06-09T" + row.now + "Z"));
    CHECK(text_of(decision.escalation) == row.expected);
    CHECK(list(decision.escalation.people) == "alena boris cyril olaf");
    CHECK(decision.escalation.clock.has_value() == (decision.escalation.step > 0));
  }
  comment(issue, "2026-06-09T10:40:00Z", "alena.k");
  CHECK(text_of(evaluate(issue, book, {}, at("2026-06-09T10:39:59Z")).escalation).front() == '2');
  CHECK(text_of(evaluate(issue, book, {}, at("2026-06-09T10:40:00Z")).escalation) == "0:  | ");
}

TEST_CASE("customers without some of the people") {
  struct Row {
    std::string name;
    Customer customer;
    std::string first, second, late;
  };
  const std::vector<Row> rows{
      {"nobody", team("", {}, ""), "1:  | ", "2:  | ", "3:  | "},
      {"a consultant alone", team("a", {}, ""), "1: a | a", "2: a | a", "3: a | a"},
      {"no back-ups", team("a", {}, "o"), "1: a | a o", "2: a | a o", "3: a o | a o"},
      {"one back-up", team("a", {"b"}, "o"), "1: a | a o", "2: a b | a b o", "3: a b o | a b o"},
      {"two back-ups and no owner", team("a", {"b", "c"}, ""), "1: a | a", "2: a b | a b", "3: a b c | a b c"},
      {"no consultant", team("", {"b", "c"}, "o"), "1: b | b o", "2: b c | b c o", "3: b c o | b c o"},
      {"an owner alone watches until it is late", team("", {}, "o"), "1:  | o", "2:  | o", "3: o | o"},
      {"the owner is the consultant", team("a", {"b"}, "a"), "1: a | a", "2: a b | a b", "3: a b | a b"},
      {"somebody twice", team("a", {"a", "b"}, "b"), "1: a | a b", "2: a b | a b", "3: a b | a b"},
  };
  const auto plan = warning_at({0.75, 0.9});
  const auto at_risk = [](int used) { return clock(ClockName::resolution, ClockState::at_risk, used); };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(text_of(escalation_of({at_risk(75)}, plan, &row.customer)) == row.first);
    CHECK(text_of(escalation_of({at_risk(90)}, plan, &row.customer)) == row.second);
    CHECK(text_of(escalation_of({clock(ClockName::resolution, ClockState::breached, 101)}, plan, &row.customer)) ==
          row.late);
    CHECK(text_of(escalation_of({clock(ClockName::resolution, ClockState::running, 10)}, plan, &row.customer)) ==
          "0:  | ");
  }
  CHECK(text_of(escalation_of({at_risk(75)}, plan, nullptr)) == "1:  | ");
}

TEST_CASE("the clock that is furthest counts, and only one that is open") {
  struct Row {
    std::string name;
    std::vector<ClockReading> clocks;
    int step;
    std::optional<ClockName> clock;
  };
  auto answered_late = clock(ClockName::first_response, ClockState::breached, 130);
  answered_late.stopped = at("2026-06-09T10:00:00Z");
  const std::vector<Row> rows{
      {"none", {}, 0, {}},
      {"running", {clock(ClockName::resolution, ClockState::running, 50)}, 0, {}},
      {"paused after the first share", {clock(ClockName::resolution, ClockState::paused, 80)}, 0, {}},
      {"answered late", {answered_late}, 0, {}},
      {"answered late, now the solution is at risk",
       {answered_late, clock(ClockName::resolution, ClockState::at_risk, 80)},
       1,
       ClockName::resolution},
      {"the first of two that are equally far",
       {clock(ClockName::workaround, ClockState::at_risk, 76), clock(ClockName::resolution, ClockState::at_risk, 89)},
       1,
       ClockName::workaround},
      {"the later one is further",
       {clock(ClockName::workaround, ClockState::at_risk, 76), clock(ClockName::resolution, ClockState::at_risk, 90)},
       2,
       ClockName::resolution},
      {"one is late",
       {clock(ClockName::next_update, ClockState::breached, 120),
        clock(ClockName::resolution, ClockState::at_risk, 95)},
       3,
       ClockName::next_update},
      {"late once, and the update that is owed now has time",
       {clock(ClockName::next_update, ClockState::breached, 20)},
       0,
       {}},
      {"late once, and the update that is owed now is at risk",
       {clock(ClockName::next_update, ClockState::breached, 80)},
       1,
       ClockName::next_update},
      {"a customer who does not confirm", {clock(ClockName::confirmation, ClockState::breached, 120)}, 0, {}},
      {"withdrawn", {clock(ClockName::resolution, ClockState::cancelled, 95)}, 0, {}},
  };
  const auto customer = team("a", {"b"}, "o");
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto escalation = escalation_of(row.clocks, warning_at({0.75, 0.9}), &customer);
    CHECK(escalation.step == row.step);
    CHECK(escalation.clock == row.clock);
  }
}

TEST_CASE("a plan without shares calls everybody at the deadline and nobody before it") {
  const auto customer = team("a", {"b"}, "o");
  CHECK(text_of(escalation_of({clock(ClockName::resolution, ClockState::running, 99)}, warning_at({}), &customer)) ==
        "0:  | ");
  CHECK(text_of(escalation_of({clock(ClockName::resolution, ClockState::breached, 101)}, warning_at({}), &customer)) ==
        "1: a b o | a b o");
}

TEST_CASE("more shares than people: the last ones stay called") {
  const auto customer = team("a", {"b"}, "o");
  const auto plan = warning_at({0.25, 0.5, 0.75});
  CHECK(text_of(escalation_of({clock(ClockName::resolution, ClockState::at_risk, 80)}, plan, &customer)) ==
        "3: a b | a b o");
}
