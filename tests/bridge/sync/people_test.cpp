// Whom a write assigns and puts in copy, and that people who cannot be reached hold nothing up.
#include "bridge/sync/people.hpp"

#include <doctest/doctest.h>

#include "bridge/sync/selection.hpp"
#include "tests/bridge/sync/comment_world.hpp"

using namespace cb;

namespace {

struct PeopleWorld : CommentWorld {
  WriteSettings write;
  Capabilities capabilities;
  std::optional<Author> default_assignee;

  PeopleWorld() {
    write.assign_consultant = true;
    write.copy_escalation = true;
    write.comments = {{"escalation", CommentMode::internal}};
    capabilities.private_comments = true;
    capabilities.assign = true;
    capabilities.copy = true;
    decision.consultant = "alena";
  }
  [[nodiscard]] Changes planned() const {
    Fetched fetched;
    fetched.issue = issue;
    fetched.default_assignee = default_assignee;
    return plan(decision, fetched, {write, book, texts, capabilities}, now).changes;
  }
  void escalate() {
    decision.clocks[1].state = ClockState::at_risk;
    decision.escalation = {1, ClockName::resolution, {"alena", "boris", "vera"}, {"alena"}, {"alena", "vera"}};
  }
};

Event assignment(Instant at, const Author& by, const std::string& from, const std::string& to) {
  Event event;
  event.at = at;
  event.by = by;
  event.changes = {{Attribute::assignee, "", from, to}};
  return event;
}

}  // namespace

TEST_CASE("the consultant gets an issue that nobody was ever assigned to") {
  struct Row {
    std::string name;
    void (*change)(PeopleWorld&);
    std::string assigned;
  };
  const Row rows[] = {
      {"nobody was", [](PeopleWorld&) {}, "alena.k"},
      {"by default he has it",
       [](PeopleWorld& w) { w.default_assignee = Author(), w.default_assignee->login = "alena.k"; }, ""},
      {"by default somebody else has it", [](PeopleWorld& w) { w.default_assignee = person("boris@vendor.example"); },
       "alena.k"},
      {"somebody is", [](PeopleWorld& w) { w.issue.assignee = person("boris@vendor.example"); }, ""},
      {"somebody was, and gave it back",
       [](PeopleWorld& w) {
         w.issue.history = {assignment(w.now, alena(), "", "boris"), assignment(w.now, alena(), "boris", "")};
       },
       ""},
      {"only a status moved",
       [](PeopleWorld& w) {
         auto event = assignment(w.now, alena(), "New", "In Progress");
         event.changes.back().what = Attribute::status;
         w.issue.history = {event};
       },
       "alena.k"},
      {"the history is not known", [](PeopleWorld& w) { w.issue.history_known = false; }, ""},
      {"not configured", [](PeopleWorld& w) { w.write.assign_consultant = false; }, ""},
      {"the tracker does not let us", [](PeopleWorld& w) { w.capabilities.assign = false; }, ""},
      {"no consultant", [](PeopleWorld& w) { w.decision.consultant.clear(); }, ""},
      {"waits for the customer", [](PeopleWorld& w) { w.decision.phase = Phase::waiting_for_customer; }, "alena.k"},
      {"resolved", [](PeopleWorld& w) { w.decision.phase = Phase::resolved; }, ""},
      {"closed", [](PeopleWorld& w) { w.decision.phase = Phase::closed; }, ""},
      {"withdrawn", [](PeopleWorld& w) { w.decision.phase = Phase::withdrawn; }, ""},
      {"an unknown status", [](PeopleWorld& w) { w.decision.phase.reset(); }, ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    PeopleWorld world;
    row.change(world);
    CHECK(world.planned().assign.login == row.assigned);
  }
}

TEST_CASE("a consultant without a login there is known by name") {
  PeopleWorld world;
  world.book.staff.front().logins.clear();
  CHECK(world.planned().assign == PersonRef{"", "", "Alena"});
  world.decision.consultant = "nobody";
  CHECK(world.planned().assign.empty());
}

TEST_CASE("people are put in copy together with the note that calls them, and only then") {
  PeopleWorld world;
  CHECK(world.planned().copy.empty());
  world.escalate();
  const auto planned = world.planned();
  CHECK(planned.comments.size() == 1);
  CHECK(planned.copy == std::vector<PersonRef>{{"alena.k", "", "Alena"}, {"vera.d", "", "Věra"}});

  // Who has the issue is told of it anyway.
  auto assigned = world;
  assigned.issue.assignee = person("alena.k");
  CHECK(assigned.planned().copy == std::vector<PersonRef>{{"vera.d", "", "Věra"}});

  // Once the note stands, nobody who left is added again.
  auto written = world;
  written.modes = written.write.comments;
  written.CommentWorld::write();
  CHECK(written.planned().copy.empty());
  written.decision.escalation.step = 2;
  written.decision.escalation.watching = {"alena", "boris", "vera"};
  CHECK(written.planned().copy.size() == 3);

  const std::pair<std::string, void (*)(PeopleWorld&)> without[] = {
      {"not configured", [](PeopleWorld& w) { w.write.copy_escalation = false; }},
      {"the tracker has no copies", [](PeopleWorld& w) { w.capabilities.copy = false; }},
      {"the note is off", [](PeopleWorld& w) { w.write.comments["escalation"] = CommentMode::off; }},
      {"notes cannot be private", [](PeopleWorld& w) { w.capabilities.private_comments = false; }},
      {"the history is not known", [](PeopleWorld& w) { w.issue.history_known = false; }},
      {"held by staff",
       [](PeopleWorld& w) {
         w.book.trackers.at("support").read.override_ = Source{"", "hold", ""};
         w.issue.labels = {"hold"};
         w.issue.history.push_back({"h", w.now, alena(), {}, {{Attribute::label, "", "", "hold"}}});
       }},
  };
  for (const auto& entry : without) {
    const auto& [name, change] = entry;
    CAPTURE(entry.first);
    auto other = world;
    change(other);
    CHECK(other.planned().copy.empty());
  }
}

TEST_CASE("people who cannot be reached do not park the issue, and are not tried again and again") {
  SyncWorld world;
  auto& write = world.settings.trackers.front().write;
  write.assign_consultant = true;
  write.copy_escalation = true;
  write.comments["escalation"] = CommentMode::internal;
  auto issue = consultation("1", world.clock.now());
  issue.priority = "High";
  world.tracker.add(issue);
  world.tracker.ignored = {"assignee", "copy"};
  world.clock.set(at_iso("2026-06-08T11:00:00Z"));
  const auto report = world.cycle();
  CHECK(report.complete());
  CHECK(report.parked == 0);
  CHECK(report.written == 1);
  CHECK_FALSE(world.tracker.at("1").issue.assignee.has_value());
  CHECK(world.tracker.at("1").copied.empty());
  CHECK(world.shows("1", Slot::billing) == "pool");
  CHECK(world.tracker.own_comments("1", "To act now: Alena.") == 1);
  for (int i = 0; i < 5; ++i) {
    world.pass(Seconds{60});
    CHECK(world.cycle().parked == 0);
  }
  // Out of the overlap: tried again only when something happens.
  const auto writes = world.tracker.writes;
  for (int i = 0; i < 10; ++i) {
    world.pass(Seconds{60});
    CHECK(world.cycle().fetched == 0);
  }
  CHECK(world.tracker.writes == writes);
  CHECK(world.tracker.own_comments("1", "To act now: Alena.") == 1);

  world.tracker.ignored.clear();
  world.tracker.comment("1", eva(), "Anybody?", Visibility::everybody);
  world.pass(Seconds{60});
  world.cycle();
  CHECK_FALSE(world.tracker.at("1").issue.assignee.has_value());  // not before a day is over
  world.pass(Seconds{25 * 3600});
  world.tracker.comment("1", eva(), "Hello?", Visibility::everybody);
  world.pass(Seconds{60});
  world.cycle();
  CHECK(world.tracker.at("1").issue.assignee->login == "alena.k");
  CHECK(world.store.all_parked("support").empty());  // what came to pass is not told as kept back any more
}

TEST_CASE("who could not be assigned is listed until nobody is to assign him any more") {
  struct Row {
    const char* name;
    void (*change)(Settings&);
    bool stays;
  };
  const Row rows[] = {
      {"the same", [](Settings&) {}, true},
      {"nobody is assigned", [](Settings& s) { s.trackers.front().write.assign_consultant = false; }, false},
      {"somebody else is",
       [](Settings& s) {
         for (auto& customer : s.book.customers)
           if (customer.consultant == "alena") customer.consultant = "boris";
       },
       false}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    SyncWorld world;
    world.settings.trackers.front().write.assign_consultant = true;
    world.tracker.add(consultation("1", world.clock.now()));
    world.tracker.ignored = {"assignee"};
    world.cycle();
    REQUIRE(world.store.all_parked("support").size() == 1);
    const auto stop = world.store.all_parked("support").front().key;
    CHECK(is_assigning_stop(stop));
    world.store.park({writing_stop("support"), "a public note", world.clock.now(), world.clock.now(), 1});
    row.change(world.settings);
    world.pass(Seconds{60});
    CHECK(world.cycle().complete());
    CHECK(world.store.parked(stop).has_value() == row.stays);
    CHECK(world.store.parked(writing_stop("support")));
  }
}

TEST_CASE("who was assigned stays, and who is in copy is there once") {
  SyncWorld world;
  world.settings.trackers.front().write.assign_consultant = true;
  world.tracker.add(consultation("1", world.clock.now()));
  world.cycle();
  CHECK(world.tracker.at("1").issue.assignee->login == "alena.k");
  world.tracker.at("1").issue.assignee.reset();
  world.tracker.comment("1", alena(), "Somebody else, please.", Visibility::internal);
  for (int i = 0; i < 3; ++i) {
    world.pass(Seconds{60});
    world.cycle();
  }
  CHECK_FALSE(world.tracker.at("1").issue.assignee.has_value());
}
