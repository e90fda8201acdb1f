#include <doctest/doctest.h>

#include <functional>

#include "tests/rules/support/small_book.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

std::string advice_of(const Decision& decision) {
  std::string out;
  for (const auto each : decision.advice) out += (out.empty() ? "" : " ") + to_text(each);
  return out;
}

struct Row {
  std::string name;
  std::function<void(Issue&)> change;
  std::string now;
  std::string expected;
};

const std::vector<Row> k_rows = {
    {"nothing to say", [](Issue& i) { i.assignee = person("alena.k"); }, "2026-06-09T08:00:00Z", ""},
    {"nobody is assigned yet", [](Issue&) {}, "2026-06-09T08:00:00Z", "assign_consultant"},
    {"at risk: the owner is put in copy", [](Issue& i) { i.assignee = person("alena.k"); }, "2026-06-09T14:00:00Z",
     "copy_owner"},
    {"no agreement in force", [](Issue& i) { i.reporter = person("anna@petrov.example"); }, "2026-06-09T10:00:00Z",
     "no_nda"},
    {"a partner's contact who is not certified",
     [](Issue& i) {
       i.reporter = person("new@implementers.example");
       i.type = "Support";
     },
     "2026-06-09T10:00:00Z", "no_nda wrong_address"},
    {"closed by staff",
     [](Issue& i) {
       change_status(i, "2026-06-09T08:00:00Z", "alena.k", "Resolved");
       change_status(i, "2026-06-09T09:00:00Z", "alena.k", "Closed");
     },
     "2026-06-10T10:00:00Z", "closed_without_confirmation"},
    {"closed by the customer",
     [](Issue& i) {
       change_status(i, "2026-06-09T08:00:00Z", "alena.k", "Resolved");
       change_status(i, "2026-06-09T09:00:00Z", "eva@acme.example", "Closed");
     },
     "2026-06-10T10:00:00Z", ""},
};

}  // namespace

TEST_CASE("advice follows from the decision") {
  auto book = small_book();
  book.customers.front().consultant = "alena";
  book.customers.front().escalation_owner = "alena";
  for (const auto& row : k_rows) {
    CAPTURE(row.name);
    auto issue = an_issue("2026-06-09T07:00:00Z");
    row.change(issue);
    CHECK(advice_of(evaluate(issue, book, {}, at(row.now))) == row.expected);
  }
}
