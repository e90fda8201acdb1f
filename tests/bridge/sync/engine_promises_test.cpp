// What customers and staff were told over days of virtual time: each thing once, and nothing taken back.
#include <doctest/doctest.h>

#include "tests/bridge/sync/sync_world.hpp"

using namespace cb;

namespace {

constexpr Seconds k_hour{3600};

WriteSettings& write_of(SyncWorld& world) {
  return world.settings.trackers.front().write;
}

// Cycles from now on until then, one each `every`.
void run_until(SyncWorld& world, const std::string& then, Seconds every = k_hour) {
  while (world.clock.now() < at_iso(then)) {
    world.pass(every);
    REQUIRE(world.cycle().complete());
  }
}

const char* const k_unit_note = "An issue that was registered earlier was seen late";

void check_units(SyncWorld& world) {
  for (const auto* id : {"1", "2", "3", "4", "5"}) {
    CAPTURE(id);
    CHECK(world.shows(id, Slot::billing) == "pool");
    CHECK(world.tracker.own_comments(id, "It uses one of your free requests") == 1);
    CHECK(world.tracker.own_comments(id, "not covered by your current agreement") == 0);
  }
  CHECK(world.shows("late", Slot::billing) == "paid");
  CHECK(world.tracker.own_comments("late", "not covered by your current agreement") == 1);
  CHECK(world.tracker.own_comments("late", "It uses one of your free requests") == 0);
  CHECK(world.tracker.own_comments("5", k_unit_note) == 1);
  CHECK(world.tracker.own_comments("5", "would not have one") == 1);
  CHECK(world.tracker.own_comments("late", k_unit_note) == 1);
  CHECK(world.tracker.own_comments("late", "would have one") == 1);
  for (const auto* id : {"1", "2", "3", "4"}) CHECK(world.tracker.own_comments(id, k_unit_note) == 0);
}

}  // namespace

TEST_CASE("who was told of a free request keeps it when an earlier issue is seen late (ruling 35)") {
  SyncWorld world;
  const auto start = world.clock.now();
  for (int i = 1; i <= 5; ++i) world.tracker.add(consultation(std::to_string(i), start - Seconds{600} + Seconds{i}));
  world.cycle();
  for (const auto* id : {"1", "2", "3", "4", "5"}) REQUIRE(world.shows(id, Slot::billing) == "pool");
  world.pass(k_hour);
  world.tracker.add(consultation("late", start - k_hour));
  world.cycle();
  check_units(world);

  SUBCASE("as long as cycles run") {
    run_until(world, "2026-06-09T08:00:00Z");
    check_units(world);
    const auto writes = world.tracker.writes;
    run_until(world, "2026-06-09T11:00:00Z");
    CHECK(world.tracker.writes == writes);
  }
  SUBCASE("after the store was lost") {
    const auto shown = world.tracker.state_text();
    for (int i = 0; i < 3; ++i) {
      world.pass(Seconds{300});
      world.store = MemoryStore();
      world.cycle();
      CHECK(world.tracker.state_text() == shown);
    }
    check_units(world);
  }
  SUBCASE("until a unit comes back: then nobody has anything to decide") {
    world.tracker.change_status("2", alena(), "Rejected");
    world.pass(Seconds{300});
    world.cycle();
    CHECK(world.shows("late", Slot::billing) == "pool");
    CHECK(world.shows("5", Slot::billing) == "pool");
    CHECK(world.tracker.own_comments("5", k_unit_note) == 1);
  }
}

// As it is where trackers differ, or an earlier issue was hidden from us for a while: nobody is read again by chance.
TEST_CASE("a late issue reaches those whose units it disputes, and later gets one that is given back") {
  SyncWorld world;
  const auto start = world.clock.now();
  for (int i = 1; i <= 5; ++i) world.tracker.add(consultation(std::to_string(i), start - Seconds{600} + Seconds{i}));
  for (int i = 0; i < 5; ++i) {
    world.cycle();
    world.pass(k_hour);
  }
  world.tracker.add(consultation("late", start - k_hour));
  world.cycle();
  check_units(world);

  world.tracker.change_status("late", alena(), "Closed");
  for (int i = 0; i < 3; ++i) {
    world.pass(k_hour);
    world.cycle();
  }
  REQUIRE(world.shows("late", Slot::billing) == "paid");
  world.tracker.change_status("5", alena(), "Rejected");
  world.pass(Seconds{300});
  world.cycle();
  CHECK(world.shows("late", Slot::billing) == "pool");
}

TEST_CASE("where no customer was told anything, the order of registration alone decides") {
  for (const auto mode : {CommentMode::off, CommentMode::internal}) {
    SyncWorld world;
    const auto start = world.clock.now();
    write_of(world).comments["receipt"] = mode;
    for (int i = 1; i <= 5; ++i) {
      world.tracker.add(consultation(std::to_string(i), start - Seconds{600} + Seconds{i}));
    }
    world.cycle();
    CHECK(world.tracker.own_comments("5", "It uses one of your free requests") ==
          (mode == CommentMode::internal ? 1 : 0));
    world.pass(k_hour);
    world.tracker.add(consultation("late", start - k_hour));
    world.cycle();
    CHECK(world.shows("late", Slot::billing) == "pool");
    CHECK(world.shows("4", Slot::billing) == "pool");
    CHECK(world.shows("5", Slot::billing) == "paid");
    for (const auto* id : {"5", "late"}) CHECK(world.tracker.own_comments(id, k_unit_note) == 0);
  }
}

TEST_CASE("who was shown to use a free request loses it to an earlier issue seen late, and none of its deadlines") {
  SyncWorld world;
  const auto start = world.clock.now();
  write_of(world).comments["receipt"] = CommentMode::off;
  world.tracker.field_names[Slot::billing] = "Billing";
  for (int i = 1; i <= 5; ++i) world.tracker.add(consultation(std::to_string(i), start - Seconds{600} + Seconds{i}));
  world.cycle();
  REQUIRE(world.shows("5", Slot::billing) == "pool");
  const auto due = world.shows("5", Slot::resolution_due);
  REQUIRE_FALSE(due.empty());
  world.pass(k_hour);
  world.tracker.add(consultation("late", start - k_hour));
  const auto check = [&] {
    CHECK(world.shows("late", Slot::billing) == "pool");
    CHECK(world.shows("5", Slot::billing) == "paid");
    CHECK(world.shows("5", Slot::resolution_due) == due);
    CHECK(world.tracker.own_comments("5", "This issue was shown as using a free request.") == 1);
    CHECK(world.tracker.own_comments("4", "This issue was shown as using a free request.") == 0);
  };
  world.cycle();
  check();
  world.pass(Seconds{300});
  world.store = MemoryStore();
  world.cycle();
  check();
}

TEST_CASE("who does not confirm is reminded as often as the plan says, and then staff are told") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.cycle();
  world.pass(k_hour);
  world.tracker.comment("1", alena(), "This is how.", Visibility::everybody);
  world.tracker.change_status("1", alena(), "Resolved");
  run_until(world, "2026-06-11T15:00:00Z");
  CHECK(world.tracker.own_comments("1", "We believe that this request was solved") == 0);
  run_until(world, "2026-06-12T16:00:00Z");
  CHECK(world.tracker.own_comments("1", "We believe that this request was solved on 8 June 2026.") == 1);
  run_until(world, "2026-07-15T16:00:00Z");
  CHECK(world.tracker.own_comments("1", "We believe that this request was solved") == 2);
  CHECK(world.tracker.own_comments("1", "Nobody confirmed the solution of 2026-06-08 11:00 CEST in time.") == 1);
  CHECK(world.tracker.at("1").issue.status == "Resolved");  // the bridge closes nothing
}

TEST_CASE("an answer ends the reminders") {
  SyncWorld world;
  world.tracker.add(consultation("1", world.clock.now()));
  world.cycle();
  world.tracker.change_status("1", alena(), "Resolved");
  run_until(world, "2026-06-12T16:00:00Z");
  CHECK(world.tracker.own_comments("1", "We believe that this request was solved") == 1);
  world.tracker.change_status("1", eva(), "Closed");
  run_until(world, "2026-07-15T16:00:00Z");
  CHECK(world.tracker.own_comments("1", "We believe that this request was solved") == 1);
  CHECK(world.tracker.own_comments("1", "Nobody confirmed") == 0);
}

TEST_CASE("an escalation calls the next one at each step, and puts them in copy") {
  SyncWorld world;
  write_of(world).comments["escalation"] = CommentMode::internal;
  write_of(world).copy_escalation = true;
  auto issue = consultation("1", world.clock.now());
  issue.priority = "High";  // answered within four open hours: 75 % at 11:00, 90 % at 11:36
  world.tracker.add(issue);
  struct Row {
    const char* until;
    int notes;
    std::string called;
    std::string in_copy;
  };
  const Row rows[] = {
      {"2026-06-08T10:50:00Z", 0, "", ""},
      {"2026-06-08T11:30:00Z", 1, "To act now: Alena. In copy: Alena, Věra.", "alena.k vera.d "},
      {"2026-06-08T11:50:00Z", 2, "To act now: Alena, Boris. In copy: Alena, Boris, Věra.", "alena.k vera.d boris.s "},
      {"2026-06-08T15:00:00Z", 3, "To act now: Alena, Boris, Věra.", "alena.k vera.d boris.s "},
  };
  for (const auto& row : rows) {
    CAPTURE(row.until);
    run_until(world, row.until, Seconds{600});
    CHECK(world.tracker.own_comments("1", "To act now") == row.notes);
    if (!row.called.empty()) CHECK(world.tracker.own_comments("1", row.called) == 1);
    std::string in_copy;
    for (const auto& each : world.tracker.at("1").copied) in_copy += each.login + " ";
    CHECK(in_copy == row.in_copy);
  }
  // Who left is not added again.
  world.tracker.at("1").copied.clear();
  run_until(world, "2026-06-09T12:00:00Z");
  CHECK(world.tracker.own_comments("1", "To act now") == 3);
  CHECK(world.tracker.at("1").copied.empty());
}

TEST_CASE("a mismatch of text and priority is told once, to staff or to the customer") {
  for (const auto mode : {CommentMode::internal, CommentMode::everybody}) {
    SyncWorld world;
    write_of(world).comments["mismatch"] = mode;
    auto issue = consultation("1", world.clock.now());
    issue.type = "Bug";
    issue.priority = "Low";
    issue.summary = "Production is down, nobody can work";
    world.tracker.add(issue);
    run_until(world, "2026-06-09T10:00:00Z");
    world.tracker.comment("1", eva(), "Hello?", Visibility::everybody);
    run_until(world, "2026-06-09T14:00:00Z");
    const bool in_public = mode == CommentMode::everybody;
    CHECK(world.tracker.own_comments("1", "The description sounds urgent") == (in_public ? 0 : 1));
    CHECK(world.tracker.own_comments("1", "Your description sounds urgent") == (in_public ? 1 : 0));
  }
}

TEST_CASE("staff who find out what it really is are noted once, and the customer is told what it costs now") {
  struct Row {
    std::string established;
    std::string now;
    int told;
  };
  const Row rows[] = {
      {"defect", "free", 1}, {"training", "paid", 0 /* the offer says it */}, {"consultation", "pool", 0}};
  for (const auto& row : rows) {
    CAPTURE(row.established);
    SyncWorld world;
    write_of(world).comments["reclassified"] = CommentMode::everybody;
    world.tracker.add(consultation("1", world.clock.now()));
    world.cycle();
    world.pass(k_hour);
    world.tracker.change_field("1", alena(), "Category confirmed", row.established);
    run_until(world, "2026-06-09T14:00:00Z");
    CHECK(world.shows("1", Slot::billing) == row.now);
    CHECK(world.tracker.own_comments("1", "We have looked into your request") == row.told);
    const auto moved = "The category moved from consultation to " + row.established + ", by alena@vendor.example";
    CHECK(world.tracker.own_comments("1", moved) == (row.established == "consultation" ? 0 : 1));
    CHECK(world.tracker.own_comments("1", "not covered by your current agreement") == (row.now == "paid" ? 1 : 0));
  }
}

TEST_CASE("the marker of the urgent procedure comes and goes with it") {
  SyncWorld world;
  write_of(world).comments["escalation"] = CommentMode::internal;
  auto issue = defect("1", world.clock.now());
  issue.reporter = person("olga@implementers.example");
  issue.priority = "Urgent";
  world.tracker.add(issue);
  run_until(world, "2026-06-08T09:00:00Z", Seconds{600});
  const auto marker = [&] {
    const auto& labels = world.tracker.at("1").issue.labels;
    return std::count(labels.begin(), labels.end(), "urgent-procedure");
  };
  CHECK(marker() == 1);
  CHECK(world.tracker.own_comments("1", "Urgent procedure since 2026-06-08 11:00 MSK, on the calendar duty-emea.") ==
        1);
  Event lowered;
  lowered.at = world.clock.now();
  lowered.by = alena();
  lowered.changes = {{Attribute::priority, "", "Urgent", "Normal"}};
  world.tracker.at("1").issue.priority = "Normal";
  world.tracker.at("1").issue.history.push_back(lowered);
  world.tracker.comment("1", alena(), "It can wait.", Visibility::internal);
  run_until(world, "2026-06-08T10:00:00Z", Seconds{600});
  CHECK(marker() == 0);
  CHECK(world.tracker.own_comments("1", "Urgent procedure since") == 1);
}
