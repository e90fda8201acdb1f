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
    const auto& texts = t.words.texts;
    Changes changes;
    for (const auto slot : texts) changes.fields[slot] = {"value of " + to_text(slot), {}};
    changes.comments = {{Visibility::everybody, "We have registered your request.", "[cb-000001]"}};
    if (t.fake) t.fake->clear_log();
    const auto done = applied(t, *tracker, id, changes);
    if (t.fake) CHECK(t.fake->writes() == 1 + t.requests_to_comment);
    CHECK(done.ignored.empty());
    const auto& history = done.after.issue.history;
    for (const auto slot : texts) {
      CHECK(done.after.shown.at(slot).text == "value of " + to_text(slot));
      CHECK(t.field(id, slot) == "value of " + to_text(slot));
      CHECK(changes_of(history, t.words.field(slot)) == 1);
    }
    REQUIRE_FALSE(history.empty());
    int comments = 0;
    for (const auto& event : history) {  // one request: one person, one instant
      CHECK(event.by.self);
      CHECK(event.at == history.front().at);
      if (event.comment && event.comment->text.find("[cb-000001]") != std::string::npos) ++comments;
    }
    CHECK(comments == 1);
  });
}

TEST_CASE("writing the same again sends nothing") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Twice"});
    const auto tracker = t.open();
    auto changes = fields({{t.words.text(), {"pool", {}}}});
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
    Changes empty;
    for (const auto slot : t.words.texts) empty.fields[slot] = {"", {}};
    if (t.words.list) empty.fields[t.words.list->slot] = {"", {}};
    if (t.words.date_time) empty.fields[*t.words.date_time] = {"", {}};
    applied(t, *tracker, id, empty);
    CHECK(t.backstage->updated_on(id) == before);
  });
}

TEST_CASE("a value can be changed and cleared") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Cleared"});
    const auto tracker = t.open();
    const auto slot = t.words.text();
    applied(t, *tracker, id, fields({{slot, {"2026-11-22 15:30 CET", {}}}}));
    const auto moved = applied(t, *tracker, id, fields({{slot, {"2026-11-23 15:30 CET", {}}}}));
    CHECK(moved.after.shown.at(slot).text == "2026-11-23 15:30 CET");
    const auto cleared = applied(t, *tracker, id, fields({{slot, {"", {}}}}));
    CHECK(cleared.ignored.empty());
    CHECK(cleared.after.shown.at(slot).text.empty());
    CHECK(t.field(id, slot).empty());
  });
}

TEST_CASE("the fields of others stay as they are") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto& [customer, acme, volga] = t.words.customer;
    const auto& [channel, phone, email] = t.words.channel;
    const auto id =
        t.backstage->create(Who::customer, {"Mine and yours", "", "", {{customer, volga}, {channel, email}}});
    const auto tracker = t.open();
    const auto done = applied(t, *tracker, id, fields({{t.words.text(), {"free", {}}}}));
    CHECK(field_value(done.after.issue, customer) == volga);
    CHECK(field_value(done.after.issue, channel) == email);
    CHECK(changes_of(done.after.issue.history, t.words.field(t.words.text())) == 1);
    CHECK(changes_of(done.after.issue.history, customer) == 0);
    CHECK(changes_of(done.after.issue.history, channel) == 0);
  });
}

TEST_CASE("an issue that was changed meanwhile is stale, and nothing is written") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Stale"});
    const auto tracker = t.open();
    const auto old = revision(t, *tracker, id);
    t.let_time_pass(Seconds(2));
    t.backstage->update(Who::customer, id, {"One more thing."});
    auto changes = fields({{t.words.text(), {"paid", {}}}});
    changes.comments = {{Visibility::everybody, "Registered.", "[cb-000003]"}};
    const auto result = tracker->apply(t.key(id), changes, old);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::stale);
    CHECK(t.field(id, t.words.text()).empty());
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-000003]") == 0);
    CHECK(apply(t, *tracker, id, changes).has_value());  // read again, decided again
  });
}

TEST_CASE("a field that the issue lacks is reported, and the rest is written") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Lacks a field"});
    const auto tracker = t.open();
    const auto done =
        applied(t, *tracker, id, fields({{t.words.text(), {"free", {}}}, {t.words.absent, {"no NDA", {}}}}));
    CHECK(done.after.shown.at(t.words.text()).text == "free");
    CHECK(done.after.shown.count(t.words.absent) == 0);
    REQUIRE(done.ignored.size() == 1);
    CHECK(mentions(done.ignored, t.words.field(t.words.absent)));
  });
}

TEST_CASE("a value that the tracker refuses is rejected with its words, and nothing of the request is stored") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Refused"});
    const auto tracker = t.open();
    if (!t.words.list) return not_possible(t, "no slot of the fields named for the cases takes listed values only");
    const auto& [slot, good, refused] = *t.words.list;
    auto changes = fields({{slot, {refused, {}}}, {t.words.text(), {"free", {}}}});
    changes.comments = {{Visibility::everybody, "Registered.", "[cb-00000c]"}};
    const auto result = apply(t, *tracker, id, changes);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::rejected);
    const auto& words = t.words.refusal.empty() ? refused : t.words.refusal;
    CHECK(result.error().what.find(words) != std::string::npos);
    CHECK(result.error().what.find(id) != std::string::npos);
    CHECK(t.field(id, t.words.text()).empty());
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-00000c]") == 0);
    CHECK(apply(t, *tracker, id, fields({{slot, {good, {}}}})).has_value());
  });
}

TEST_CASE("an issue that does not exist cannot be written") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto result = t.open()->apply(t.key("99999999"), fields({{t.words.text(), {"free", {}}}}), {"x"});
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::not_found);
  });
}

TEST_CASE("values and notes of every script arrive as they were sent") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Scripts"});
    const auto tracker = t.open();
    const std::string value = "Расширенная поддержка · Éjjel-nappali · 日本 🚀 \"<b>\" & 100 %";
    auto changes = fields({{t.words.text(), {value, {}}}});
    changes.comments = {
        {Visibility::everybody, "Příjem: žádost č. 7, odpověď do 15:30.\nДоговор до 31.12.2026.", "[cb-00000e]"}};
    const auto done = applied(t, *tracker, id, changes);
    CHECK(done.ignored.empty());
    CHECK(done.after.shown.at(t.words.text()).text == value);
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
    const auto& names = t.words.labels;
    REQUIRE(names.size() >= 3);
    const auto sorted = [](std::vector<std::string> labels) {
      std::sort(labels.begin(), labels.end());
      return labels;
    };
    Changes first;
    first.add_labels = {names[0], names[1]};
    auto done = applied(t, *tracker, id, first);
    CHECK(sorted(done.after.issue.labels) == sorted({names[0], names[1]}));
    Changes second;
    second.add_labels = {names[2]};
    second.remove_labels = {names[0]};
    done = applied(t, *tracker, id, second);
    CHECK(done.ignored.empty());
    CHECK(sorted(done.after.issue.labels) == sorted({names[1], names[2]}));
    Changes third;
    third.remove_labels = {names[1], names[2]};
    CHECK(applied(t, *tracker, id, third).after.issue.labels.empty());
  });
}

TEST_CASE("a label that is there is not added, and one that is not there is not removed") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    const auto id = t.backstage->create(Who::customer, {"Labels again"});
    Changes changes;
    changes.add_labels = {t.words.labels[0]};
    changes.remove_labels = {t.words.labels[1]};
    applied(t, *tracker, id, changes);
    const auto before = t.backstage->updated_on(id);
    t.let_time_pass(Seconds(2));
    CHECK(applied(t, *tracker, id, changes).ignored.empty());
    CHECK(t.backstage->updated_on(id) == before);
  });
}
