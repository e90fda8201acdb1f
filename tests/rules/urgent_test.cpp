// The urgent procedure: when it holds, by the priority of the time and by the issue's other facts, and which targets
// serve then (rulings 29, 30). The duty is always open; the plan's office in Prague is closed at night.
#include <doctest/doctest.h>

#include <functional>
#include <memory>

#include "rules/classification.hpp"
#include "tests/rules/support/small_book.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

struct Row {
  std::string name;
  std::function<void(UrgentProcedure&)> terms;
  std::function<void(Issue&)> issue;
  std::string due;  // of the first response; registered on Tuesday 2026-06-09 at 20:00Z, closed until 07:00Z
};

std::shared_ptr<const Condition> labelled(const std::string& label) {
  Condition condition;
  condition.labels = {label};
  return std::make_shared<const Condition>(condition);
}

std::shared_ptr<const Condition> either(const std::string& label, const std::string& priority) {
  Condition condition;
  condition.any.resize(2);
  condition.any[0].labels = {label};
  condition.any[1].priority = {priority};
  return std::make_shared<const Condition>(condition);
}

void by_priority(UrgentProcedure& urgent) {
  urgent.when = {Priority::urgent};
}

const std::vector<Row> k_rows{
    {"a normal issue waits for the office", by_priority, [](Issue&) {}, "2026-06-10T16:00:00Z"},
    {"the plan's targets for urgent serve", by_priority, [](Issue& issue) { issue.priority = "urgent"; },
     "2026-06-09T22:00:00Z"},
    {"by a label alone", [](UrgentProcedure& urgent) { urgent.also = labelled("outage"); },
     [](Issue& issue) { issue.labels = {"Outage"}; }, "2026-06-09T22:00:00Z"},
    {"without the label", [](UrgentProcedure& urgent) { urgent.also = labelled("outage"); },
     [](Issue& issue) { issue.priority = "urgent"; }, "2026-06-10T09:00:00Z"},
    {"both are asked and both hold",
     [](UrgentProcedure& urgent) {
       by_priority(urgent);
       urgent.also = labelled("outage");
     },
     [](Issue& issue) {
       issue.priority = "urgent";
       issue.labels = {"outage"};
     },
     "2026-06-09T22:00:00Z"},
    {"both are asked and the priority fails",
     [](UrgentProcedure& urgent) {
       by_priority(urgent);
       urgent.also = labelled("outage");
     },
     [](Issue& issue) { issue.labels = {"outage"}; }, "2026-06-10T16:00:00Z"},
    {"a priority inside `any`", [](UrgentProcedure& urgent) { urgent.also = either("outage", "urgent"); },
     [](Issue& issue) { issue.priority = "urgent"; }, "2026-06-09T22:00:00Z"},
    {"a priority inside `any` is that of its time: half an hour urgent, now normal",
     [](UrgentProcedure& urgent) { urgent.also = either("outage", "urgent"); },
     [](Issue& issue) {
       issue.priority = "urgent";
       change_priority(issue, "2026-06-09T20:30:00Z", "alena.k", "normal");
     },
     "2026-06-10T15:30:00Z"},
    {"flat targets serve every priority",
     [](UrgentProcedure& urgent) {
       urgent.also = labelled("outage");
       urgent.targets = TargetTable{{}, Targets{minutes(30), {}, {}, {}, {}}};
     },
     [](Issue& issue) { issue.labels = {"outage"}; }, "2026-06-09T20:30:00Z"},
    {"targets by priority: the named one",
     [](UrgentProcedure& urgent) {
       urgent.also = labelled("outage");
       urgent.targets = TargetTable{{{Priority::urgent, Targets{minutes(10), {}, {}, {}, {}}},
                                     {Priority::normal, Targets{minutes(40), {}, {}, {}, {}}}},
                                    {}};
     },
     [](Issue& issue) { issue.labels = {"outage"}; }, "2026-06-09T20:40:00Z"},
    {"targets by priority: one that is not named is served like an urgent one",
     [](UrgentProcedure& urgent) {
       urgent.also = labelled("outage");
       urgent.targets = TargetTable{{{Priority::urgent, Targets{minutes(10), {}, {}, {}, {}}}}, {}};
     },
     [](Issue& issue) { issue.labels = {"outage"}; }, "2026-06-09T20:10:00Z"},
};

}  // namespace

TEST_CASE("the urgent procedure holds by priority and by what else is asked") {
  for (const auto& row : k_rows) {
    CAPTURE(row.name);
    auto book = small_book();
    for (auto& customer : book.customers) {
      if (customer.id.value != "acme") continue;
      UrgentProcedure urgent;
      urgent.calendars = {{"", {"always"}}};
      row.terms(urgent);
      customer.contracts.front().plan.urgent = urgent;
    }
    auto issue = an_issue("2026-06-09T20:00:00Z");
    row.issue(issue);
    const auto decision = evaluate(issue, book, {}, at("2026-06-09T21:00:00Z"));
    const auto* clock = find_clock(decision, ClockName::first_response);
    REQUIRE(clock);
    REQUIRE(clock->due);
    CHECK(to_iso(*clock->due) == row.due);
  }
}
