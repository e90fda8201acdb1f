// Of which product an issue is (rulings 41 and 59): contract and terms are of the one that it was registered for, the
// category is of the present one, and staff are told of the move.
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

std::string served_by(const Decision& decision) {
  return decision.contract ? decision.contract->value : "none";
}

bool has_internal(const Decision& decision, const std::string& id) {
  const auto& advice = decision.internal_advice;
  return std::find(advice.begin(), advice.end(), id) != advice.end();
}

}  // namespace

TEST_CASE("a product that moves is told to staff, the contract stays") {
  struct Row {
    std::string name;
    std::function<void(Issue&)> change;
    bool moved;
  };
  const auto move = [](const std::string& when, const std::string& to) {
    return [when, to](Issue& issue) {
      Event event;
      event.id = "1";
      event.at = at(when);
      event.by = person("alena.k");
      event.changes = {{Attribute::project, "", issue.project, to}};
      issue.history.push_back(event);
      issue.project = to;
    };
  };
  const std::vector<Row> rows{
      {"it stays", [](Issue&) {}, false},
      {"moved to another one", move("2026-06-09T07:30:00Z", "crm"), true},
      {"moved in the second of the registration", move(k_created, "crm"), true},
      {"written otherwise", move("2026-06-09T07:30:00Z", "LMS"), false},
      {"another field moves nothing",
       [](Issue& i) { change_field(i, "2026-06-09T07:30:00Z", "alena.k", "Fix promised", "2026-06-20"); }, false},
  };
  const auto book = small_book();
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto issue = consultation();
    row.change(issue);
    const auto decision = evaluate(issue, book, {}, at(k_now));
    CHECK(has_internal(decision, "product_moved") == row.moved);
    CHECK(served_by(decision) == "ACME-2026");
    CHECK(decision.billing == Billing::pool);
  }
}

// As Bugzilla and Jira tell it: the project is the product, and a move to another one may bring another version.
TEST_CASE("where the project is the product, a move keeps the contract too") {
  struct Row {
    std::string name;
    std::function<void(Issue&)> change;
    std::string served_by;
    bool moved;
    std::string category;
  };
  const auto move = [](Issue& issue, const std::string& when, const std::string& who, const std::string& to,
                       const std::string& version) {
    Event event;
    event.id = std::to_string(issue.history.size() + 1);
    event.at = at(when);
    event.by = person(who);
    event.changes = {{Attribute::project, "", issue.project, to}, {Attribute::version, "", issue.version, version}};
    issue.history.push_back(event);
    issue.project = issue.product = to;
    issue.version = version;
  };
  const auto registered_for = [](Issue& issue, const std::string& product) {
    issue.project = issue.product = product;
    issue.version = "3.2";
  };
  const std::vector<Row> rows{
      {"never moved", [&](Issue& i) { registered_for(i, "lms"); }, "ACME-2026", false, "consultation"},
      {"by staff",
       [&](Issue& i) {
         registered_for(i, "lms");
         move(i, "2026-06-09T07:30:00Z", "alena.k", "website", "0.1");
       },
       "ACME-2026", true, "training"},
      {"in the second of the registration",
       [&](Issue& i) {
         registered_for(i, "lms");
         move(i, k_created, "alena.k", "website", "0.1");
       },
       "ACME-2026", true, "training"},
      {"by the customer, to what belongs to another one",
       [&](Issue& i) {
         registered_for(i, "lms");
         move(i, "2026-06-09T07:30:00Z", "eva@acme.example", "duna-portal", "0.1");
       },
       "ACME-2026", true, "consultation"},
      {"by the customer, to what the contract serves",
       [&](Issue& i) {
         registered_for(i, "website");
         move(i, "2026-06-09T07:30:00Z", "eva@acme.example", "lms", "3.2");
       },
       "none", true, "consultation"},
      {"there and back, to a version that is not served",
       [&](Issue& i) {
         registered_for(i, "lms");
         move(i, "2026-06-09T07:30:00Z", "alena.k", "website", "0.1");
         move(i, "2026-06-09T07:40:00Z", "alena.k", "lms", "0.2");
       },
       "none", false, "consultation"},
  };
  auto book = small_book();
  plan_of(book, "ACME-2026").versions = {{">=", "2"}};
  book.customers.at(2).match.projects = {"duna-portal"};
  ClassificationRule by_product;
  by_product.id = {"website"};
  by_product.category = {"training"};
  by_product.when.product = {"website"};
  book.classification.rules.insert(book.classification.rules.begin(), by_product);
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto issue = consultation();
    row.change(issue);
    const auto decision = evaluate(issue, book, {}, at(k_now));
    CHECK(decision.customer == CustomerId{"acme"});
    CHECK(served_by(decision) == row.served_by);
    CHECK(has_internal(decision, "product_moved") == row.moved);
    CHECK(to_text(decision.category.now()) == row.category);
  }
}

TEST_CASE("a product that stands in a field is the first one that was said") {
  struct Row {
    std::string name;
    std::string at_first;
    std::vector<std::string> later;
    std::string served_by;
    bool moved;
  };
  const std::vector<Row> rows{{"never changed", "lms", {}, "ACME-2026", false},
                              {"changed", "lms", {"crm"}, "ACME-2026", true},
                              {"changed to what is served", "crm", {"lms"}, "none", true},
                              {"emptied", "lms", {""}, "ACME-2026", false},
                              {"filled later", "", {"lms"}, "ACME-2026", false},
                              {"filled later, and changed", "", {"lms", "crm"}, "ACME-2026", true},
                              {"filled later with what is not served", "", {"crm"}, "none", false}};
  auto book = small_book();
  book.trackers.begin()->second.read.product = Source{"Product", "", ""};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto issue = consultation();
    issue.fields["Product"] = {row.at_first};
    int minute = 30;
    for (const auto& value : row.later) {
      change_field(issue, "2026-06-09T07:" + std::to_string(minute++) + ":00Z", "eva@acme.example", "Product", value);
    }
    issue.product = field_value(issue, "Product");
    const auto decision = evaluate(issue, book, {}, at(k_now));
    CHECK(served_by(decision) == row.served_by);
    CHECK(has_internal(decision, "product_moved") == row.moved);
  }
}
