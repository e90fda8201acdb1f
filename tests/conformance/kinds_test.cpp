// What not every tracker can do. Its Capabilities say so, and what they say is held against the server: who has it
// shows it, and who has not claims nothing.
#include <doctest/doctest.h>

#include <algorithm>

#include "rules/zone.hpp"
#include "tests/conformance/writing.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

Instant at(const char* iso) {
  return *instant_from_iso(iso);
}

Shown instant(Instant when) {
  return {to_iso(when), when};
}

// Around the changes of the clocks in this zone, and far from them.
std::vector<Instant> instants_of(const Zone& zone) {
  std::vector<Instant> out{at("2027-01-15T13:20:00Z"), at("2027-07-15T13:20:01Z"), at("2027-12-31T23:59:59Z")};
  auto change = zone.next_change(at("2027-01-01T00:00:00Z"));
  for (int i = 0; change && i < 2; ++i) {
    for (const long hours : {-26L, -2L, -1L, 0L, 1L, 2L, 26L}) out.push_back(*change + Seconds(hours * 3600 + 1));
    change = zone.next_change(*change);
  }
  return out;
}

}  // namespace

TEST_CASE("capabilities say what the tracker can do") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    REQUIRE(tracker->who_am_i().has_value());
    const auto& can = tracker->capabilities();
    const bool bugzilla = t.kind == "bugzilla";
    CHECK(can.kind == t.kind);
    CHECK(can.private_comments);
    CHECK(can.labels);
    CHECK_FALSE(can.compare_and_set);
    CHECK(can.quiet_writes == t.quiet);
    CHECK(can.flags == bugzilla);
    CHECK(can.links == bugzilla);
    CHECK(can.server_time == (t.kind != "redmine"));
    CHECK((can.fetch_batch > 1) == t.batches);
    CHECK((can.write_batch > 1) == t.batches);
  });
}

TEST_CASE("the tracker's time is told where capabilities say so") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    const auto me = tracker->who_am_i();
    REQUIRE(me.has_value());
    REQUIRE(me->server_time.has_value() == tracker->capabilities().server_time);
    if (!me->server_time) return;
    const auto skew = *me->server_time > t.now() ? *me->server_time - t.now() : t.now() - *me->server_time;
    CHECK(skew < Seconds(120));
  });
}

TEST_CASE("a flag is granted, denied, requested and cleared by its name") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    const auto id = t.backstage->create(Who::customer, {"Flags"});
    if (!tracker->capabilities().flags) {
      CHECK(tracker->fetch(t.key(id))->flags.empty());
      return;
    }
    if (t.words.flag.empty()) return not_possible(t, t.words.no_flag);
    for (const auto* status : {"?", "+", "-", "+", ""}) {
      CAPTURE(status);
      Changes changes;
      changes.flags = {{t.words.flag, status}};
      const auto done = applied(t, *tracker, id, changes);
      CHECK(done.ignored.empty());
      const auto flags = done.after.flags;
      CHECK(flags.count(t.words.flag) == (*status == '\0' ? 0 : 1));
      if (*status != '\0') CHECK(flags.at(t.words.flag) == status);
      const auto before = t.backstage->updated_on(id);
      t.let_time_pass(Seconds(2));
      CHECK(applied(t, *tracker, id, changes).ignored.empty());
      CHECK(t.backstage->updated_on(id) == before);
    }
    const auto issue = tracker->fetch(t.key(id))->issue;
    const auto changed = [&](const std::string& from, const std::string& to) {
      return std::any_of(issue.history.begin(), issue.history.end(), [&](const Event& event) {
        return std::count(event.changes.begin(), event.changes.end(),
                          FieldChange{Attribute::flag, t.words.flag, from, to}) > 0;
      });
    };
    CHECK(changed("", "?"));
    CHECK(changed("+", "-"));
  });
}

TEST_CASE("an instant in a date-time field is read back to the second, and one that cannot be stored is not sent") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    REQUIRE(tracker->who_am_i().has_value());
    if (!t.words.date_time) {
      const bool was_named = !t.words.no_date_time.empty();
      if (was_named || tracker->capabilities().date_time_fields)
        not_possible(t, was_named ? t.words.no_date_time : "no date-time field was named");
      return;
    }
    REQUIRE(tracker->capabilities().date_time_fields);
    const auto slot = *t.words.date_time;
    const auto& stored_in = tracker->capabilities().stored_in_zone;
    const auto zone = stored_in.empty() ? Zone::utc() : *Zone::find(stored_in);
    const auto id = t.backstage->create(Who::customer, {"Instants"});
    for (const auto when : instants_of(zone)) {
      CAPTURE(to_iso(when));
      const auto done = applied(t, *tracker, id, fields({{slot, instant(when)}}));
      CHECK(done.after.date_time_slots.count(slot) == 1);
      const auto shown = done.after.shown.at(slot);
      if (is_doubled(when, zone)) {
        CHECK_FALSE(shown.instant.has_value());
        CHECK(mentions(done.ignored, t.words.field(slot)));
      } else {
        CHECK(done.ignored.empty());
        CHECK(shown.instant == when);
      }
    }
    const auto cleared = applied(t, *tracker, id, fields({{slot, {"", {}}}}));
    CHECK(cleared.after.shown.at(slot).text.empty());
    CHECK(t.backstage->field(id, t.words.field(slot)).empty());
  });
}

TEST_CASE("a link to another issue is added once, where the tracker has links") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    if (!tracker->capabilities().links) return;
    const auto id = t.backstage->create(Who::customer, {"Linked"});
    Changes changes;
    changes.links = {{"", "https://github.com/acme/lms/issues/7", ""}};
    CHECK(applied(t, *tracker, id, changes).ignored.empty());
    CHECK(t.backstage->field(id, "see_also").find("acme/lms/issues/7") != std::string::npos);
    const auto before = t.backstage->updated_on(id);
    t.let_time_pass(Seconds(2));
    CHECK(applied(t, *tracker, id, changes).ignored.empty());
    CHECK(t.backstage->updated_on(id) == before);
  });
}
