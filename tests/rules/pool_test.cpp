// Who gets the last unit when two were registered at the same instant, and where a pool's period begins (rulings 25, 47
// and 64).
#include "rules/pool.hpp"

#include <doctest/doctest.h>

#include "tests/rules/support/edits.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

Issue consultation(const std::string& created, const IssueKey& key) {
  auto out = an_issue(created);
  out.key = key;
  out.type = "Support";
  return out;
}

ContractBook book_with(const Pool& pool) {
  auto out = small_book();
  plan_of(out, "ACME-2026").pool = pool;
  return out;
}

}  // namespace

TEST_CASE("at the same instant trackers by name, then ids as numbers or as text") {
  struct Row {
    std::string name;
    IssueKey first, second;
  };
  auto book = book_with({1, Period::contract_year, 0, {}});
  auto other = book.trackers.at("support");
  other.name = "jira";
  book.trackers.emplace("jira", other);
  const auto now = at("2026-06-09T10:00:00Z");
  for (const auto& row :
       {Row{"numbers", {"support", "9"}, {"support", "10"}}, Row{"text", {"support", "LMS-10"}, {"support", "LMS-9"}},
        Row{"a number before text", {"support", "10"}, {"support", "9a"}},
        Row{"two trackers", {"jira", "99"}, {"support", "1"}},
        Row{"two trackers, text", {"jira", "LMS-1"}, {"support", "1"}}}) {
    CAPTURE(row.name);
    const auto first = consultation("2026-06-09T08:00:00Z", row.first);
    const auto second = consultation("2026-06-09T08:00:00Z", row.second);
    for (const auto& ledger : {ledger_of({first, second}, book, now), ledger_of({second, first}, book, now)}) {
      CHECK(evaluate(first, book, ledger, now).billing == Billing::pool);
      CHECK(evaluate(second, book, ledger, now).billing == Billing::paid);
    }
    auto earlier = second;  // one second decides before any id does
    earlier.created -= Seconds{1};
    const auto ledger = ledger_of({first, earlier}, book, now);
    CHECK(evaluate(first, book, ledger, now).billing == Billing::paid);
    CHECK(evaluate(earlier, book, ledger, now).billing == Billing::pool);
  }
}

TEST_CASE("periods by the calendar in the customer's zone, full in a broken one") {
  struct Row {
    std::string name;
    Period per;
    std::string first;   // registered, and takes the only unit
    std::string second;  // registered later
    Billing expected;    // of the second
  };
  // the contract begins on Thursday 2026-05-14, in the middle of a quarter and of a month; Prague is UTC+2
  const std::vector<Row> rows{
      {"quarter: one second before its end", Period::quarter, "2026-05-13T22:00:00Z", "2026-06-30T21:59:59Z",
       Billing::paid},
      {"quarter: as the next begins", Period::quarter, "2026-05-13T22:00:00Z", "2026-06-30T22:00:00Z", Billing::pool},
      {"quarter: a broken one is full", Period::quarter, "2026-06-30T21:59:59Z", "2026-07-01T08:00:00Z", Billing::pool},
      {"quarter: UTC's midnight is none", Period::quarter, "2026-06-30T22:00:00Z", "2026-07-01T00:00:00Z",
       Billing::paid},
      {"quarter: winter begins an hour later", Period::quarter, "2026-10-01T08:00:00Z", "2026-12-31T22:59:59Z",
       Billing::paid},
      {"quarter: and then it is there", Period::quarter, "2026-10-01T08:00:00Z", "2026-12-31T23:00:00Z", Billing::pool},
      {"month: one second before its end", Period::month, "2026-05-13T22:00:00Z", "2026-05-31T21:59:59Z",
       Billing::paid},
      {"month: as the next begins", Period::month, "2026-05-13T22:00:00Z", "2026-05-31T22:00:00Z", Billing::pool},
      {"contract: quarters do not count", Period::contract, "2026-05-13T22:00:00Z", "2027-02-28T22:59:59Z",
       Billing::paid},
      {"contract year: the same within a year", Period::contract_year, "2026-05-13T22:00:00Z", "2027-02-01T08:00:00Z",
       Billing::paid},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto book = book_with({1, row.per, 0, {}});
    contract_of(book, "ACME-2026").from = *date_from_iso("2026-05-14");
    const auto first = consultation(row.first, {"support", "1"});
    const auto second = consultation(row.second, {"support", "2"});
    const auto now = second.created;
    const auto ledger = ledger_of({second, first}, book, now);
    CHECK(evaluate(first, book, ledger, now).billing == Billing::pool);
    const auto decision = evaluate(second, book, ledger, now);
    CHECK(decision.billing == row.expected);
    REQUIRE(decision.pool);
    CHECK(decision.pool->size == 1);
    CHECK(decision.pool->left == 0);
  }
}

TEST_CASE("one second before the contract there is no pool to ask") {
  auto book = book_with({1, Period::quarter, 0, {}});
  contract_of(book, "ACME-2026").from = *date_from_iso("2026-05-14");
  const auto issue = consultation("2026-05-13T21:59:59Z", {"support", "1"});
  const auto decision = evaluate(issue, book, {}, issue.created);
  CHECK(decision.billing == Billing::paid);
  CHECK(decision.refusal == Refusal::not_started);
  CHECK_FALSE(decision.pool);
  CHECK(decision.claims.empty());
}

TEST_CASE("what a period leaves over is carried on, up to the limit") {
  struct Row {
    std::string name;
    int carry_over;
    std::vector<std::string> before;  // registered in earlier months
    int size;                         // in July
  };
  // two a month, from May 14 on
  const std::vector<Row> rows{
      {"nothing is carried", 0, {}, 2},
      {"one of two unused months", 1, {}, 3},
      {"all of them", 9, {}, 6},
      {"up to three", 3, {}, 5},
      {"one was used in June", 9, {"2026-06-09T08:00:00Z"}, 5},
      {"June took what May had left", 9, {"2026-06-08T08:00:00Z", "2026-06-09T08:00:00Z", "2026-06-10T08:00:00Z"}, 3},
      {"all were used",
       9,
       {"2026-05-20T08:00:00Z", "2026-05-21T08:00:00Z", "2026-06-09T08:00:00Z", "2026-06-10T08:00:00Z"},
       2},
      {"more were asked for than there are",
       9,
       {"2026-06-07T08:00:00Z", "2026-06-08T08:00:00Z", "2026-06-09T08:00:00Z", "2026-06-10T08:00:00Z",
        "2026-06-11T08:00:00Z"},
       2},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto book = book_with({2, Period::month, row.carry_over, {}});
    contract_of(book, "ACME-2026").from = *date_from_iso("2026-05-14");
    std::vector<Issue> issues{consultation("2026-07-01T08:00:00Z", {"support", "1"})};
    for (const auto& created : row.before) {
      issues.push_back(consultation(created, {"support", std::to_string(issues.size() + 1)}));
    }
    const auto now = at("2026-07-02T08:00:00Z");
    const auto decision = evaluate(issues.front(), book, ledger_of(issues, book, now), now);
    REQUIRE(decision.pool);
    CHECK(decision.pool->size == row.size);
    CHECK(decision.pool->left == row.size - 1);
  }
}

TEST_CASE("what a claim had before it ended is not changed by who asks later, whatever he was promised") {
  const auto book = book_with({1, Period::contract_year, 0, {}});
  const auto& contract = *find_contract(book, {"ACME-2026"});
  const auto claim_at = [&](const std::string& id, const std::string& place) {
    Claim claim;
    claim.issue = {"support", id};
    claim.place = at(place);
    claim.contract = contract.id;
    claim.period = period_of(contract, Period::contract_year, claim.place);
    return claim;
  };
  auto ended = claim_at("1", "2026-06-09T08:00:00Z");
  ended.ended_at = at("2026-06-09T10:00:00Z");
  auto other = claim_at("2", "2026-06-09T10:00:01Z");
  other.promised = true;
  CHECK(had_unit(contract, ended, {ended, other}, book));
  other.place = at("2026-06-09T07:00:00Z");
  CHECK_FALSE(had_unit(contract, ended, {ended, other}, book));
}
