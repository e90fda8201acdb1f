// Instants in fields that hold nothing else, and in text fields beside them.
#include <doctest/doctest.h>

#include "bridge/sync/plan.hpp"
#include "tests/bridge/sync/comment_world.hpp"

using namespace cb;

namespace {

struct DueWorld : CommentWorld {
  WriteSettings write;
  Capabilities capabilities;
  Fetched fetched;

  explicit DueWorld(InstantFormat format = InstantFormat::natural) {
    write.fields = {{Slot::next_due, {"cf_due", format}}};
    capabilities.date_time_fields = true;
    fetched.issue = issue;
    fetched.shown[Slot::next_due] = {};
    fetched.date_time_slots = {Slot::next_due};
  }
  [[nodiscard]] PlannedWrite planned() const {
    return plan(decision, fetched, {write, book, texts, capabilities}, now);
  }
  [[nodiscard]] Shown wanted() const { return planned().changes.fields.at(Slot::next_due); }
  void pause() {
    decision.next_due.reset();
    decision.clocks = {clock_reading(ClockName::resolution, ClockState::paused, "")};
    decision.clocks[0].left = BusinessTime{Seconds{8 * 3600}};
  }
};

}  // namespace

TEST_CASE("the field's own type decides what it gets, not what the tracker has elsewhere") {
  for (const auto format : {InstantFormat::natural, InstantFormat::local, InstantFormat::iso}) {
    DueWorld world(format);
    const std::string text = format == InstantFormat::iso ? "2026-06-08T16:00:00Z" : "2026-06-08 18:00 CEST";
    CHECK(world.wanted().instant == at_iso("2026-06-08T16:00:00Z"));
    world.fetched.date_time_slots.clear();
    CHECK(world.wanted() == Shown{text, {}});
    world.fetched.shown[Slot::next_due] = {text, {}};
    CHECK(world.planned().changes.empty());
    world.fetched.shown[Slot::next_due] = {"2026-06-08 19:00 CEST", {}};
    CHECK(world.wanted() == Shown{text, {}});
  }
}

TEST_CASE("instants compare as such, whatever words stand beside them") {
  DueWorld world;
  world.fetched.shown[Slot::next_due] = {"2026-06-08T16:00:00Z", at_iso("2026-06-08T16:00:00Z")};
  CHECK(world.planned().changes.empty());
  world.fetched.shown[Slot::next_due].instant = at_iso("2026-06-08T16:00:01Z");
  CHECK(world.wanted().instant == at_iso("2026-06-08T16:00:00Z"));
  world.fetched.shown[Slot::next_due] = {"", at_iso("2026-06-08T16:00:00Z")};
  world.decision.next_due.reset();
  world.decision.clocks.clear();
  CHECK(world.wanted() == Shown{});
  world.fetched.shown[Slot::next_due] = {};
  CHECK(world.planned().changes.empty());
}

TEST_CASE("a paused clock leaves a field of instants empty and says in a text field what is left") {
  DueWorld world;
  world.pause();
  CHECK(world.planned().changes.empty());
  world.fetched.shown[Slot::next_due] = {"2026-06-08T16:00:00Z", at_iso("2026-06-08T16:00:00Z")};
  CHECK(world.wanted() == Shown{});
  world.fetched.date_time_slots.clear();
  world.fetched.shown[Slot::next_due] = {};
  CHECK(world.wanted() == Shown{"paused, 8h left", {}});
}

TEST_CASE("an hour that the tracker's zone has twice is not sent to a field of instants") {
  struct Row {
    const char* due;
    const char* stored_in;
    bool sent;
  };
  const Row rows[] = {
      {"2026-10-24T23:59:59Z", "Europe/Berlin", true},
      {"2026-10-25T00:00:00Z", "Europe/Berlin", false},
      {"2026-10-25T00:30:00Z", "Europe/Berlin", false},
      {"2026-10-25T01:59:59Z", "Europe/Berlin", false},
      {"2026-10-25T02:00:00Z", "Europe/Berlin", true},
      {"2026-10-25T00:30:00Z", "UTC", true},
      {"2026-10-25T00:30:00Z", "", true},
  };
  for (const auto& row : rows) {
    CAPTURE(row.due);
    CAPTURE(row.stored_in);
    DueWorld world;
    world.decision.next_due = at_iso(row.due);
    world.capabilities.stored_in_zone = row.stored_in;
    if (row.sent) {
      CHECK(world.wanted().instant == at_iso(row.due));
      CHECK(world.planned().notes.empty());
      continue;
    }
    auto planned = world.planned();
    CHECK(planned.changes.empty());  // it is empty and stays so
    REQUIRE(planned.notes.size() == 1);
    CHECK(planned.notes.front() == "cannot hold " + std::string(row.due) + " in the field \"cf_due\": the hour comes " +
                                       "twice in Europe/Berlin; use a text field");
    world.fetched.shown[Slot::next_due] = {"2026-10-24T12:00:00Z", at_iso("2026-10-24T12:00:00Z")};
    CHECK(world.wanted() == Shown{});
    CHECK(world.planned().after.at(Slot::next_due) == Shown{});
    world.fetched.date_time_slots.clear();
    CHECK_FALSE(world.wanted().text.empty());
    CHECK(world.planned().notes.empty());
  }
}
