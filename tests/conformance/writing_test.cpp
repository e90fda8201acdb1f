// What every tracker must do with changes: all in one request, read back, nothing twice, nothing leaked.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/trackers_under_test.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

Changes fields(std::map<Slot, Shown> values) {
  Changes changes;
  changes.fields = std::move(values);
  return changes;
}

Changes comment(Visibility visibility, const std::string& text, const std::string& reference) {
  Changes changes;
  changes.comments = {{visibility, text, reference}};
  return changes;
}

Revision revision(TrackerUnderTest& t, Tracker& tracker, const std::string& id) {
  const auto fetched = tracker.fetch(t.key(id));
  REQUIRE_MESSAGE(fetched.has_value(), (fetched ? "" : fetched.error().what));
  return fetched->issue.revision;
}

Result<Applied> apply(TrackerUnderTest& t, Tracker& tracker, const std::string& id, const Changes& changes) {
  return tracker.apply(t.key(id), changes, revision(t, tracker, id));
}

Applied applied(TrackerUnderTest& t, Tracker& tracker, const std::string& id, const Changes& changes) {
  auto result = apply(t, tracker, id, changes);
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().what));
  return *result;
}

int noted(const std::vector<std::string>& notes, const std::string& text) {
  return static_cast<int>(std::count_if(notes.begin(), notes.end(),
                                        [&](const std::string& note) { return note.find(text) != std::string::npos; }));
}

bool mentions(const std::vector<std::string>& sentences, const std::string& word) {
  return noted(sentences, word) > 0;
}

}  // namespace

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

TEST_CASE("a private note stays private") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"For staff alone"});
    const auto tracker = t.open();
    auto changes = comment(Visibility::internal, "At risk: 30 minutes are left.", "[cb-000004]");
    changes.fields = {{Slot::sla_state, {"at_risk", {}}}};
    const auto done = applied(t, *tracker, id, changes);
    CHECK(done.ignored.empty());
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-000004]") == 1);
    CHECK(noted(t.backstage->notes(Who::customer, id), "At risk") == 0);
    CHECK(done.after.shown.at(Slot::sla_state).text == "at_risk");
    for (const auto& event : done.after.issue.history)
      if (event.comment) CHECK(event.comment->visibility == Visibility::internal);
  });
}

TEST_CASE("a public and a private note in one go keep apart") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Both"});
    const auto tracker = t.open();
    Changes changes;
    changes.comments = {{Visibility::everybody, "Registered.", "[cb-000005]"},
                        {Visibility::internal, "Breached.", "[cb-000006]"}};
    const auto done = applied(t, *tracker, id, changes);
    CHECK(done.ignored.empty());
    const auto seen = t.backstage->notes(Who::customer, id);
    CHECK(noted(seen, "[cb-000005]") == 1);
    CHECK(noted(seen, "[cb-000006]") == 0);
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-000006]") == 1);
  });
}

TEST_CASE("without the right for private notes none is written, and above all none in public") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"No right"});
    const auto tracker = t.open_with(t.customer_key);
    const auto result = apply(t, *tracker, id, comment(Visibility::internal, "Secret of staff.", "[cb-000007]"));
    REQUIRE_FALSE(result.has_value());
    const auto kind = result.error().kind;
    CHECK((kind == ErrorKind::rejected || kind == ErrorKind::denied));
    CHECK(noted(t.backstage->notes(Who::customer, id), "Secret") == 0);
    CHECK(noted(t.backstage->notes(Who::staff, id), "Secret") == 0);
  });
}

TEST_CASE("a right lost between check and write: the note is withdrawn and writing stops") {
  on_the_fake([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Right lost"});
    const auto tracker = t.open();
    applied(t, *tracker, id, comment(Visibility::internal, "Inside.", "[cb-000008]"));
    for (auto& role : t.fake->state().roles) role.permissions.erase("set_notes_private");
    const auto result = apply(t, *tracker, id, comment(Visibility::internal, "Leaks?", "[cb-000009]"));
    REQUIRE_FALSE(result.has_value());
    CHECK(noted(t.backstage->notes(Who::customer, id), "Leaks?") == 0);
  });
}

TEST_CASE("a comment is recognised by its reference, whatever its words") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Once"});
    const auto tracker = t.open();
    applied(t, *tracker, id, comment(Visibility::everybody, "First wording.", "[cb-00000a]"));
    applied(t, *tracker, id, comment(Visibility::everybody, "Other wording.", "[cb-00000a]"));
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-00000a]") == 1);
    applied(t, *t.open(), id, comment(Visibility::everybody, "After a restart.", "[cb-00000a]"));
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-00000a]") == 1);
  });
}

TEST_CASE("a reference that somebody else quotes is not ours") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Quoted"});
    t.backstage->update(Who::customer, id, {"What does [cb-00000b] mean?"});
    const auto tracker = t.open();
    applied(t, *tracker, id, comment(Visibility::everybody, "Our own.", "[cb-00000b]"));
    CHECK(noted(t.backstage->notes(Who::staff, id), "Our own.") == 1);
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

TEST_CASE("a note that looks like markup is disarmed") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Markup"});
    const auto tracker = t.open();
    applied(t, *tracker, id,
            comment(Visibility::everybody, "<script>alert(1)</script> and {{include(secret)}}", "[cb-00000f]"));
    const auto notes = t.backstage->notes(Who::customer, id);
    REQUIRE(noted(notes, "[cb-00000f]") == 1);
    CHECK(noted(notes, "<script>") == 0);
    CHECK(noted(notes, "{{include") == 0);
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
