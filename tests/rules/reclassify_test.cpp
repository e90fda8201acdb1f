// How an issue's category moves (E6; rulings 35, 37-39, 59, 67): by whose hand, when, what that does to the bill, and
// that clocks which have started keep their start. Registered on Tuesday 2026-06-09 at 07:00Z; a Bug is a defect and
// free, Support a consultation from the pool, Training is paid, a Task is nothing that we know.
#include "rules/reclassify.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "tests/rules/support/edits.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

constexpr const char* k_eva = "eva@acme.example";

std::string day(const std::string& time) {
  return "2026-06-09T" + time + "Z";
}

void confirm(Issue& issue, const std::string& time, const std::string& by, const std::string& category) {
  change_field(issue, day(time), by, "Category confirmed", category);
}

// With a label of staff's beside their field and the resolution.
ContractBook book_with_label() {
  auto out = small_book();
  ClassificationRule label;
  label.id = {"label"};
  label.when.labels = {"is-a-bug"};
  label.category = {"defect"};
  out.classification.established.push_back(label);
  return out;
}

std::string name_of(const std::optional<CategoryId>& category) {
  return category ? category->value : "?";
}

std::string text_of(const std::vector<Reclassification>& moves) {
  std::string out;
  for (const auto& move : moves) {
    if (!out.empty()) out += "; ";
    out += name_of(move.from) + " to " + name_of(move.to) + " by " + move.who + " at " + to_iso(move.at).substr(11, 8);
  }
  return out;
}

struct Row {
  std::string name;
  std::function<void(Issue&)> change;
  std::string expected;
};

const std::vector<Row> k_rows{
    {"nothing happened", [](Issue&) {}, ""},
    {"a comment and a status move nothing",
     [](Issue& i) {
       comment(i, day("08:00:00"), "alena.k");
       change_status(i, day("08:30:00"), "alena.k", "In Progress");
     },
     ""},
    {"by staff's field", [](Issue& i) { confirm(i, "08:00:00", "alena.k", "Consultation"); },
     "defect to consultation by alena.k at 08:00:00"},
    {"by a robot of ours", [](Issue& i) { confirm(i, "08:00:00", "ci@vendor.example", "consultation"); },
     "defect to consultation by ci@vendor.example at 08:00:00"},
    {"established as what was claimed", [](Issue& i) { confirm(i, "08:00:00", "alena.k", "defect"); }, ""},
    {"a name that is no category", [](Issue& i) { confirm(i, "08:00:00", "alena.k", "nonsense"); },
     ""},  // the claim goes on, undecided is the bill
    {"by the resolution", [](Issue& i) { change_resolution(i, day("08:00:00"), "alena.k", "Works for me"); },
     "defect to configuration by alena.k at 08:00:00"},
    {"by a resolution that says nothing", [](Issue& i) { change_resolution(i, day("08:00:00"), "alena.k", "Fixed"); },
     ""},
    {"by a label",
     [](Issue& i) {
       i.type = "Support";
       add_label(i, day("08:00:00"), "alena.k", "is-a-bug");
     },
     "consultation to defect by alena.k at 08:00:00"},
    {"by a label that is taken away again",
     [](Issue& i) {
       i.type = "Support";
       add_label(i, day("08:00:00"), "alena.k", "is-a-bug");
       take_label(i, day("09:00:00"), "boris.s", "is-a-bug");
     },
     "consultation to defect by alena.k at 08:00:00; defect to consultation by boris.s at 09:00:00"},
    {"by a change of type", [](Issue& i) { change_type(i, day("08:00:00"), "alena.k", "Support"); },
     "defect to consultation by alena.k at 08:00:00"},
    {"by a change of type that the customer made", [](Issue& i) { change_type(i, day("08:00:00"), k_eva, "Support"); },
     "defect to consultation by eva@acme.example at 08:00:00"},
    {"into what nothing matches", [](Issue& i) { change_type(i, day("08:00:00"), "alena.k", "Task"); },
     "defect to ? by alena.k at 08:00:00"},
    {"out of what nothing matches",
     [](Issue& i) {
       i.type = "Task";
       confirm(i, "08:00:00", "alena.k", "training");
     },
     "? to training by alena.k at 08:00:00"},
    {"a change of type under an established category",
     [](Issue& i) {
       confirm(i, "08:00:00", "alena.k", "configuration");
       change_type(i, day("09:00:00"), "alena.k", "Support");
     },
     "defect to configuration by alena.k at 08:00:00"},
    {"there and back",
     [](Issue& i) {
       confirm(i, "08:00:00", "alena.k", "configuration");
       confirm(i, "09:00:00", "boris.s", "");
     },
     "defect to configuration by alena.k at 08:00:00; configuration to defect by boris.s at 09:00:00"},
    {"from one to another",
     [](Issue& i) {
       confirm(i, "08:00:00", "alena.k", "configuration");
       confirm(i, "09:00:00", "boris.s", "training");
     },
     "defect to configuration by alena.k at 08:00:00; configuration to training by boris.s at 09:00:00"},
    {"the field goes before the resolution",
     [](Issue& i) {
       change_resolution(i, day("08:00:00"), "alena.k", "Configuration");
       confirm(i, "09:00:00", "boris.s", "update");
     },
     "defect to configuration by alena.k at 08:00:00; configuration to update by boris.s at 09:00:00"},
    {"by the customer's hand in staff's field", [](Issue& i) { confirm(i, "08:00:00", k_eva, "consultation"); }, ""},
    {"by the customer's resolution", [](Issue& i) { change_resolution(i, day("08:00:00"), k_eva, "Works for me"); },
     ""},
    {"by the customer's label",
     [](Issue& i) {
       i.type = "Support";
       add_label(i, day("08:00:00"), k_eva, "is-a-bug");
     },
     ""},
    {"the customer writes over what staff found",
     [](Issue& i) {
       confirm(i, "08:00:00", "alena.k", "configuration");
       confirm(i, "09:00:00", k_eva, "defect");
     },
     "defect to configuration by alena.k at 08:00:00"},
    {"filled at registration by the reporter, and nobody touched it",
     [](Issue& i) { i.fields["Category confirmed"] = {"consultation"}; }, ""},
    {"there and back in the same second",
     [](Issue& i) {
       confirm(i, "08:00:00", "alena.k", "configuration");
       confirm(i, "08:00:00", "alena.k", "");
     },
     ""},
    {"twice in the same second: where it ends",
     [](Issue& i) {
       confirm(i, "08:00:00", "alena.k", "configuration");
       confirm(i, "08:00:00", "alena.k", "training");
     },
     "defect to training by alena.k at 08:00:00"},
    {"at the second of the registration: so from the beginning",
     [](Issue& i) { confirm(i, "07:00:00", "alena.k", "configuration"); }, ""},
    {"one second after the registration", [](Issue& i) { confirm(i, "07:00:01", "alena.k", "configuration"); },
     "defect to configuration by alena.k at 07:00:01"},
    {"at now", [](Issue& i) { confirm(i, "12:00:00", "alena.k", "configuration"); },
     "defect to configuration by alena.k at 12:00:00"},
    {"one second after now", [](Issue& i) { confirm(i, "12:00:01", "alena.k", "configuration"); }, ""},
};

Reclassification move(Billing before, Billing after) {
  return {CategoryId{"a"}, CategoryId{"b"}, {}, "", true, before, after};
}

std::string start_of(const Decision& decision, ClockName name) {
  const auto* clock = find_clock(decision, name);
  return clock && clock->start ? to_iso(*clock->start) : "none";
}

}  // namespace

TEST_CASE("how a category moves: from, to, who and when") {
  const auto book = book_with_label();
  for (const auto& row : k_rows) {
    CAPTURE(row.name);
    auto issue = an_issue(day("07:00:00"));
    row.change(issue);
    CHECK(text_of(evaluate(issue, book, {}, at(day("12:00:00"))).reclassified) == row.expected);
  }
}

TEST_CASE("what moving the category does to the bill, by the plan that serves") {
  struct PaidRow {
    std::string name;
    std::string type;
    std::string to;
    Billing before;
    Billing after;
    bool changes;
  };
  const std::vector<PaidRow> rows{
      {"free to pool", "Bug", "consultation", Billing::free, Billing::pool, true},
      {"free to included", "Bug", "update", Billing::free, Billing::included, false},
      {"free to paid", "Bug", "configuration", Billing::free, Billing::paid, true},
      {"pool to free", "Support", "defect", Billing::pool, Billing::free, true},
      {"pool to paid", "Support", "training", Billing::pool, Billing::paid, true},
      {"paid to paid", "Training", "configuration", Billing::paid, Billing::paid, false},
      {"paid to included", "Training", "update", Billing::paid, Billing::included, true},
      {"undecided to paid was no promise", "Task", "training", Billing::undecided, Billing::paid, false},
  };
  const auto book = small_book();
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto issue = an_issue(day("07:00:00"));
    issue.type = row.type;
    confirm(issue, "08:00:00", "alena.k", row.to);
    const auto decision = evaluate(issue, book, {}, at(day("12:00:00")));
    REQUIRE(decision.reclassified.size() == 1);
    CHECK(decision.reclassified.front().paid_before == row.before);
    CHECK(decision.reclassified.front().paid_after == row.after);
    CHECK(decision.reclassified.front().changes_what_is_paid() == row.changes);
    CHECK(decision.billing == row.after);
  }
}

TEST_CASE("only between classes that cost something else is the bill changed, both ways") {
  struct PairRow {
    Billing a;
    Billing b;
    bool changes;
  };
  for (const auto& row : std::vector<PairRow>{{Billing::free, Billing::free, false},
                                              {Billing::free, Billing::included, false},
                                              {Billing::free, Billing::pool, true},
                                              {Billing::free, Billing::paid, true},
                                              {Billing::included, Billing::pool, true},
                                              {Billing::included, Billing::paid, true},
                                              {Billing::pool, Billing::paid, true},
                                              {Billing::undecided, Billing::free, false},
                                              {Billing::undecided, Billing::pool, false},
                                              {Billing::undecided, Billing::paid, false}}) {
    CAPTURE(to_text(row.a));
    CAPTURE(to_text(row.b));
    CHECK(move(row.a, row.b).changes_what_is_paid() == row.changes);
    CHECK(move(row.b, row.a).changes_what_is_paid() == row.changes);
  }
}

TEST_CASE("clocks that have started keep their start when it turns out paid") {
  struct ClockRow {
    std::string name;
    std::string type;
    std::function<void(Issue&)> change;
    Billing billing;
    std::string start;  // of the resolution
  };
  const std::vector<ClockRow> rows{
      {"a defect", "Bug", [](Issue&) {}, Billing::free, day("07:00:00")},
      {"paid from the beginning", "Training", [](Issue&) {}, Billing::paid, "none"},
      {"paid from the first second on", "Bug", [](Issue& i) { confirm(i, "07:00:00", "alena.k", "training"); },
       Billing::paid, "none"},
      {"one second later it had started", "Bug", [](Issue& i) { confirm(i, "07:00:01", "alena.k", "training"); },
       Billing::paid, day("07:00:00")},
      {"a defect turns out paid", "Bug", [](Issue& i) { confirm(i, "10:00:00", "alena.k", "training"); }, Billing::paid,
       day("07:00:00")},
      {"one from the pool turns out paid", "Support", [](Issue& i) { confirm(i, "10:00:00", "alena.k", "training"); },
       Billing::paid, day("07:00:00")},
      {"paid turns out a defect", "Training", [](Issue& i) { confirm(i, "10:00:00", "alena.k", "defect"); },
       Billing::free, day("07:00:00")},
      {"there and back", "Training",
       [](Issue& i) {
         confirm(i, "10:00:00", "alena.k", "defect");
         confirm(i, "11:00:00", "alena.k", "configuration");
       },
       Billing::paid, day("07:00:00")},
      {"one paid category for another", "Training",
       [](Issue& i) { confirm(i, "10:00:00", "alena.k", "configuration"); }, Billing::paid, "none"},
      {"an order approved later moves nothing that runs", "Bug",
       [](Issue& i) {
         confirm(i, "10:00:00", "alena.k", "training");
         change_field(i, day("11:00:00"), "jan@acme.example", "Order approved", "yes");
       },
       Billing::paid, day("07:00:00")},
  };
  const auto book = small_book();
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto issue = an_issue(day("07:00:00"));
    issue.type = row.type;
    row.change(issue);
    const auto decision = evaluate(issue, book, {}, at(day("12:00:00")));
    CHECK(decision.billing == row.billing);
    CHECK(start_of(decision, ClockName::first_response) == day("07:00:00"));
    CHECK(start_of(decision, ClockName::resolution) == row.start);
  }
}

TEST_CASE("a verdict stays when it turns out paid after it was solved") {
  auto issue = an_issue(day("07:00:00"));
  change_status(issue, day("09:00:00"), "alena.k", "Resolved");
  confirm(issue, "10:00:00", "alena.k", "training");
  const auto decision = evaluate(issue, small_book(), {}, at(day("12:00:00")));
  CHECK(decision.billing == Billing::paid);
  REQUIRE(find_clock(decision, ClockName::resolution));
  CHECK(find_clock(decision, ClockName::resolution)->state == ClockState::met);
}

TEST_CASE("the bridge's own hand is no finding that is told to staff") {
  auto issue = an_issue(day("07:00:00"));
  confirm(issue, "08:00:00", "alena.k", "training");
  issue.history.back().by.self = true;
  CHECK(evaluate(issue, small_book(), {}, at(day("12:00:00"))).reclassified.empty());
}

TEST_CASE("one that waited for its order, the pool being empty, goes on waiting under another paid category") {
  struct WaitRow {
    std::string name;
    std::string released;  // when the first of the five is withdrawn; empty: never
    std::string start;     // of the sixth's resolution; established as paid at 10:00:00Z
  };
  const std::vector<WaitRow> rows{
      {"no unit was left for it", "", "none"},
      {"one was given back the second before", "09:59:59", day("08:00:00")},
      {"one was given back at the same instant", "10:00:00", day("08:00:00")},
      {"one was given back a second later", "10:00:01", "none"},
  };
  const auto book = small_book();
  const auto now = at(day("12:00:00"));
  for (const auto& row : rows) {
    CAPTURE(row.name);
    std::vector<Issue> issues;
    for (int number = 1; number <= 6; ++number) {
      issues.push_back(an_issue(number < 6 ? day("07:00:00") : day("08:00:00")));
      issues.back().key.id = std::to_string(number);
      issues.back().type = "Support";
    }
    if (!row.released.empty()) change_status(issues.front(), day(row.released), "alena.k", "Rejected");
    confirm(issues[4], "10:30:00", "alena.k", "training");
    confirm(issues[5], "10:00:00", "alena.k", "training");
    const auto ledger = ledger_of(issues, book, now);
    const auto fifth = evaluate(issues[4], book, ledger, now);
    CHECK(fifth.billing == Billing::paid);
    CHECK(start_of(fifth, ClockName::resolution) == day("07:00:00"));  // it had one
    const auto sixth = evaluate(issues[5], book, ledger, now);
    CHECK(sixth.billing == Billing::paid);
    CHECK(start_of(sixth, ClockName::resolution) == row.start);
    change_field(issues[5], day("11:00:00"), "jan@acme.example", "Order approved", "yes");
    const auto ordered = evaluate(issues[5], book, ledger_of(issues, book, now), now);
    CHECK(start_of(ordered, ClockName::resolution) == (row.start == "none" ? day("11:00:00") : row.start));
  }
}
