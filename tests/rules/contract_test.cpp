// Which contract serves, by which terms (rulings 3, 7, 42, 56 and 68): own contracts before the partner's, the one that
// refuses is named, modified code, the contract's own calendar.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "tests/rules/support/edits.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

const std::string k_created = "2026-06-09T07:00:00Z";
const std::string k_now = "2026-06-09T08:00:00Z";

Issue consultation() {
  auto out = an_issue(k_created);
  out.type = "Support";
  return out;
}

Issue of_volga() {
  auto out = consultation();
  out.reporter = person("olga@implementers.example");
  out.fields["Customer"] = {"volga"};
  return out;
}

std::string served_by(const Decision& decision) {
  return decision.contract ? decision.contract->value : "none";
}

}  // namespace

TEST_CASE("own contracts go before the partner's, whatever the rank of the plans") {
  struct Row {
    std::string name;
    std::function<void(ContractBook&)> change;
    std::string expected;
  };
  const std::vector<Row> rows{
      {"the own one has the lower rank", [](ContractBook&) {}, "VOLGA-LIC"},
      {"the own one does not serve the product",
       [](ContractBook& b) { contract_of(b, "VOLGA-LIC").products = {"crm"}; }, "IMPL-2026"},
      {"the own one is over", [](ContractBook& b) { contract_of(b, "VOLGA-LIC").until = date_from_iso("2026-06-08"); },
       "IMPL-2026"},
      {"its last day is today",
       [](ContractBook& b) { contract_of(b, "VOLGA-LIC").until = date_from_iso("2026-06-09"); }, "VOLGA-LIC"},
      {"the partner's serves this product alone",
       [](ContractBook& b) { contract_of(b, "IMPL-2026").products = {"lms"}; }, "VOLGA-LIC"},
      {"there is no own one", [](ContractBook& b) { customer_of(b, "volga").contracts.clear(); }, "IMPL-2026"},
      {"of two own ones the more specific",
       [](ContractBook& b) {
         auto second = contract_of(b, "VOLGA-LIC");
         second.id = {"VOLGA-LMS"};
         second.plan.rank = 0;
         second.products = {"lms"};
         customer_of(b, "volga").contracts.push_back(second);
       },
       "VOLGA-LMS"},
      {"of two that are alike the later one",
       [](ContractBook& b) {
         auto second = contract_of(b, "VOLGA-LIC");
         second.id = {"VOLGA-NEW"};
         second.from += std::chrono::days{1};
         customer_of(b, "volga").contracts.push_back(second);
       },
       "VOLGA-NEW"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto book = small_book();
    row.change(book);
    CHECK(served_by(evaluate(of_volga(), book, {}, at(k_now))) == row.expected);
  }
}

TEST_CASE("after a refusal all terms are those without a contract, and the one that refused is named") {
  struct Row {
    std::string name;
    std::function<void(Issue&)> change;
    Refusal refusal;
    std::string words;
  };
  const std::vector<Row> rows{
      {"product", [](Issue& i) { i.product = "crm"; }, Refusal::product, "it does not serve the product crm"},
      {"channel", [](Issue& i) { i.channel = "phone"; }, Refusal::channel, "it does not cover the channel phone"},
      {"modified code", [](Issue& i) { i.labels = {"modified_code"}; }, Refusal::modified_code,
       "it does not cover modified code"},
      {"version", [](Issue& i) { i.version = "3.9"; }, Refusal::version, "it does not cover the version 3.9"},
      {"language", [](Issue& i) { i.language = "hu"; }, Refusal::language, "it does not cover the language hu"},
  };
  auto book = small_book();
  auto& plan = plan_of(book, "ACME-2026");
  plan.versions = {{">=", "4.0"}};
  plan.languages = {"cs", "en"};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto issue = consultation();
    issue.language = "cs";
    row.change(issue);
    const auto decision = evaluate(issue, book, {}, at(k_now));
    CHECK(served_by(decision) == "none");
    CHECK_FALSE(decision.plan);
    CHECK(decision.refusal == row.refusal);
    CHECK(decision.refused_by == ContractId{"ACME-2026"});
    CHECK(std::any_of(decision.reasons.begin(), decision.reasons.end(), [&](const Reason& reason) {
      return reason.rule == "ACME-2026" && reason.text == "passed over: " + row.words;
    }));
    CHECK(decision.billing == Billing::paid);
    CHECK_FALSE(decision.pool);
    CHECK_FALSE(find_clock(decision, ClockName::resolution));
    REQUIRE(find_clock(decision, ClockName::first_response));
    CHECK(to_iso(*find_clock(decision, ClockName::first_response)->due) == "2026-06-11T16:00:00Z");
  }
}

TEST_CASE("modified code: by the words, the label, or what the tracker says") {
  struct Row {
    std::string name;
    std::optional<Source> source;
    std::function<void(Issue&)> change;
    bool refused;
  };
  const Source field{"Modified", "", ""};
  const Source yes{"Modified", "", "yes"};
  const Source label{"", "own-code", ""};
  const std::vector<Row> rows{
      {"nothing says so", {}, [](Issue&) {}, false},
      {"a word of the list", {}, [](Issue& i) { i.description = "Our Customised page"; }, true},
      {"inside a word it is none", {}, [](Issue& i) { i.description = "uncustomised"; }, false},
      {"the label", {}, [](Issue& i) { i.labels = {"Modified_Code"}; }, true},
      {"a field that the configuration does not name", {}, [](Issue& i) { i.fields["Modified"] = {"yes"}; }, false},
      {"a field with any value", field, [](Issue& i) { i.fields["Modified"] = {"theme"}; }, true},
      {"an empty field", field, [](Issue& i) { i.fields["Modified"] = {""}; }, false},
      {"a field that says yes", yes, [](Issue& i) { i.fields["modified"] = {"Yes"}; }, true},
      {"a field that says no", yes, [](Issue& i) { i.fields["Modified"] = {"no"}; }, false},
      {"another label", label, [](Issue& i) { i.labels = {"Own-Code"}; }, true},
      {"a label that is none of them", label, [](Issue& i) { i.labels = {"code"}; }, false},
      {"its own label beside the configured one", label, [](Issue& i) { i.labels = {"modified_code"}; }, true},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto book = small_book();
    book.trackers.at("support").read.modified_code = row.source;
    auto issue = consultation();
    row.change(issue);
    const auto decision = evaluate(issue, book, {}, at(k_now));
    CHECK((decision.refusal == Refusal::modified_code) == row.refused);
    CHECK(decision.billing == (row.refused ? Billing::paid : Billing::pool));
    issue.type = "Bug";
    CHECK(evaluate(issue, book, {}, at(k_now)).billing == Billing::free);
    plan_of(book, "ACME-2026").modified_code_covered = true;
    CHECK_FALSE(evaluate(issue, book, {}, at(k_now)).refusal);
  }
}

TEST_CASE("the contract's own calendar serves all clocks, the urgent procedure's goes before it") {
  struct Row {
    std::string name;
    std::string contract;  // its calendar; empty: the plan's
    bool urgent;           // a procedure for priority urgent, on the calendar that is always open
    std::string expected;
  };
  for (const auto& row : {Row{"the plan's", "", false, "prague"}, Row{"the contract's", "moscow", false, "moscow"},
                          Row{"urgent under the plan's", "", true, "always"},
                          Row{"urgent under the contract's", "moscow", true, "always"}}) {
    CAPTURE(row.name);
    auto book = small_book();
    auto& contract = contract_of(book, "ACME-2026");
    contract.calendar = {row.contract};
    if (row.urgent) {
      contract.plan.urgent.emplace();
      contract.plan.urgent->when = {Priority::urgent};
      contract.plan.urgent->calendars = {{"", {"always"}}};
    }
    auto issue = an_issue(k_created);
    issue.priority = "urgent";
    comment(issue, "2026-06-09T07:30:00Z", "alena.k");
    const auto decision = evaluate(issue, book, {}, at(k_now));
    int seen = 0;
    for (const auto& clock : decision.clocks) {
      if (clock.name == ClockName::confirmation) continue;
      CAPTURE(to_text(clock.name));
      CHECK(clock.calendar.value == row.expected);
      ++seen;
    }
    CHECK(seen >= 3);
  }
}

TEST_CASE("a priority without a target has no clock and no state") {
  auto book = small_book();
  plan_of(book, "ACME-2026").confirmation.reset();
  auto issue = an_issue(k_created);
  issue.priority = "low";
  const auto decision = evaluate(issue, book, {}, at(k_now));
  CHECK(decision.clocks.empty());
  CHECK(decision.sla_state == SlaState::none);
  CHECK_FALSE(decision.next_due);
}
