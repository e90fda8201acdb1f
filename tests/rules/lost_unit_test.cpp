// A free request that goes to an issue seen late (ruling 35): what an issue was shown as using moves only the bill of
// the other one, never clocks that have started or the verdict of a finished cycle.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "tests/rules/support/edits.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

const std::string k_created = "2026-06-09T07:00:00Z";
const std::string k_shown = "2026-06-09T07:01:00Z";

Issue consultation(const std::string& id, const std::string& created) {
  auto out = an_issue(created);
  out.key.id = id;
  out.type = "Support";
  return out;
}

ContractBook book_of_one_request() {
  auto book = small_book();
  plan_of(book, "ACME-2026").pool->requests = 1;
  for (auto& [name, tracker] : book.trackers) tracker.shows_pool = {{"Billing", "", "pool"}, {"", "uses-pool", ""}};
  return book;
}

Author ourselves() {
  auto out = person("bridge@vendor.example");
  out.self = true;
  return out;
}

void show(Issue& issue, const std::string& when, const Author& by, const FieldChange& change) {
  Event event;
  event.id = std::to_string(issue.history.size() + 1);
  event.at = at(when);
  event.by = by;
  event.changes = {change};
  issue.history.push_back(event);
}

void show_pool(Issue& issue) {
  show(issue, k_shown, ourselves(), {Attribute::field, "billing", "", "Pool"});
}

ClockState state_of(const std::vector<ClockReading>& clocks, ClockName name) {
  const auto found =
      std::find_if(clocks.begin(), clocks.end(), [&](const ClockReading& each) { return each.name == name; });
  REQUIRE(found != clocks.end());
  return found->state;
}

}  // namespace

TEST_CASE("clocks that were shown as running go on when the free request is another one's") {
  struct Row {
    std::string name;
    std::function<void(Issue&)> shown;
    bool goes_on;
  };
  const std::vector<Row> rows{
      {"nobody was shown anything: the order alone decides", [](Issue&) {}, false},
      {"in the field", show_pool, true},
      {"by the label",
       [](Issue& i) {
         show(i, k_shown, ourselves(), {Attribute::label, "", "", "uses-pool"});
       },
       true},
      {"shown, and then as paid",
       [](Issue& i) {
         show_pool(i);
         show(i, "2026-06-09T07:05:00Z", ourselves(), {Attribute::field, "Billing", "pool", "paid"});
       },
       true},
      {"written by the customer himself",
       [](Issue& i) {
         show(i, k_shown, person("eva@acme.example"), {Attribute::field, "Billing", "", "pool"});
       },
       false},
      {"another class",
       [](Issue& i) {
         show(i, k_shown, ourselves(), {Attribute::field, "Billing", "", "paid"});
       },
       false},
      {"another field",
       [](Issue& i) {
         show(i, k_shown, ourselves(), {Attribute::field, "Note", "", "pool"});
       },
       false},
      {"the label taken away",
       [](Issue& i) {
         show(i, k_shown, ourselves(), {Attribute::label, "", "uses-pool", ""});
       },
       false},
      {"later than now",
       [](Issue& i) {
         show(i, "2026-06-09T12:00:00Z", ourselves(), {Attribute::field, "Billing", "", "pool"});
       },
       false},
  };
  const auto book = book_of_one_request();
  const auto now = at("2026-06-09T08:00:00Z");
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto issue = consultation("2", k_created);
    row.shown(issue);
    const auto alone = evaluate(issue, book, ledger_of({issue}, book, now), now);
    REQUIRE(alone.billing == Billing::pool);
    const auto late = consultation("1", "2026-06-09T06:00:00Z");
    const auto decision = evaluate(issue, book, ledger_of({issue, late}, book, now), now);
    CHECK(decision.billing == Billing::paid);
    CHECK(decision.unit_lost == row.goes_on);
    const auto before = state_of(alone.clocks, ClockName::resolution);
    CHECK(state_of(decision.clocks, ClockName::resolution) == (row.goes_on ? before : ClockState::not_started));
    CHECK((decision.next_due == alone.next_due || !row.goes_on));
  }
}

TEST_CASE("a finished cycle keeps its verdict when its free request is another one's") {
  const auto book = book_of_one_request();
  const auto now = at("2026-06-10T08:00:00Z");
  auto issue = consultation("2", k_created);
  show_pool(issue);
  change_status(issue, "2026-06-09T09:00:00Z", "alena.k", "Closed");
  const auto alone = evaluate(issue, book, ledger_of({issue}, book, now), now);
  REQUIRE(state_of(alone.clocks, ClockName::resolution) == ClockState::met);
  const auto late = consultation("1", "2026-06-09T06:00:00Z");
  const auto decision = evaluate(issue, book, ledger_of({issue, late}, book, now), now);
  CHECK(decision.billing == Billing::paid);
  CHECK(decision.unit_lost);
  CHECK(decision.clocks.size() == alone.clocks.size());
  for (std::size_t i = 0; i < decision.clocks.size() && i < alone.clocks.size(); ++i) {
    CHECK(decision.clocks[i].state == alone.clocks[i].state);
    CHECK(decision.clocks[i].start == alone.clocks[i].start);
    CHECK(decision.clocks[i].due == alone.clocks[i].due);
  }
}

TEST_CASE("what was shown in an earlier cycle starts no clock of a later one") {
  const auto book = book_of_one_request();
  const auto now = at("2026-07-08T08:00:00Z");
  auto issue = consultation("2", k_created);
  show_pool(issue);
  change_status(issue, "2026-06-09T09:00:00Z", "alena.k", "Closed");
  change_status(issue, "2026-07-08T07:00:00Z", "eva@acme.example", "New");
  const auto late = consultation("1", "2026-06-09T06:00:00Z");
  const auto decision = evaluate(issue, book, ledger_of({issue, late}, book, now), now);
  REQUIRE(decision.billing == Billing::paid);
  CHECK(state_of(decision.past_clocks, ClockName::resolution) == ClockState::met);
  CHECK(state_of(decision.clocks, ClockName::resolution) == ClockState::not_started);
  CHECK_FALSE(decision.unit_lost);
}
