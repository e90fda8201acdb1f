// Changes of status by state: done once, never against staff, never in a circle.
#include "bridge/sync/transitions.hpp"

#include <doctest/doctest.h>

#include "tests/bridge/sync/mark_world.hpp"

using namespace cb;

namespace {

const Author k_bot = [] {
  auto bot = person("ci@vendor.example");
  return bot;
}();

Author ourselves() {
  auto author = person("bridge@vendor.example");
  author.self = true;
  return author;
}

// Paid, so far New; the bridge moves it to Offered.
struct StatusWorld : MarkWorld {
  StatusWorld() {
    decision.billing = Billing::paid;
    write.transitions = {{"paid", "New", "Offered"}, {"paid", "In Progress", "Offered"}};
    issue.created = now - k_day;
  }
  void move(const Author& by, const std::string& to) {
    Event event;
    at_ += Seconds{60};
    event.at = at_;
    event.by = by;
    event.changes = {{Attribute::status, "", issue.status, to}};
    issue.status = to;
    issue.history.push_back(event);
  }
  // Planned, done by our account, and planned again.
  void let_it_work() {
    for (int i = 0; i < 10; ++i) {
      const auto changes = planned();
      if (changes.status.empty()) return;
      move(ourselves(), changes.status);
    }
    FAIL("it never ends");
  }

 private:
  Instant at_ = now - k_day;
};

}  // namespace

TEST_CASE("a status changes while the state holds and the issue stands where the change begins") {
  struct Row {
    const char* name;
    void (*change)(StatusWorld&);
    const char* status;
  };
  const Row rows[] = {
      {"as configured", [](StatusWorld&) {}, "Offered"},
      {"the other way in", [](StatusWorld& w) { w.move(alena(), "in progress"); }, "Offered"},
      {"another state", [](StatusWorld& w) { w.decision.billing = Billing::free; }, ""},
      {"another status", [](StatusWorld& w) { w.move(alena(), "Feedback"); }, ""},
      {"there already", [](StatusWorld& w) { w.move(alena(), "Offered"); }, ""},
      {"the first that applies",
       [](StatusWorld& w) {
         w.write.transitions = {{"met", "New", "Feedback"}, {"ok", "New", "In Progress"}, {"paid", "New", "Offered"}};
       },
       "In Progress"},
      {"the tracker cannot", [](StatusWorld& w) { w.capabilities.transitions = false; }, ""},
      {"the history is not told", [](StatusWorld& w) { w.issue.history_known = false; }, ""},
      {"a status without a phase", [](StatusWorld& w) { w.move(alena(), "Whatever"); }, ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    StatusWorld world;
    row.change(world);
    CHECK(world.planned().status == row.status);
  }
}

TEST_CASE("who moves an issue back is not fought, by whatever way") {
  StatusWorld world;
  world.let_it_work();
  CHECK(world.issue.status == "Offered");
  for (const auto& by : {alena(), eva(), k_bot}) {
    CAPTURE(by.login);
    for (const auto* to : {"New", "In Progress", "Feedback", "New"}) {
      CAPTURE(to);
      auto moved = world;
      moved.move(by, to);
      CHECK(moved.planned().status.empty());
      moved.move(alena(), "In Progress");
      CHECK(moved.planned().status.empty());
    }
  }
}

TEST_CASE("somebody else's same change is not ours: it may still be made once") {
  StatusWorld world;
  world.move(alena(), "Offered");
  world.move(alena(), "New");
  CHECK(world.planned().status == "Offered");
}

TEST_CASE("a person who reopens an issue begins a new round, a robot does not") {
  for (const auto& entry :
       std::vector<std::pair<Author, std::string>>{{eva(), "Offered"}, {alena(), "Offered"}, {k_bot, ""}}) {
    const auto& [by, status] = entry;
    CAPTURE(entry.first.login);
    StatusWorld world;
    world.let_it_work();
    world.move(alena(), "Resolved");
    CHECK(world.planned().status.empty());
    world.move(by, "New");
    CHECK(world.planned().status == status);
  }
  StatusWorld world;
  world.let_it_work();
  world.move(alena(), "Resolved");
  world.move(alena(), "Closed");
  world.move(eva(), "New");
  world.let_it_work();
  CHECK(world.issue.status == "Offered");
  world.move(alena(), "New");
  CHECK(world.planned().status.empty());
}

TEST_CASE("changes that lead in a circle end") {
  StatusWorld world;
  world.write.transitions = {{"paid", "New", "Offered"},
                             {"paid", "Offered", "Feedback"},
                             {"paid", "Feedback", "New"},
                             {"ok", "New", "Feedback"}};
  world.let_it_work();
  // New, Offered, Feedback, New: each status once.
  CHECK(world.issue.history.size() == 3);
  CHECK(world.issue.status == "New");
}

TEST_CASE("what staff hold is not moved") {
  StatusWorld world;
  world.book.trackers.at("support").read.override_ = Source{{}, "hold", {}};
  world.issue.labels = {"hold"};
  world.issue.history_known = true;
  Event held;
  held.at = world.now - k_day;
  held.by = alena();
  held.changes = {{Attribute::label, "", "", "hold"}};
  world.issue.history.push_back(held);
  CHECK(world.planned().empty());
}
