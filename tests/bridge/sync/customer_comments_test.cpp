// What customers are told: each for its cause, once, only while it is news.
#include "bridge/sync/customer_comments.hpp"

#include <doctest/doctest.h>

#include "tests/bridge/sync/comment_causes.hpp"

using namespace cb;

namespace {

CommentWorld in_public(const std::string& kind) {
  return {kind, CommentMode::everybody};
}

void pay(CommentWorld& world) {
  world.decision.billing = Billing::paid;
  world.decision.category.claimed = CategoryId{"customisation"};
}

void miss(CommentWorld& world, ClockName name, const std::string& due) {
  only_clock(world, name, ClockState::breached, due);
}

struct Cause {
  std::string kind;
  std::string cause;
  std::string beginning;
  void (*bring_about)(CommentWorld&);
};

const Cause k_causes[] = {
    {"receipt", "receipt/pool", "We have registered your request", [](CommentWorld&) {}},
    {"receipt", "receipt", "We have registered your request",
     [](CommentWorld& world) { world.decision.billing = Billing::free; }},
    {"offer", "offer", "This request is not covered", pay},
    {"reminder", "reminder/2026-05-29T08:00:00Z/2", "We believe that this request was solved on 29 May 2026",
     [](CommentWorld& world) { resolve(world, 2); }},
    {"mismatch", "mismatch", "Your description sounds urgent",
     [](CommentWorld& world) { world.decision.mismatch = PriorityMismatch::sounds_urgent; }},
    {"mismatch", "mismatch_trivial", "The request has the priority \"Normal\"",
     [](CommentWorld& world) { world.decision.mismatch = PriorityMismatch::sounds_trivial; }},
    {"reclassified", "reclassified/2026-06-08T08:00:00Z", "We have looked into your request",
     [](CommentWorld& world) { move_category(world, Billing::pool, Billing::free); }},
    {"breach", "apology/resolution", "We had promised the solution by",
     [](CommentWorld& world) { miss(world, ClockName::resolution, "2026-06-08T07:00:00Z"); }},
};

}  // namespace

TEST_CASE("each comment for customers is written for its cause, and never again") {
  for (const auto& row : k_causes) {
    CAPTURE(row.cause);
    auto world = in_public(row.kind);
    row.bring_about(world);
    world.private_comments = false;  // notes for staff about the same are left out
    REQUIRE(world.missing().size() == 1);
    CHECK(world.is_missing(row.cause));
    CHECK(world.missing().front().visibility == Visibility::everybody);
    CHECK(world.only().rfind(row.beginning, 0) == 0);
    world.write();
    CHECK(world.missing().empty());
    // in other words, in another language, and whatever is decided by now
    world.decision.language = "ru";
    world.decision.consultant = "boris";
    CHECK(world.missing().empty());
    world.decision.refusal = Refusal::expired;
    CHECK(world.missing().empty());
  }
}

TEST_CASE("what is off is not said, and what is internal is said to staff") {
  for (const auto& row : k_causes) {
    CAPTURE(row.cause);
    CommentWorld world(row.kind, CommentMode::off);
    row.bring_about(world);
    CHECK(world.missing().empty());
    world.modes[row.kind] = CommentMode::internal;
    for (const auto& each : world.missing()) CHECK(each.visibility == Visibility::internal);
    world.private_comments = false;
    CHECK(world.missing().empty());
  }
}

TEST_CASE("a receipt of a free request and another one are the same comment") {
  for (const auto first : {Billing::pool, Billing::included}) {
    auto world = in_public("receipt");
    world.decision.billing = first;
    world.write();
    REQUIRE(world.issue.history.size() == 1);
    for (const auto then : {Billing::pool, Billing::free, Billing::included, Billing::paid}) {
      world.decision.billing = then;
      CHECK(world.missing().empty());
    }
  }
}

TEST_CASE("news grows old") {
  struct Row {
    std::string name;
    std::string kind;
    void (*at_age)(CommentWorld&, Seconds);
    Seconds last;  // the age at which it is still said
  };
  const Row rows[] = {
      {"receipt", "receipt", [](CommentWorld& w, Seconds age) { w.issue.created = w.now - age; }, 7 * k_day},
      {"offer", "offer",
       [](CommentWorld& w, Seconds age) {
         pay(w);
         w.issue.created = w.now - age;
       },
       7 * k_day},
      {"mismatch", "mismatch",
       [](CommentWorld& w, Seconds age) {
         w.decision.mismatch = PriorityMismatch::sounds_urgent;
         w.issue.created = w.now - age;
       },
       7 * k_day},
      {"reminder", "reminder",
       [](CommentWorld& w, Seconds age) {
         resolve(w, 1);
         w.decision.reminders = {w.now - age};
       },
       14 * k_day},
      {"reclassified", "reclassified",
       [](CommentWorld& w, Seconds age) {
         move_category(w, Billing::pool, Billing::free);
         w.decision.reclassified.back().at = w.now - age;
       },
       14 * k_day},
      {"apology", "breach",
       [](CommentWorld& w, Seconds age) {
         miss(w, ClockName::first_response, "");
         w.decision.clocks.back().due = w.now - age;
       },
       14 * k_day},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    for (const auto& entry : {std::pair{Seconds{0}, 1}, std::pair{row.last - Seconds{1}, 1}, std::pair{row.last, 1},
                              std::pair{row.last + Seconds{1}, 0}}) {
      const auto& [age, expected] = entry;
      CAPTURE(entry.first.count());
      auto world = in_public(row.kind);
      world.private_comments = false;
      row.at_age(world, age);
      CHECK(world.missing().size() == static_cast<std::size_t>(expected));
    }
  }
}

TEST_CASE("of several reminders only the latest is written") {
  auto world = in_public("reminder");
  resolve(world, 1);
  world.write();
  CHECK(world.issue.history.size() == 1);
  world.decision.reminders.push_back(world.now);
  CHECK(world.missing().size() == 1);
  CHECK(world.is_missing("reminder/2026-05-29T08:00:00Z/2"));

  auto late = in_public("reminder");
  resolve(late, 3);
  CHECK(late.missing().size() == 1);
  CHECK(late.is_missing("reminder/2026-05-29T08:00:00Z/3"));
  late.write();
  CHECK(late.missing().empty());
  late.decision.clocks = {clock_reading(ClockName::confirmation, ClockState::running, "")};
  late.decision.clocks.back().cycle = 2;
  CHECK(late.missing().empty());  // of a solution before it was reopened
  late.decision.clocks.clear();
  // solved once more: another solution, another reminder
  late.decision.resolved_at = late.now - k_day;
  late.decision.reminders = {late.now};
  CHECK(late.is_missing("reminder/2026-06-07T08:00:00Z/1"));
  for (const auto phase : {Phase::waiting_for_us, Phase::closed, Phase::withdrawn}) {
    late.decision.phase = phase;
    CHECK(late.missing().empty());
  }
}

TEST_CASE("an offer is for who has not answered it") {
  struct Row {
    std::string name;
    void (*change)(CommentWorld&);
    std::string expected;  // the cause of the only comment; empty: none
  };
  const Row rows[] = {
      {"not answered yet", [](CommentWorld&) {}, "offer"},
      {"approved", [](CommentWorld& w) { w.decision.order_approved = true; }, "receipt"},
      {"declined", [](CommentWorld& w) { w.decision.order_declined = w.now; }, ""},
      {"offers are off", [](CommentWorld& w) { w.modes["offer"] = CommentMode::off; }, "receipt"},
      {"staff answered, and the category is only claimed",
       [](CommentWorld& w) {
         w.issue.history.push_back({"1", w.now, alena(), Comment{Visibility::everybody, "We look."}, {}});
       },
       ""},
      {"staff answered and established the category",
       [](CommentWorld& w) {
         w.issue.history.push_back({"1", w.now, alena(), Comment{Visibility::everybody, "We look."}, {}});
         w.decision.category.established = CategoryId{"customisation"};
       },
       "offer"},
      {"a private issue of staff",
       [](CommentWorld& w) {
         w.issue.internal = true;
         w.issue.reporter = alena();
       },
       ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto world = in_public("offer");
    world.modes["receipt"] = CommentMode::everybody;
    pay(world);
    row.change(world);
    CHECK(world.missing().size() == (row.expected.empty() ? 0 : 1));
    if (!row.expected.empty()) CHECK(world.is_missing(row.expected));
  }
}

TEST_CASE("a reclassification is told when it changes what the customer pays") {
  struct Row {
    Billing before, after;
    bool told;
  };
  const Row rows[] = {
      {Billing::pool, Billing::free, true},      {Billing::free, Billing::pool, true},
      {Billing::pool, Billing::included, true},  {Billing::paid, Billing::free, true},
      {Billing::free, Billing::included, false}, {Billing::included, Billing::free, false},
      {Billing::pool, Billing::pool, false},     {Billing::undecided, Billing::pool, false},
      {Billing::free, Billing::paid, true},
  };
  for (const auto& row : rows) {
    CAPTURE(to_text(row.before));
    CAPTURE(to_text(row.after));
    auto world = in_public("reclassified");
    move_category(world, row.before, row.after);
    const auto comments = world.missing();
    const auto told = std::count_if(comments.begin(), comments.end(),
                                    [](const NewComment& each) { return each.visibility == Visibility::everybody; });
    CHECK(told == (row.told ? 1 : 0));
    world.decision.phase = Phase::resolved;
    world.private_comments = false;
    CHECK(world.missing().empty());
  }
}

TEST_CASE("what is to be paid now is told by an offer, where there are offers") {
  auto world = in_public("reclassified");
  move_category(world, Billing::free, Billing::paid);
  world.private_comments = false;
  CHECK(world.only().find("We will send you an offer before we go on.") != std::string::npos);
  world.modes["offer"] = CommentMode::everybody;
  CHECK(world.missing().size() == 1);
  CHECK(world.is_missing("offer"));
  world.decision.order_approved = true;
  CHECK(world.only().find("We do the work against the order that you approved.") != std::string::npos);
  CHECK(world.only().find("We will send you an offer") == std::string::npos);
}

TEST_CASE("which missed promises are apologised for") {
  struct Row {
    std::string name;
    void (*change)(ClockReading&);
    bool apologised;
  };
  const Row rows[] = {
      {"missed", [](ClockReading&) {}, true},
      {"at risk", [](ClockReading& clock) { clock.state = ClockState::at_risk; }, false},
      {"done, too late", [](ClockReading& clock) { clock.stopped = *clock.due + Seconds{60}; }, false},
      {"no deadline", [](ClockReading& clock) { clock.due.reset(); }, false},
      {"the customer's own", [](ClockReading& clock) { clock.name = ClockName::confirmation; }, false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto world = in_public("breach");
    world.private_comments = false;
    miss(world, ClockName::first_response, "2026-06-08T07:00:00Z");
    row.change(world.decision.clocks.back());
    CHECK(world.missing().size() == (row.apologised ? 1 : 0));
  }
}

TEST_CASE("comments come in one order: what it costs first, apologies last; one of receipt and reclassification") {
  CommentWorld world;
  world.modes = all_comments(CommentMode::everybody);
  world.private_comments = false;
  world.decision.mismatch = PriorityMismatch::sounds_urgent;
  move_category(world, Billing::pool, Billing::free);
  world.decision.clocks = {clock_reading(ClockName::first_response, ClockState::breached, "2026-06-08T07:00:00Z"),
                           clock_reading(ClockName::resolution, ClockState::breached, "2026-06-08T07:30:00Z")};
  std::vector<std::string> references, expected;
  for (const auto& comment : world.missing()) references.push_back(comment.reference);
  for (const auto* cause :
       {"reclassified/2026-06-08T08:00:00Z", "mismatch", "apology/first_response", "apology/resolution"}) {
    expected.push_back(reference_of(world.issue.key, cause, 1));
  }
  CHECK(references == expected);
}
