// When a customer is reminded to confirm (E4, ruling 16). Solved on Tuesday 2026-06-09 at 08:00Z under the calendar of
// Prague, whose office closes at 16:00Z and on Fridays at 15:00Z; the customer has ten business days, until Tuesday
// 2026-06-23 at 16:00Z.
#include "rules/reminders.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "tests/rules/support/edits.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

constexpr const char* k_solved = "2026-06-09T08:00:00Z";

Issue solved_issue() {
  auto out = an_issue("2026-06-09T07:00:00Z");
  change_status(out, k_solved, "alena.k", "Resolved");
  return out;
}

std::string text_of(const std::vector<Instant>& reminders) {
  std::string out;
  for (const auto& each : reminders) out += (out.empty() ? "" : " ") + to_iso(each);
  return out;
}

ContractBook book_with(const std::function<void(Confirmation&)>& terms) {
  auto out = small_book();
  terms(*plan_of(out, "ACME-2026").confirmation);
  return out;
}

struct Row {
  std::string name;
  std::function<void(Confirmation&)> terms;
  std::string now;
  std::string expected;
  std::string next;  // recheck_at; empty: nothing changes by itself
};

void as_it_is(Confirmation&) {}
void after_nine_hours(Confirmation& terms) {
  terms.remind_after = hours(9);
}
std::function<void(Confirmation&)> times(int count) {
  return [count](Confirmation& terms) { terms.remind_times = count; };
}

constexpr const char* k_after = "2026-06-23T16:00:01Z";  // nobody confirmed
constexpr const char* k_first = "2026-06-12T15:00:00Z";
constexpr const char* k_second = "2026-06-17T16:00:00Z";
constexpr const char* k_both = "2026-06-12T15:00:00Z 2026-06-17T16:00:00Z";
constexpr const char* k_three = "2026-06-12T15:00:00Z 2026-06-17T16:00:00Z 2026-06-22T16:00:00Z";

const std::vector<Row> k_rows{
    {"just solved", as_it_is, k_solved, "", k_first},
    {"one second before three business days", as_it_is, "2026-06-12T14:59:59Z", "", k_first},
    {"at three business days", as_it_is, "2026-06-12T15:00:00Z", k_first, k_second},
    {"one second later", as_it_is, "2026-06-12T15:00:01Z", k_first, k_second},
    {"one second before six", as_it_is, "2026-06-17T15:59:59Z", k_first, k_second},
    {"at six", as_it_is, "2026-06-17T16:00:00Z", k_both, k_after},
    {"no third one", as_it_is, "2026-06-22T16:00:00Z", k_both, k_after},
    {"at the end of the wait", as_it_is, "2026-06-23T16:00:00Z", k_both, k_after},
    {"one second after it nothing is awaited", as_it_is, k_after, "", ""},
    {"once only", times(1), "2026-06-18T08:00:00Z", k_first, k_after},
    {"never", times(0), "2026-06-18T08:00:00Z", "", k_after},
    {"three times", times(3), "2026-06-22T15:59:59Z", k_both, "2026-06-22T16:00:00Z"},
    {"the third at nine business days", times(3), "2026-06-22T16:00:00Z", k_three, k_after},
    {"a fourth would come after the wait", times(4), "2026-06-23T16:00:00Z", k_three, k_after},
    {"the last at the very end of the wait",
     [](Confirmation& terms) {
       terms.remind_after = business_days(5);
       terms.remind_times = 3;
     },
     "2026-06-23T16:00:00Z", "2026-06-16T16:00:00Z 2026-06-23T16:00:00Z", k_after},
    {"without a time none", [](Confirmation& terms) { terms.remind_after.reset(); }, "2026-06-18T08:00:00Z", "",
     k_after},
    {"one second before nine open hours", after_nine_hours, "2026-06-10T07:59:59Z", "", "2026-06-10T08:00:00Z"},
    {"at nine open hours", after_nine_hours, "2026-06-10T08:00:00Z", "2026-06-10T08:00:00Z", "2026-06-11T08:00:00Z"},
    {"at eighteen", after_nine_hours, "2026-06-11T08:00:00Z", "2026-06-10T08:00:00Z 2026-06-11T08:00:00Z", k_after},
    {"the wait has no end",
     [](Confirmation& terms) {
       terms.close_after.reset();
       terms.remind_times = 3;
     },
     "2026-07-20T08:00:00Z", k_three, ""},
};

}  // namespace

TEST_CASE("reminders to confirm, and when to look again") {
  for (const auto& row : k_rows) {
    CAPTURE(row.name);
    const auto decision = evaluate(solved_issue(), book_with(row.terms), {}, at(row.now));
    CHECK(text_of(decision.reminders) == row.expected);
    CHECK((decision.recheck_at ? to_iso(*decision.recheck_at) : "") == row.next);
  }
}

TEST_CASE("nobody is reminded of what is no more awaited") {
  struct EndRow {
    std::string name;
    std::function<void(Issue&)> change;
    std::string expected;  // on Thursday 2026-06-18, after both reminders
  };
  const std::vector<EndRow> rows{
      {"solved, and nothing else", [](Issue&) {}, k_both},
      {"a comment of the customer confirms nothing",
       [](Issue& i) { comment(i, "2026-06-10T08:00:00Z", "eva@acme.example"); }, k_both},
      {"confirmed", [](Issue& i) { change_status(i, "2026-06-10T08:00:00Z", "eva@acme.example", "Closed"); }, ""},
      {"confirmed after the first one",
       [](Issue& i) { change_status(i, "2026-06-15T08:00:00Z", "jan@acme.example", "Closed"); }, ""},
      {"closed by staff", [](Issue& i) { change_status(i, "2026-06-10T08:00:00Z", "alena.k", "Closed"); }, ""},
      {"reopened", [](Issue& i) { change_status(i, "2026-06-10T08:00:00Z", "eva@acme.example", "In Progress"); }, ""},
      {"withdrawn", [](Issue& i) { change_status(i, "2026-06-10T08:00:00Z", "alena.k", "Rejected"); }, ""},
      {"reopened and solved again: from then on",
       [](Issue& i) {
         change_status(i, "2026-06-10T08:00:00Z", "eva@acme.example", "In Progress");
         change_status(i, "2026-06-11T08:00:00Z", "alena.k", "Resolved");
       },
       "2026-06-16T16:00:00Z"},
  };
  const auto book = small_book();
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto issue = solved_issue();
    row.change(issue);
    CHECK(text_of(evaluate(issue, book, {}, at("2026-06-18T08:00:00Z")).reminders) == row.expected);
  }
}

TEST_CASE("a plan that asks for no confirmation reminds nobody") {
  auto book = small_book();
  plan_of(book, "ACME-2026").confirmation.reset();
  const auto decision = evaluate(solved_issue(), book, {}, at("2026-06-18T08:00:00Z"));
  CHECK(decision.reminders.empty());
  CHECK_FALSE(decision.recheck_at);
}

TEST_CASE("business days of reminders leave holidays out") {
  // 2026-07-06 is a holiday: solved on Thursday the 2nd, three business days are over on Wednesday
  auto issue = an_issue("2026-07-02T07:00:00Z");
  change_status(issue, "2026-07-02T08:00:00Z", "alena.k", "Resolved");
  const auto book = small_book();
  CHECK(evaluate(issue, book, {}, at("2026-07-08T15:59:59Z")).reminders.empty());
  CHECK(text_of(evaluate(issue, book, {}, at("2026-07-08T16:00:00Z")).reminders) == "2026-07-08T16:00:00Z");
}
