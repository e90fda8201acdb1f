// Who the customer is, and what staff read about it (rulings 1, 2, 27, 44, 45 and 46): all answers are asked, two
// different ones decide nothing, and every name stands in the reasons.
#include "rules/customer.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "tests/rules/support/edits.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

std::string reasons_of(const CustomerFinding& finding) {
  std::string out;
  for (const auto& reason : finding.reasons) out += reason.text + "\n";
  return out;
}

CustomerFinding find(const Issue& issue, const ContractBook& book) {
  return find_customer_of(issue, book.trackers.at(issue.key.tracker), book, at("2026-06-09T12:00:00Z"));
}

std::string name_of(const CustomerFinding& finding) {
  return finding.customer ? finding.customer->id.value : "nobody";
}

}  // namespace

TEST_CASE("an undecided customer names every answer and every unknown word") {
  struct Row {
    std::string name;
    std::function<void(Issue&)> change;
    std::vector<std::string> words;       // in the reasons
    std::vector<std::string> candidates;  // in their order
  };
  const std::vector<Row> rows{
      {"field against reporter",
       [](Issue& i) { i.fields["Customer"] = {"duna"}; },
       {"the field Customer says \"duna\" (duna)", "the reporter is eva@acme.example (acme)"},
       {"duna", "acme"}},
      {"organisation against reporter",
       [](Issue& i) { i.organisation = "Duna Kft."; },
       {"the organisation is \"Duna Kft.\" (duna)", "the reporter is eva@acme.example (acme)"},
       {"duna", "acme"}},
      {"two organisations of two customers",
       [](Issue& i) {
         i.organisation = "Nobody's";
         i.more_organisations = {"Duna Kft."};
       },
       {"the organisation is \"Duna Kft.\" (duna)", "the reporter is eva@acme.example (acme)"},
       {"duna", "acme"}},
      {"project against reporter",
       [](Issue& i) {
         i.project = "acme-lms";
         i.reporter = person("kata@duna.example");
       },
       {"the project is acme-lms (acme)", "the reporter is kata@duna.example (duna)"},
       {"acme", "duna"}},
      {"three answers",
       [](Issue& i) {
         i.fields["Customer"] = {"petrov"};
         i.project = "acme-lms";
         i.reporter = person("kata@duna.example");
       },
       {"(petrov)", "(acme)", "(duna)"},
       {"petrov", "acme", "duna"}},
      {"a partner that does not serve the customer",
       [](Issue& i) {
         i.fields["Customer"] = {"acme"};
         i.reporter = person("olga@implementers.example");
       },
       {"(acme)", "(implementers)"},
       {"acme", "implementers"}},
      {"a field that nobody has",
       [](Issue& i) { i.fields["Customer"] = {"Foo Ltd"}; },
       {"the field Customer says \"Foo Ltd\", which is no customer's name", "the reporter is eva@acme.example (acme)"},
       {"acme"}},
      {"a field that nobody has, and nobody else answers",
       [](Issue& i) {
         i.fields["Customer"] = {"Foo Ltd"};
         i.reporter = person("who@elsewhere.example");
       },
       {"the field Customer says \"Foo Ltd\""},
       {}},
      {"nobody answers", [](Issue& i) { i.reporter = person("who@elsewhere.example"); }, {"who@elsewhere.example"}, {}},
      {"nobody answers, and there is no address",
       [](Issue& i) {
         i.reporter = {};
         i.reporter.name = "Guest";
       },
       {"Guest"},
       {}},
  };
  auto book = small_book();
  customer_of(book, "duna").match.organisations = {"Duna Kft."};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto issue = an_issue("2026-06-09T07:00:00Z");
    row.change(issue);
    const auto finding = find(issue, book);
    CHECK_FALSE(finding.customer);
    CAPTURE(reasons_of(finding));
    for (const auto& word : row.words) CHECK(reasons_of(finding).find(word) != std::string::npos);
    std::vector<std::string> candidates;
    for (const auto& each : finding.candidates) candidates.push_back(each.value);
    CHECK(candidates == row.candidates);
    const auto decision = evaluate(issue, book, {}, at("2026-06-09T12:00:00Z"));
    CHECK(decision.billing == Billing::undecided);
    CHECK_FALSE(decision.contract);
    const auto* clock = find_clock(decision, ClockName::first_response);  // somebody must look, by without_contract
    REQUIRE(clock);
    CHECK(to_iso(*clock->due) == "2026-06-11T16:00:00Z");
  }
}

TEST_CASE("what names a customer: id, name and the fields' words, in any case of letters") {
  const auto book = small_book();
  for (const auto* word : {"acme", "ACME", "acme university", "ACME University", "aCME"}) {
    CAPTURE(word);
    auto issue = an_issue("2026-06-09T07:00:00Z");
    issue.fields["Customer"] = {word};
    CHECK(name_of(find(issue, book)) == "acme");
  }
  for (const auto* word : {"acme-lms", "acme.example", "ACME-2026"}) {
    CAPTURE(word);
    auto issue = an_issue("2026-06-09T07:00:00Z");
    issue.fields["Customer"] = {word};
    CHECK(find(issue, book).unknown_value == word);
  }
}

TEST_CASE("domains, their subdomains and the longest of several") {
  struct Row {
    std::string name;
    std::string address;
    std::string expected;
  };
  const std::vector<Row> rows{
      {"a domain", "x@acme.example", "acme"},
      {"a subdomain that another customer has", "x@lab.acme.example", "duna"},
      {"a subdomain by the star", "x@mail.acme.example", "petrov"},
      {"two levels by the star", "x@a.b.acme.example", "petrov"},
      {"the longer star", "x@a.lab.acme.example", "volga"},
      {"a star is not the domain itself", "x@star.example", "nobody"},
      {"below it", "x@a.star.example", "petrov"},
      {"the same letters, another domain", "x@notstar.example", "nobody"},
      {"an address goes before the domain", "boss@lab.acme.example", "acme"},
      {"a contact goes before another's address", "jan@acme.example", "acme"},
      {"in any case of letters", "X@Mail.ACME.Example", "petrov"},
      {"no address", "acme.example", "nobody"},
  };
  auto book = small_book();
  customer_of(book, "petrov").match.domains = {"petrov.example", "*.acme.example", "*.star.example"};
  customer_of(book, "duna").match.domains = {"lab.acme.example"};
  customer_of(book, "volga").match.domains = {"*.lab.acme.example"};
  customer_of(book, "acme").match.addresses = {"boss@lab.acme.example"};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto issue = an_issue("2026-06-09T07:00:00Z");
    issue.reporter = {};
    issue.reporter.address = row.address;
    CHECK(name_of(find(issue, book)) == row.expected);
  }
}

TEST_CASE("staff and robots of ours are no customer, whatever their domain says") {
  auto book = small_book();
  customer_of(book, "petrov").match.domains = {"vendor.example"};
  for (const auto* address : {"anna@vendor.example", "ci@vendor.example"}) {
    CAPTURE(address);
    auto issue = an_issue("2026-06-09T07:00:00Z");
    issue.reporter = person(address);
    CHECK(name_of(find(issue, book)) == "nobody");
    issue.fields["Customer"] = {"duna"};
    CHECK(name_of(find(issue, book)) == "duna");
  }
}
