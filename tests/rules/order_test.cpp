// The order behind a paid issue (E9; rulings 34 and 36): who may approve or decline it, what that does to the clocks,
// and that who was paid when he approved stays so. Training is paid under the standard plan; jan and the partner's olga
// may order, eva may not. Registered on Tuesday 2026-06-09 as the office in Prague opens, 07:00Z.
#include "rules/order.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "tests/rules/support/edits.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

constexpr const char* k_jan = "jan@acme.example";
constexpr const char* k_eva = "eva@acme.example";
constexpr const char* k_olga = "olga@implementers.example";

void say(Issue& issue, const std::string& time, const std::string& by, const std::string& word) {
  change_field(issue, "2026-06-09T" + time + "Z", by, "Order approved", word);
}

void decline(Issue& issue, const std::string& time, const std::string& by, const std::string& word) {
  change_field(issue, "2026-06-09T" + time + "Z", by, "Order declined", word);
}

Issue paid_issue() {
  auto out = an_issue("2026-06-09T07:00:00Z");
  out.type = "Training";
  return out;
}

const Customer* customer_of_issue(const Issue& issue, const ContractBook& book) {
  const bool of_volga = issue.reporter.address.find("volga") != std::string::npos;
  return find_customer(book, {of_volga ? "volga" : "acme"});
}

std::string text_of(const Approval& approval) {
  std::string out = "open";
  if (approval.at) out = "approved " + to_iso(*approval.at);
  if (approval.declined) out = "declined " + to_iso(*approval.declined);
  for (const auto& deed : approval.refused) out += ", not by " + deed.who;
  return out;
}

struct Row {
  std::string name;
  std::function<void(Issue&)> change;
  std::string expected;
};

const std::vector<Row> k_rows{
    {"nobody said anything", [](Issue&) {}, "open"},
    {"a contact who may order", [](Issue& i) { say(i, "09:00:00", k_jan, "yes"); }, "approved 2026-06-09T09:00:00Z"},
    {"in any case of letters", [](Issue& i) { say(i, "09:00:00", "Jan@ACME.example", "YES"); },
     "approved 2026-06-09T09:00:00Z"},
    {"staff on behalf", [](Issue& i) { say(i, "09:00:00", "alena.k", "yes"); }, "approved 2026-06-09T09:00:00Z"},
    {"a contact who may not", [](Issue& i) { say(i, "09:00:00", k_eva, "yes"); }, "open, not by eva@acme.example"},
    {"a colleague who is no contact", [](Issue& i) { say(i, "09:00:00", "new@acme.example", "yes"); },
     "open, not by new@acme.example"},
    {"a robot", [](Issue& i) { say(i, "09:00:00", "ci@vendor.example", "yes"); }, "open, not by ci@vendor.example"},
    {"the contact of a partner that is not this customer's", [](Issue& i) { say(i, "09:00:00", k_olga, "yes"); },
     "open, not by olga@implementers.example"},
    {"the partner's contact",
     [](Issue& i) {
       i.reporter = person("kim@volga.example");
       say(i, "09:00:00", k_olga, "yes");
     },
     "approved 2026-06-09T09:00:00Z"},
    {"a colleague of the partner's contact",
     [](Issue& i) {
       i.reporter = person("kim@volga.example");
       say(i, "09:00:00", "new@implementers.example", "yes");
     },
     "open, not by new@implementers.example"},
    {"first a wrong person, then a right one",
     [](Issue& i) {
       say(i, "08:00:00", k_eva, "yes");
       say(i, "08:30:00", k_jan, "");
       say(i, "09:00:00", k_jan, "yes");
     },
     "approved 2026-06-09T09:00:00Z, not by eva@acme.example"},
    {"a wrong person afterwards is not asked",
     [](Issue& i) {
       say(i, "09:00:00", k_jan, "yes");
       say(i, "09:30:00", k_eva, "");
       say(i, "10:00:00", k_eva, "yes");
     },
     "approved 2026-06-09T09:00:00Z"},
    {"the first approval counts",
     [](Issue& i) {
       say(i, "09:00:00", k_jan, "yes");
       say(i, "09:30:00", k_jan, "");
       say(i, "10:00:00", k_jan, "yes");
     },
     "approved 2026-06-09T09:00:00Z"},
    {"filled at registration by who may order",
     [](Issue& i) {
       i.reporter = person(k_jan);
       i.fields["Order approved"] = {"yes"};
     },
     "approved 2026-06-09T07:00:00Z"},
    {"filled at registration by who may not", [](Issue& i) { i.fields["Order approved"] = {"yes"}; },
     "open, not by eva@acme.example"},
    {"another word is no approval", [](Issue& i) { say(i, "09:00:00", k_jan, "maybe"); }, "open"},
    {"declined", [](Issue& i) { say(i, "09:00:00", k_jan, "no"); }, "declined 2026-06-09T09:00:00Z"},
    {"declined by staff on behalf", [](Issue& i) { say(i, "09:00:00", "alena.k", "no"); },
     "declined 2026-06-09T09:00:00Z"},
    {"declined by who may not order", [](Issue& i) { say(i, "09:00:00", k_eva, "no"); }, "open"},
    {"declined, then approved",
     [](Issue& i) {
       say(i, "09:00:00", k_jan, "no");
       say(i, "09:30:00", k_jan, "yes");
     },
     "approved 2026-06-09T09:30:00Z"},
    {"declined, then approved by a wrong person",
     [](Issue& i) {
       say(i, "09:00:00", k_jan, "no");
       say(i, "09:30:00", k_eva, "yes");
     },
     "declined 2026-06-09T09:00:00Z, not by eva@acme.example"},
    {"approved, then declined: the approval stays",
     [](Issue& i) {
       say(i, "09:00:00", k_jan, "yes");
       say(i, "09:30:00", k_jan, "no");
     },
     "approved 2026-06-09T09:00:00Z"},
    {"emptied after declining",
     [](Issue& i) {
       say(i, "09:00:00", k_jan, "no");
       say(i, "09:30:00", k_jan, "");
     },
     "open"},
    {"emptied by a wrong person after declining",
     [](Issue& i) {
       say(i, "09:00:00", k_jan, "no");
       say(i, "09:30:00", k_eva, "");
     },
     "declined 2026-06-09T09:00:00Z"},
    {"declined twice: the last one",
     [](Issue& i) {
       say(i, "09:00:00", k_jan, "no");
       say(i, "09:30:00", k_jan, "refused");
     },
     "declined 2026-06-09T09:30:00Z"},
};

// With `read.declined`; a word in the field of the approval declines nothing then.
const std::vector<Row> k_declined_rows{
    {"declined", [](Issue& i) { decline(i, "09:00:00", k_jan, "yes"); }, "declined 2026-06-09T09:00:00Z"},
    {"by who may not order", [](Issue& i) { decline(i, "09:00:00", k_eva, "yes"); }, "open"},
    {"another word", [](Issue& i) { decline(i, "09:00:00", k_jan, "perhaps"); }, "open"},
    {"a no in the field of the approval", [](Issue& i) { say(i, "09:00:00", k_jan, "no"); }, "open"},
    {"declined, then approved",
     [](Issue& i) {
       decline(i, "09:00:00", k_jan, "yes");
       say(i, "09:30:00", k_jan, "yes");
     },
     "approved 2026-06-09T09:30:00Z"},
    {"approved, then declined",
     [](Issue& i) {
       say(i, "09:00:00", k_jan, "yes");
       decline(i, "09:30:00", k_jan, "yes");
     },
     "approved 2026-06-09T09:00:00Z"},
    {"emptied after declining",
     [](Issue& i) {
       decline(i, "09:00:00", k_jan, "yes");
       decline(i, "09:30:00", k_jan, "");
     },
     "open"},
    {"the field of the approval is touched after declining",
     [](Issue& i) {
       decline(i, "09:00:00", k_jan, "yes");
       say(i, "09:30:00", k_jan, "maybe");
     },
     "declined 2026-06-09T09:00:00Z"},
};

std::string approval_text(const Issue& issue, const ContractBook& book, const std::string& now) {
  return text_of(
      approval_of(issue, customer_of_issue(issue, book), book.trackers.at(issue.key.tracker), book, at(now)));
}

std::string start_text(const Decision& decision, ClockName name) {
  const auto* clock = find_clock(decision, name);
  if (!clock) return "none";
  return to_text(clock->state) + (clock->start ? " from " + to_iso(*clock->start) : "") +
         (clock->stopped ? " to " + to_iso(*clock->stopped) : "");
}

// Six consultations on a pool of five; the sixth is approved on 2026-05-11 at 10:00:00Z.
std::vector<Issue> six_consultations() {
  std::vector<Issue> out;
  for (int day = 4; day < 10; ++day) {
    auto issue = an_issue("2026-05-0" + std::to_string(day) + "T08:00:00Z");
    issue.type = "Support";
    issue.key.id = std::to_string(200 + day);
    out.push_back(issue);
  }
  change_field(out.back(), "2026-05-11T10:00:00Z", k_jan, "Order approved", "yes");
  return out;
}

}  // namespace

TEST_CASE("who may approve or decline an order, and what counts") {
  const auto book = small_book();
  for (const auto& row : k_rows) {
    CAPTURE(row.name);
    auto issue = paid_issue();
    row.change(issue);
    CHECK(approval_text(issue, book, "2026-06-09T12:00:00Z") == row.expected);
  }
}

TEST_CASE("the words that decline an order") {
  const auto book = small_book();
  for (const auto* word : {"no", "No", "declined", "Rejected", "refused", "нет", "Нет", "отказ", "отклонено", "ne",
                           "odmítnuto", "zamítnuto", "nem", "Elutasítva"}) {
    CAPTURE(word);
    auto issue = paid_issue();
    say(issue, "09:00:00", k_jan, word);
    CHECK(approval_text(issue, book, "2026-06-09T12:00:00Z") == "declined 2026-06-09T09:00:00Z");
  }
  for (const auto* word : {"none", "not yet", "-", "да", "ano"}) {
    CAPTURE(word);
    auto issue = paid_issue();
    say(issue, "09:00:00", k_jan, word);
    CHECK(approval_text(issue, book, "2026-06-09T12:00:00Z") == "open");
  }
}

TEST_CASE("declined by a field of its own") {
  auto book = small_book();
  book.trackers.at("support").read.declined = Source{"Order declined", "", "yes"};
  for (const auto& row : k_declined_rows) {
    CAPTURE(row.name);
    auto issue = paid_issue();
    row.change(issue);
    CHECK(approval_text(issue, book, "2026-06-09T12:00:00Z") == row.expected);
  }
}

TEST_CASE("approved and declined by labels") {
  auto book = small_book();
  book.trackers.at("support").read.approval = Source{"", "ordered", ""};
  book.trackers.at("support").read.declined = Source{"", "no-order", ""};
  auto issue = paid_issue();
  add_label(issue, "2026-06-09T08:00:00Z", k_eva, "ordered");
  add_label(issue, "2026-06-09T09:00:00Z", k_jan, "no-order");
  take_label(issue, "2026-06-09T10:00:00Z", k_jan, "no-order");
  take_label(issue, "2026-06-09T10:30:00Z", k_eva, "ordered");
  add_label(issue, "2026-06-09T11:00:00Z", k_jan, "Ordered");
  CHECK(approval_text(issue, book, "2026-06-09T07:59:59Z") == "open");
  CHECK(approval_text(issue, book, "2026-06-09T08:59:59Z") == "open, not by eva@acme.example");
  CHECK(approval_text(issue, book, "2026-06-09T09:59:59Z") == "declined 2026-06-09T09:00:00Z, not by eva@acme.example");
  CHECK(approval_text(issue, book, "2026-06-09T10:59:59Z") == "open, not by eva@acme.example");
  CHECK(approval_text(issue, book, "2026-06-09T11:00:00Z") == "approved 2026-06-09T11:00:00Z, not by eva@acme.example");
}

TEST_CASE("clocks of a paid issue wait for the order, one second before and at it") {
  const auto book = small_book();
  auto issue = paid_issue();
  say(issue, "08:00:00", k_eva, "yes");
  say(issue, "09:00:00", k_jan, "yes");
  const auto before = evaluate(issue, book, {}, at("2026-06-09T08:59:59Z"));
  CHECK_FALSE(before.order_approved);
  REQUIRE(before.refused_approvals.size() == 1);
  CHECK(before.refused_approvals.front().who == k_eva);
  CHECK(to_iso(before.refused_approvals.front().at) == "2026-06-09T08:00:00Z");
  CHECK(start_text(before, ClockName::first_response) == "running from 2026-06-09T07:00:00Z");
  CHECK(start_text(before, ClockName::resolution) == "not_started");
  const auto then = evaluate(issue, book, {}, at("2026-06-09T09:00:00Z"));
  CHECK(then.order_approved);
  CHECK(start_text(then, ClockName::first_response) == "running from 2026-06-09T07:00:00Z");
  CHECK(start_text(then, ClockName::resolution) == "running from 2026-06-09T09:00:00Z");
  const auto names = [](const Reason& reason) { return reason.text.find(k_eva) != std::string::npos; };
  CHECK(std::any_of(then.reasons.begin(), then.reasons.end(), names));
}

TEST_CASE("declining cancels what waited and the answer that is still owed") {
  struct DeclineRow {
    std::string name;
    std::string now;
    std::string answered;  // empty: never
    std::string first_response;
    std::string resolution;
  };
  const std::string cancelled = "cancelled to 2026-06-09T09:00:00Z";
  const std::vector<DeclineRow> rows{
      {"one second before", "08:59:59", "", "running from 2026-06-09T07:00:00Z", "not_started"},
      {"at it", "09:00:00", "", "cancelled from 2026-06-09T07:00:00Z to 2026-06-09T09:00:00Z", cancelled},
      {"later", "12:00:00", "", "cancelled from 2026-06-09T07:00:00Z to 2026-06-09T09:00:00Z", cancelled},
      {"answered before", "12:00:00", "08:00:00", "met from 2026-06-09T07:00:00Z to 2026-06-09T08:00:00Z", cancelled},
      {"answered one second before", "12:00:00", "08:59:59", "met from 2026-06-09T07:00:00Z to 2026-06-09T08:59:59Z",
       cancelled},
      {"answered at the same instant", "12:00:00", "09:00:00", "met from 2026-06-09T07:00:00Z to 2026-06-09T09:00:00Z",
       cancelled},
      {"answered one second later", "12:00:00", "09:00:01",
       "cancelled from 2026-06-09T07:00:00Z to 2026-06-09T09:00:00Z", cancelled},
  };
  const auto book = small_book();
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto issue = paid_issue();
    if (!row.answered.empty() && row.answered < "09:00:01")
      comment(issue, "2026-06-09T" + row.answered + "Z", "alena.k");
    say(issue, "09:00:00", k_jan, "no");
    if (row.answered == "09:00:01") comment(issue, "2026-06-09T" + row.answered + "Z", "alena.k");
    const auto decision = evaluate(issue, book, {}, at("2026-06-09T" + row.now + "Z"));
    CHECK(start_text(decision, ClockName::first_response) == row.first_response);
    CHECK(start_text(decision, ClockName::resolution) == row.resolution);
    CHECK(decision.order_declined.has_value() == (row.now > "08:59:59"));
    CHECK(decision.billing == Billing::paid);
  }
}

TEST_CASE("the approval of an issue that has a unit changes nothing") {
  const auto book = small_book();
  auto issue = paid_issue();
  issue.type = "Support";
  const auto before = evaluate(issue, book, {}, at("2026-06-09T10:00:00Z"));
  say(issue, "09:00:00", k_jan, "yes");
  const auto after = evaluate(issue, book, {}, at("2026-06-09T10:00:00Z"));
  CHECK(after.billing == Billing::pool);
  CHECK_FALSE(after.order_approved);
  CHECK(after.pool->reserved == 1);
  CHECK(start_text(after, ClockName::resolution) == start_text(before, ClockName::resolution));
}

TEST_CASE("approved while the pool was empty stays paid after a unit is released") {
  struct ReleaseRow {
    std::string name;
    std::function<void(Issue&)> release;  // what happens to the first of the six
    Billing expected;                     // of the sixth
  };
  const auto reject = [](const std::string& when) {
    return [when](Issue& i) { change_status(i, when, "alena.k", "Rejected"); };
  };
  const auto defect = [](const std::string& when) {
    return [when](Issue& i) { change_field(i, when, "alena.k", "Category confirmed", "defect"); };
  };
  const std::vector<ReleaseRow> rows{
      {"nothing is released", [](Issue&) {}, Billing::paid},
      {"withdrawn long before the approval", reject("2026-05-06T08:00:00Z"), Billing::pool},
      {"withdrawn one second before", reject("2026-05-11T09:59:59Z"), Billing::pool},
      {"withdrawn at the same instant", reject("2026-05-11T10:00:00Z"), Billing::pool},
      {"withdrawn one second after", reject("2026-05-11T10:00:01Z"), Billing::paid},
      {"a defect one second before", defect("2026-05-11T09:59:59Z"), Billing::pool},
      {"a defect at the same instant", defect("2026-05-11T10:00:00Z"), Billing::pool},
      {"a defect one second after", defect("2026-05-11T10:00:01Z"), Billing::paid},
  };
  const auto book = small_book();
  const auto now = at("2026-05-12T10:00:00Z");
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto issues = six_consultations();
    row.release(issues.front());
    const auto sixth = evaluate(issues.back(), book, ledger_of(issues, book, now), now);
    CHECK(sixth.billing == row.expected);
    CHECK(sixth.order_approved == (row.expected == Billing::paid));
    auto open = six_consultations();  // without an approval it gets what is released, whenever that is
    row.release(open.front());
    open.back().history.clear();
    open.back().fields.clear();
    const bool released = row.name != "nothing is released";
    CHECK(evaluate(open.back(), book, ledger_of(open, book, now), now).billing ==
          (released ? Billing::pool : Billing::paid));
  }
}

TEST_CASE("an approved order keeps its unit where the pool had one left over or in overdraft") {
  struct SizeRow {
    std::string name;
    std::function<void(Pool&)> pool;
    Billing expected;  // of the sixth consultation of the second contract year, approved at once
  };
  const std::vector<SizeRow> rows{
      {"five units", [](Pool&) {}, Billing::paid},
      {"one more in overdraft",
       [](Pool& pool) {
         pool.when_empty = {WhenEmpty::Kind::overdraft, 1};
       },
       Billing::pool},
      {"one carried over from the year before", [](Pool& pool) { pool.carry_over = 1; }, Billing::pool},
      {"unlimited", [](Pool& pool) { pool.requests.reset(); }, Billing::pool},
  };
  const auto now = at("2026-05-12T10:00:00Z");
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto book = small_book();
    contract_of(book, "ACME-2026").from = *date_from_iso("2025-03-01");
    row.pool(*plan_of(book, "ACME-2026").pool);
    const auto issues = six_consultations();
    CHECK(evaluate(issues.back(), book, ledger_of(issues, book, now), now).billing == row.expected);
  }
}

TEST_CASE("an approved order does not hold an issue on a pool that refuses when it is empty") {
  auto book = small_book();
  auto& acme = customer_of(book, "acme");
  acme.contracts.front().plan.pool = Pool{4, Period::contract_year, 0, {WhenEmpty::Kind::refuse, 0}};
  auto second = acme.contracts.front();
  second.id = {"ACME-SECOND"};
  second.plan.rank = 0;
  second.plan.pool = Pool{1, Period::contract_year, 0, {}};
  acme.contracts.push_back(second);
  auto issues = six_consultations();
  change_field(issues[4], "2026-05-11T10:00:00Z", k_jan, "Order approved", "yes");
  const auto now = at("2026-05-12T10:00:00Z");
  const auto ledger = ledger_of(issues, book, now);
  const std::vector<std::string> expected{"ACME-2026 pool", "ACME-2026 pool",   "ACME-2026 pool",
                                          "ACME-2026 pool", "ACME-SECOND pool", "ACME-SECOND paid"};
  for (std::size_t each = 0; each < issues.size(); ++each) {
    CAPTURE(each);
    const auto decision = evaluate(issues[each], book, ledger, now);
    REQUIRE(decision.contract);
    CHECK(decision.contract->value + " " + to_text(decision.billing) == expected[each]);
  }
}
