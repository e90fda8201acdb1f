// What every tracker must do with field values: all in one request, read back, nothing twice, nothing half.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/writing.hpp"

using namespace cb;
using namespace cb::conformance;

TEST_CASE("several changes go in one request and are read back") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Several"});
    const auto tracker = t.open();
    auto changes =
        fields({{Slot::billing, {"free", {}}}, {Slot::sla_state, {"ok", {}}}, {Slot::entitlement, {"Standard", {}}}});
    changes.comments = {{Visibility::everybody, "We have registered your request.", "[cb-000001]"}};
    if (t.fake) t.fake->clear_log();
    const auto done = applied(t, *tracker, id, changes);
    if (t.fake) CHECK(t.fake->writes() == 1);
    CHECK(done.ignored.empty());
    CHECK(done.after.shown.at(Slot::billing).text == "free");
    CHECK(done.after.shown.at(Slot::sla_state).text == "ok");
    CHECK(done.after.shown.at(Slot::entitlement).text == "Standard");
    REQUIRE(done.after.issue.history.size() == 1);  // one request, one entry
    const auto& event = done.after.issue.history.front();
    CHECK(event.changes.size() == 3);
    CHECK(event.by.self);
    REQUIRE(event.comment.has_value());
    CHECK(event.comment->text.find("[cb-000001]") != std::string::npos);
    CHECK(t.backstage->field(id, "Billing") == "free");
  });
}

TEST_CASE("writing the same again sends nothing") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Twice"});
    const auto tracker = t.open();
    auto changes = fields({{Slot::billing, {"pool", {}}}});
    changes.comments = {{Visibility::everybody, "Registered.", "[cb-000002]"}};
    applied(t, *tracker, id, changes);
    const auto before = t.backstage->updated_on(id);
    t.let_time_pass(Seconds(2));
    if (t.fake) t.fake->clear_log();
    const auto again = applied(t, *tracker, id, changes);
    CHECK(again.ignored.empty());
    if (t.fake) CHECK(t.fake->writes() == 0);
    CHECK(t.backstage->updated_on(id) == before);
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-000002]") == 1);
  });
}

TEST_CASE("no changes send nothing") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Nothing to do"});
    const auto tracker = t.open();
    const auto before = t.backstage->updated_on(id);
    t.let_time_pass(Seconds(2));
    applied(t, *tracker, id, {});
    if (t.fake) CHECK(t.fake->writes() == 1);  // the creation
    CHECK(t.backstage->updated_on(id) == before);
  });
}

TEST_CASE("an empty value over an empty field is no change") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Empty over empty"});
    const auto tracker = t.open();
    const auto before = t.backstage->updated_on(id);
    t.let_time_pass(Seconds(2));
    applied(t, *tracker, id, fields({{Slot::billing, {"", {}}}, {Slot::category, {"", {}}}}));
    CHECK(t.backstage->updated_on(id) == before);
  });
}

TEST_CASE("a value can be changed and cleared") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Cleared"});
    const auto tracker = t.open();
    applied(t, *tracker, id, fields({{Slot::next_due, {"2026-11-22 15:30 CET", {}}}}));
    const auto moved = applied(t, *tracker, id, fields({{Slot::next_due, {"2026-11-23 15:30 CET", {}}}}));
    CHECK(moved.after.shown.at(Slot::next_due).text == "2026-11-23 15:30 CET");
    const auto cleared = applied(t, *tracker, id, fields({{Slot::next_due, {"", {}}}}));
    CHECK(cleared.ignored.empty());
    CHECK(cleared.after.shown.at(Slot::next_due).text.empty());
    CHECK(t.backstage->field(id, "SLA next due").empty());
  });
}

TEST_CASE("the fields of others stay as they are") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id =
        t.backstage->create(Who::customer, {"Mine and yours", "", "Bug", {{"Customer", "ACME"}, {"Channel", "email"}}});
    const auto tracker = t.open();
    const auto done = applied(t, *tracker, id, fields({{Slot::billing, {"free", {}}}}));
    CHECK(field_value(done.after.issue, "Customer") == "ACME");
    CHECK(field_value(done.after.issue, "Channel") == "email");
    CHECK(done.after.issue.history.front().changes.size() == 1);
  });
}

TEST_CASE("an issue that was changed meanwhile is stale, and nothing is written") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Stale"});
    const auto tracker = t.open();
    const auto old = revision(t, *tracker, id);
    t.let_time_pass(Seconds(2));
    t.backstage->update(Who::customer, id, {"One more thing."});
    auto changes = fields({{Slot::billing, {"paid", {}}}});
    changes.comments = {{Visibility::everybody, "Registered.", "[cb-000003]"}};
    const auto result = tracker->apply(t.key(id), changes, old);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::stale);
    CHECK(t.backstage->field(id, "Billing").empty());
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-000003]") == 0);
    CHECK(apply(t, *tracker, id, changes).has_value());  // read again, decided again
  });
}

TEST_CASE("a field that the issue lacks is reported, and the rest is written") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Lacks a field"});
    const auto tracker = t.open();
    const auto done = applied(t, *tracker, id, fields({{Slot::billing, {"free", {}}}, {Slot::advice, {"no NDA", {}}}}));
    CHECK(done.after.shown.at(Slot::billing).text == "free");
    CHECK(done.after.shown.count(Slot::advice) == 0);
    REQUIRE(done.ignored.size() == 1);
    CHECK(mentions(done.ignored, "No such field"));
  });
}

TEST_CASE("a field that only the tracker's type lacks is reported as well") {
  on_the_fake([](TrackerUnderTest& t) {
    for (auto& field : t.fake->state().fields)
      if (field.name == "Entitlement") field.trackers = {1};
    const auto id = t.backstage->create(Who::customer, {"A type without the field", "", "Support"});
    const auto tracker = t.open();
    const auto done = applied(t, *tracker, id, fields({{Slot::entitlement, {"Standard", {}}}}));
    CHECK(mentions(done.ignored, "Entitlement"));
  });
}

TEST_CASE("a value that the tracker refuses is rejected with its words, and nothing of the request is stored") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Refused"});
    const auto tracker = t.open();
    auto changes = fields({{Slot::category, {"not in the list", {}}}, {Slot::billing, {"free", {}}}});
    changes.comments = {{Visibility::everybody, "Registered.", "[cb-00000c]"}};
    const auto result = apply(t, *tracker, id, changes);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::rejected);
    CHECK(result.error().what.find("is not included in the list") != std::string::npos);
    CHECK(result.error().what.find(id) != std::string::npos);
    CHECK(t.backstage->field(id, "Billing").empty());
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-00000c]") == 0);
    CHECK(apply(t, *tracker, id, fields({{Slot::category, {"defect", {}}}})).has_value());
  });
}

TEST_CASE("an issue that does not exist cannot be written") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto result = t.open()->apply(t.key("99999999"), fields({{Slot::billing, {"free", {}}}}), {"x"});
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::not_found);
  });
}

TEST_CASE("a closed project takes no writes and does not stop the tracker") {
  on_the_fake([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Project is closed"});
    const auto tracker = t.open();
    const auto before = revision(t, *tracker, id);
    for (auto& project : t.fake->state().projects) project.state = fake::Project::State::closed;
    const auto result = tracker->apply(t.key(id), fields({{Slot::billing, {"free", {}}}}), before);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::rejected);
  });
}

TEST_CASE("a required field that is empty blocks field writes, and the words say which") {
  on_the_fake([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Required"});
    for (auto& field : t.fake->state().fields)
      if (field.name == "Customer") field.required = true;
    const auto tracker = t.open();
    const auto result = apply(t, *tracker, id, fields({{Slot::billing, {"free", {}}}}));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::rejected);
    CHECK(result.error().what.find("Customer cannot be blank") != std::string::npos);
    CHECK(apply(t, *tracker, id, comment(Visibility::everybody, "A note passes.", "[cb-00000d]")).has_value());
  });
}

TEST_CASE("values and notes of every script arrive as they were sent") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Scripts"});
    const auto tracker = t.open();
    const std::string value = "Расширенная поддержка · Éjjel-nappali · 日本 🚀 \"<b>\" & 100 %";
    auto changes = fields({{Slot::entitlement, {value, {}}}});
    changes.comments = {
        {Visibility::everybody, "Příjem: žádost č. 7, odpověď do 15:30.\nДоговор до 31.12.2026.", "[cb-00000e]"}};
    const auto done = applied(t, *tracker, id, changes);
    CHECK(done.ignored.empty());
    CHECK(done.after.shown.at(Slot::entitlement).text == value);
    const auto notes = t.backstage->notes(Who::customer, id);
    CHECK(noted(notes, "Příjem: žádost č. 7, odpověď do 15:30.") == 1);
    CHECK(noted(notes, "Договор до 31.12.2026.") == 1);
  });
}

TEST_CASE("labels are added and removed, and those of others stay") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    REQUIRE(tracker->capabilities().labels);
    const auto id = t.backstage->create(Who::customer, {"Labels"});
    Changes first;
    first.add_labels = {"sla-ok", "workaround"};
    auto done = applied(t, *tracker, id, first);
    auto labels = done.after.issue.labels;
    std::sort(labels.begin(), labels.end());
    CHECK(labels == std::vector<std::string>{"sla-ok", "workaround"});
    Changes second;
    second.add_labels = {"sla-at-risk"};
    second.remove_labels = {"sla-ok"};
    done = applied(t, *tracker, id, second);
    CHECK(done.ignored.empty());
    labels = done.after.issue.labels;
    std::sort(labels.begin(), labels.end());
    CHECK(labels == std::vector<std::string>{"sla-at-risk", "workaround"});
    Changes third;
    third.remove_labels = {"sla-at-risk", "workaround"};
    CHECK(applied(t, *tracker, id, third).after.issue.labels.empty());
  });
}
