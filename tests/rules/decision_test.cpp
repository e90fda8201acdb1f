// Who the customer is, which contract serves, what it costs: small_book's customers and plans.
#include "rules/decision.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "rules/pool.hpp"
#include "tests/rules/support/small_book.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

std::string text_of(const Decision& decision) {
  std::string out = decision.customer ? decision.customer->value : "nobody";
  out += " " + (decision.contract ? decision.contract->value : std::string("none"));
  out += " " + (decision.refusal ? to_text(*decision.refusal) : std::string("-"));
  out += " " + to_text(decision.billing);
  return out;
}

struct Row {
  std::string name;
  std::string created;
  std::function<void(Issue&)> change;
  std::string expected;  // customer, contract, refusal, billing
};

Issue support_request(const std::string& created, const std::string& reporter) {
  auto out = an_issue(created);
  out.type = "Support";
  out.reporter = person(reporter);
  return out;
}

const auto k_nothing = [](Issue&) {};

const std::vector<Row> k_rows = {
    {"a defect under the standard plan", "2026-06-09T07:00:00Z", k_nothing, "acme ACME-2026 - free"},
    {"a consultation takes a unit", "2026-06-09T07:00:00Z", [](Issue& i) { i.type = "Support"; },
     "acme ACME-2026 - pool"},
    {"training is not covered", "2026-06-09T07:00:00Z", [](Issue& i) { i.type = "Training"; }, "acme ACME-2026 - paid"},
    {"nothing matches the type", "2026-06-09T07:00:00Z", [](Issue& i) { i.type = "Task"; },
     "acme ACME-2026 - undecided"},
    {"the first second of the contract, in the customer's zone", "2026-02-28T23:00:00Z", k_nothing,
     "acme ACME-2026 - free"},
    {"one second before it", "2026-02-28T22:59:59Z", [](Issue& i) { i.type = "Support"; },
     "acme none not_started paid"},
    {"the last second of the contract", "2027-02-28T22:59:59Z", [](Issue& i) { i.type = "Support"; },
     "acme ACME-2026 - pool"},
    {"one second after it", "2027-02-28T23:00:00Z", [](Issue& i) { i.type = "Support"; }, "acme none expired paid"},
    {"a defect after the contract is free all the same", "2027-03-01T10:00:00Z", k_nothing, "acme none expired free"},
    {"another product", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.product = "crm";
       i.type = "Support";
     },
     "acme none product paid"},
    {"a channel that is not covered", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.channel = "phone";
       i.type = "Support";
     },
     "acme none channel paid"},
    {"no channel is the tracker's own", "2026-06-09T07:00:00Z", [](Issue& i) { i.channel.clear(); },
     "acme ACME-2026 - free"},
    {"modified code", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.summary = "Our customised page is empty";
       i.type = "Support";
     },
     "acme none modified_code paid"},
    {"nobody has a contract", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.reporter = person("anna@petrov.example");
       i.type = "Support";
     },
     "petrov none no_contract paid"},
    {"a defect without any contract is free", "2026-06-09T07:00:00Z",
     [](Issue& i) { i.reporter = person("anna@petrov.example"); }, "petrov none no_contract free"},
    {"somebody nobody knows", "2026-06-09T07:00:00Z", [](Issue& i) { i.reporter = person("who@elsewhere.example"); },
     "nobody none - undecided"},
    {"a subdomain is another domain", "2026-06-09T07:00:00Z",
     [](Issue& i) { i.reporter = person("eva@mail.acme.example"); }, "nobody none - undecided"},
    {"addresses ignore case", "2026-06-09T07:00:00Z", [](Issue& i) { i.reporter = person("Eva@ACME.Example"); },
     "acme ACME-2026 - free"},
    {"the project says who", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.reporter = person("student@elsewhere.example");
       i.project = "acme-lms";
     },
     "acme ACME-2026 - free"},
    {"field and address disagree", "2026-06-09T07:00:00Z", [](Issue& i) { i.fields["Customer"] = {"duna"}; },
     "nobody none - undecided"},
    {"the field says what nobody has", "2026-06-09T07:00:00Z", [](Issue& i) { i.fields["Customer"] = {"Foo Ltd"}; },
     "nobody none - undecided"},
    {"the customer changes the field later: no evidence", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_field(i, "2026-06-09T07:10:00Z", "eva@acme.example", "Customer", "duna"); },
     "acme ACME-2026 - free"},
    {"staff change it: evidence, and a conflict", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_field(i, "2026-06-09T07:10:00Z", "alena.k", "Customer", "duna"); },
     "nobody none - undecided"},
    {"staff register for a customer", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.reporter = person("alena.k");
       i.fields["Customer"] = {"ACME University"};
     },
     "acme ACME-2026 - free"},
    {"the partner speaks for whom it serves", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.reporter = person("olga@implementers.example");
       i.fields["Customer"] = {"volga"};
       i.type = "Support";
     },
     "volga VOLGA-LIC - pool"},
    {"the partner as a customer of its own", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.reporter = person("olga@implementers.example");
       i.type = "Support";
     },
     "implementers IMPL-2026 - pool"},
    {"a colleague who is not certified", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.reporter = person("new@implementers.example");
       i.type = "Support";
     },
     "implementers none contact paid"},
    {"of two contracts the higher plan", "2026-06-09T07:00:00Z",
     [](Issue& i) { i.reporter = person("kata@duna.example"); }, "duna DUNA-24 - included"},
    {"before it began the other one", "2026-01-14T22:59:59Z",
     [](Issue& i) { i.reporter = person("kata@duna.example"); }, "duna DUNA-OLD - free"},
    {"an undecided category under a plan that includes everything", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.reporter = person("kata@duna.example");
       i.type = "Task";
     },
     "duna DUNA-24 - included"},
    {"established by staff's field", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_field(i, "2026-06-09T08:00:00Z", "alena.k", "Category confirmed", "Configuration"); },
     "acme ACME-2026 - paid"},
    {"established by the customer counts not", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.type = "Training";
       change_field(i, "2026-06-09T08:00:00Z", "eva@acme.example", "Category confirmed", "defect");
     },
     "acme ACME-2026 - paid"},
    {"established as nothing we know", "2026-06-09T07:00:00Z",
     [](Issue& i) { change_field(i, "2026-06-09T08:00:00Z", "alena.k", "Category confirmed", "nonsense"); },
     "acme ACME-2026 - undecided"},
    {"the resolution says so, in any case of letters", "2026-06-09T07:00:00Z",
     [](Issue& i) { i.resolution = "works for me"; }, "acme ACME-2026 - paid"},
    {"withdrawn: nobody pays", "2026-06-09T07:00:00Z",
     [](Issue& i) {
       i.type = "Training";
       change_status(i, "2026-06-09T08:00:00Z", "alena.k", "Rejected");
     },
     "acme ACME-2026 - free"},
    {"an unknown status", "2026-06-09T07:00:00Z", [](Issue& i) { i.status = "Weird"; }, "acme ACME-2026 - undecided"},
};

// Six consultations, the sixth after the pool of five.
std::vector<Issue> six_consultations() {
  std::vector<Issue> out;
  for (int day = 4; day < 10; ++day) {
    auto issue = support_request("2026-05-0" + std::to_string(day) + "T08:00:00Z", "eva@acme.example");
    issue.key.id = std::to_string(200 + day);
    out.push_back(issue);
  }
  return out;
}

}  // namespace

TEST_CASE("customer, contract, refusal and billing") {
  const auto book = small_book();
  for (const auto& row : k_rows) {
    CAPTURE(row.name);
    auto issue = an_issue(row.created);
    row.change(issue);
    const auto decision = evaluate(issue, book, {}, issue.created + std::chrono::hours{3});
    CHECK(text_of(decision) == row.expected);
    CHECK_FALSE(decision.reasons.empty());
  }
}

TEST_CASE("a conflict names both candidates") {
  auto issue = an_issue("2026-06-09T07:00:00Z");
  issue.fields["Customer"] = {"duna"};
  const auto decision = evaluate(issue, small_book(), {}, at("2026-06-09T08:00:00Z"));
  REQUIRE(decision.customer_candidates.size() == 2);
  CHECK(decision.reasons.front().text.find("duna") != std::string::npos);
  CHECK(decision.reasons.front().text.find("acme") != std::string::npos);
}

TEST_CASE("the explanation lists what was passed over and why") {
  auto issue = an_issue("2026-06-09T07:00:00Z");
  issue.channel = "phone";
  const auto decision = evaluate(issue, small_book(), {}, at("2026-06-09T08:00:00Z"));
  const auto passed = std::find_if(decision.reasons.begin(), decision.reasons.end(), [](const Reason& reason) {
    return reason.rule == "ACME-2026" && reason.text == "passed over: it does not cover the channel phone";
  });
  CHECK(passed != decision.reasons.end());
  CHECK(decision.refused_by == ContractId{"ACME-2026"});
}

TEST_CASE("the order of registration decides who gets the last unit, whatever order they are seen in") {
  const auto book = small_book();
  const auto now = at("2026-05-12T10:00:00Z");
  auto issues = six_consultations();
  std::mt19937 chance(7);
  for (int round = 0; round < 50; ++round) {
    CAPTURE(round);
    std::shuffle(issues.begin(), issues.end(), chance);
    LedgerView ledger;
    for (const auto& issue : issues) {
      for (const auto& claim : claims_of(issue, book, now)) ledger.claims.push_back(claim);
    }
    for (const auto& issue : issues) {
      const auto decision = evaluate(issue, book, ledger, now);
      CHECK(decision.billing == (issue.key.id == "209" ? Billing::paid : Billing::pool));
      REQUIRE(decision.pool);
      CHECK(decision.pool->left == 0);
      CHECK(decision.pool->reserved == 5);
    }
  }
}

TEST_CASE("pool numbers are those of now") {
  const auto book = small_book();
  const auto now = at("2026-05-12T10:00:00Z");
  auto issues = six_consultations();
  change_status(issues[0], "2026-05-05T09:00:00Z", "alena.k", "Resolved");                     // consumes
  change_field(issues[1], "2026-05-06T09:00:00Z", "alena.k", "Category confirmed", "defect");  // gives back
  change_status(issues[2], "2026-05-07T09:00:00Z", "eva@acme.example", "Rejected");            // gives back
  LedgerView ledger;
  for (const auto& issue : issues) {
    for (const auto& claim : claims_of(issue, book, now)) ledger.claims.push_back(claim);
  }
  const auto decision = evaluate(issues[5], book, ledger, now);
  CHECK(decision.billing == Billing::pool);
  CHECK(decision.pool->consumed == 1);
  CHECK(decision.pool->reserved == 3);
  CHECK(decision.pool->left == 1);
  CHECK(evaluate(issues[1], book, ledger, now).billing == Billing::free);
}

TEST_CASE("an issue reopened after the window takes a unit of its own") {
  const auto book = small_book();
  auto issue = support_request("2026-05-04T08:00:00Z", "eva@acme.example");
  change_status(issue, "2026-05-05T09:00:00Z", "alena.k", "Resolved");
  change_status(issue, "2026-06-05T09:00:00Z", "eva@acme.example", "In Progress");
  const auto decision = evaluate(issue, book, {}, at("2026-06-05T10:00:00Z"));
  CHECK(decision.pool->consumed == 1);
  CHECK(decision.pool->reserved == 1);
  CHECK(decision.claims.size() == 2);
}

TEST_CASE("a pool that refuses when empty hands on to the next contract, and its claim there counts only then") {
  auto book = small_book();
  auto& acme = book.customers.front();
  acme.contracts.front().plan.pool = Pool{1, Period::contract_year, 0, {WhenEmpty::Kind::refuse, 0}};
  auto second = acme.contracts.front();
  second.id = {"ACME-SECOND"};
  second.plan.rank = 0;
  second.plan.pool = Pool{1, Period::contract_year, 0, {}};
  acme.contracts.push_back(second);
  const auto now = at("2026-05-12T10:00:00Z");
  const auto issues = six_consultations();
  LedgerView ledger;
  for (const auto& issue : issues) {
    for (const auto& claim : claims_of(issue, book, now)) ledger.claims.push_back(claim);
  }
  const std::vector<std::string> expected = {"acme ACME-2026 - pool", "acme ACME-SECOND - pool",
                                             "acme ACME-SECOND pool_empty paid"};
  for (std::size_t each = 0; each < expected.size(); ++each) {
    CAPTURE(each);
    CHECK(text_of(evaluate(issues[each], book, ledger, now)) == expected[each]);
  }
}

TEST_CASE("a budget of hours includes while hours are left, in the order of registration") {
  auto book = small_book();
  auto& plan = book.customers.front().contracts.front().plan;
  plan.covers[{"training"}] = Cover::budget;
  plan.budgets[{"training"}] = Budget{std::chrono::hours{4}, Period::contract_year, {}};
  const auto now = at("2026-06-12T10:00:00Z");
  std::vector<Issue> issues;
  LedgerView ledger;
  for (int day = 1; day <= 3; ++day) {
    auto issue = an_issue("2026-06-0" + std::to_string(day) + "T08:00:00Z");
    issue.key.id = std::to_string(day);
    issue.type = "Training";
    issue.logged_hours = 2.5;
    issues.push_back(issue);
    for (const auto& claim : claims_of(issue, book, now)) ledger.claims.push_back(claim);
  }
  CHECK(evaluate(issues[0], book, ledger, now).billing == Billing::included);
  CHECK(evaluate(issues[1], book, ledger, now).billing == Billing::included);  // 1.5 h were left for it
  const auto third = evaluate(issues[2], book, ledger, now);
  CHECK(third.billing == Billing::paid);
  REQUIRE(third.budget);
  CHECK(duration_text(third.budget->used) == "7h30m");
  CHECK(duration_text(third.budget->left) == "-3h30m");
}

TEST_CASE("a contract year begins on the contract's first day") {
  struct YearRow {
    std::string from;
    std::string instant;
    std::string begins;
    std::string ends;
  };
  auto contract = small_book().customers.front().contracts.front();  // in Prague
  for (const auto& row :
       std::vector<YearRow>{{"2026-03-01", "2026-03-01T00:00:00Z", "2026-02-28T23:00:00Z", "2027-02-28T23:00:00Z"},
                            {"2024-02-29", "2025-02-28T22:59:59Z", "2024-02-28T23:00:00Z", "2025-02-28T23:00:00Z"},
                            {"2024-02-29", "2025-02-28T23:00:00Z", "2025-02-28T23:00:00Z", "2026-02-28T23:00:00Z"},
                            {"2024-02-29", "2028-06-01T00:00:00Z", "2028-02-28T23:00:00Z", "2029-02-28T23:00:00Z"},
                            {"2025-06-15", "2026-01-01T00:00:00Z", "2025-06-14T22:00:00Z", "2026-06-14T22:00:00Z"}}) {
    CAPTURE(row.from);
    CAPTURE(row.instant);
    contract.from = *date_from_iso(row.from);
    const auto period = period_of(contract, Period::contract_year, at(row.instant));
    CHECK(to_iso(period.from) == row.begins);
    CHECK(to_iso(period.to) == row.ends);
  }
  CHECK(to_iso(period_of(contract, Period::quarter, at("2026-05-20T00:00:00Z")).from) == "2026-03-31T22:00:00Z");
  CHECK(to_iso(period_of(contract, Period::month, at("2026-12-20T00:00:00Z")).to) == "2026-12-31T23:00:00Z");
}
