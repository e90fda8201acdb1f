// What is written on a Jira alone, or in its own way: in each of its four forms, where it is not said otherwise.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/jira_only.hpp"

using namespace cb;
using namespace cb::conformance;

TEST_CASE("Jira: the decision is kept as a property, in the same request as the fields, and not written twice") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"With a record"});
    const auto tracker = t.open();
    auto changes = fields({{t.words.text(), {"free", {}}}});
    changes.record = R"({"billing":"free","format":1})";
    t.fake->clear_log();
    const auto done = applied(t, *tracker, id, changes);
    CHECK(done.ignored.empty());
    CHECK(t.fake->writes() == 1);
    REQUIRE(done.after.record.has_value());
    CHECK(*done.after.record == changes.record);
    t.fake->clear_log();
    changes.record = R"({ "format": 1, "billing": "free" })";  // the same value
    applied(t, *tracker, id, changes);
    CHECK(t.fake->writes() == 0);
    changes.record = R"({"billing":"paid","format":1})";
    applied(t, *tracker, id, changes);
    REQUIRE(t.fake->writes() == 1);
    CHECK(any_has(targets(t, "PUT"), "/properties/contract-bridge"));  // alone it is no edit
  });
}

TEST_CASE("Jira: a link is one link, wherever it leads") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Linked"});
    const auto tracker = t.open();
    Changes changes;
    changes.links = {{"contract-bridge:support#" + id, "https://bridge.example/issues/1", "Support contract"}};
    CHECK(applied(t, *tracker, id, changes).after.links ==
          std::map<std::string, std::string>{{changes.links[0].id, changes.links[0].url}});
    t.fake->clear_log();
    CHECK(applied(t, *tracker, id, changes).ignored.empty());
    CHECK(t.fake->writes() == 0);
    changes.links[0].url = "https://bridge.example/new/issues/1";
    const auto done = applied(t, *tracker, id, changes);
    CHECK(done.ignored.empty());
    CHECK(done.after.links.size() == 1);
    CHECK(done.after.links.at(changes.links[0].id) == changes.links[0].url);
  });
}

TEST_CASE("Jira: the status moves by the workflow, with nothing that the transition does not ask for") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Moves"});
    const auto tracker = t.open();
    Changes changes;
    changes.status = t.words.working;
    const auto done = applied(t, *tracker, id, changes);
    CHECK(done.ignored.empty());
    CHECK(done.after.issue.status == t.words.working);
    t.fake->clear_log();
    applied(t, *tracker, id, changes);
    CHECK(t.fake->writes() == 0);
    changes.status = "No such status";
    const auto nowhere = applied(t, *tracker, id, changes);
    REQUIRE(nowhere.ignored.size() == 1);
    CHECK(nowhere.ignored[0].find("No such status") != std::string::npos);
    CHECK(nowhere.ignored[0].find("Waiting for customer") != std::string::npos);  // where it could go
    changes.status = "Done";
    const auto wanting = applied(t, *tracker, id, changes);
    REQUIRE(wanting.ignored.size() == 1);
    CHECK(wanting.ignored[0].find("Resolution") != std::string::npos);
    CHECK(wanting.after.issue.status == t.words.working);
  });
}

TEST_CASE("Jira: edits mail nobody where the account may ask for that") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Quiet"});
    const auto mails = t.jira->state().counters.mails;
    applied(t, *t.open(), id, fields({{t.words.text(), {"free", {}}}}));
    CHECK(t.jira->state().counters.mails == mails);
  });
}

TEST_CASE(
    "Jira: where quiet edits are refused, dropped or mailed, the edit is done once, and not tried quietly again") {
  using How = fake_jira::QuietWithoutRight;
  for (const auto how : {How::refused, How::dropped, How::mailed}) {
    CAPTURE(static_cast<int>(how));
    on_the_fake_jiras([&](TrackerUnderTest& t) {
      take_admin_away(t);
      settings(t).quiet_without_right = how;
      const auto first = t.backstage->create(Who::customer, {"Loud"});
      const auto second = t.backstage->create(Who::customer, {"Loud again"});
      const auto tracker = t.open();
      auto changes = fields({{t.words.text(), {"free", {}}}});
      changes.comments = {{Visibility::everybody, "Registered.", "[cb-0000c1]"}};
      const auto done = applied(t, *tracker, first, changes);
      CHECK(done.ignored.empty());
      CHECK(done.after.shown.at(t.words.text()).text == "free");
      CHECK(changes_of(done.after.issue.history, t.words.field(t.words.text())) == 1);
      CHECK(noted(t.backstage->notes(Who::staff, first), "[cb-0000c1]") == 1);
      t.fake->clear_log();
      CHECK(applied(t, *tracker, second, changes).ignored.empty());
      CHECK(any_has(targets(t, "PUT"), "notifyUsers=false") == (how == How::mailed));
      REQUIRE(tracker->who_am_i().has_value());
      CHECK_FALSE(tracker->capabilities().quiet_writes);
    });
  }
}

TEST_CASE("Jira: an account that is no agent writes no note in a service desk, and says why") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    if (!is_desk(t)) return;
    user(t, "bridge").is_agent = false;
    const auto id = t.backstage->create(Who::customer, {"No agent"});
    auto changes = comment(Visibility::internal, "Secret of staff.", "[cb-0000c3]");
    changes.fields = {{t.words.text(), {"at_risk", {}}}};
    const auto tracker = t.open();
    const auto result = apply(t, *tracker, id, changes);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::rejected);
    CHECK(result.error().what.find("no agent") != std::string::npos);
    CHECK(noted(t.backstage->notes(Who::staff, id), "Secret") == 0);
    CHECK(t.field(id, t.words.text()) == "at_risk");  // everything else is written
    REQUIRE(tracker->who_am_i().has_value());
    CHECK_FALSE(tracker->capabilities().private_comments);
  });
}

TEST_CASE("Jira: a reporter who bears the role of staff gets no notes for staff to read") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    if (is_desk(t)) return;
    const auto id = t.backstage->create(Who::staff, {"By a colleague"});
    const auto result = apply(t, *t.open(), id, comment(Visibility::internal, "About the reporter.", "[cb-0000c4]"));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::rejected);
    CHECK(noted(t.backstage->notes(Who::staff, id), "About the reporter.") == 0);
  });
}

TEST_CASE("Jira: a text area holds what looks like markup, and is not written twice for that") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    const auto write = std::map<Slot, std::string>{{Slot::advice, "Notes for staff"}};
    const auto tracker = t.make_writing(write);
    const auto id = t.backstage->create(Who::customer, {"Text area"});
    const std::string text = "# not a list\n* nor *bold* [x] {y} !z! \\ {{q}}";
    const auto changes = fields({{Slot::advice, {text, {}}}});
    const auto done = applied(t, *tracker, id, changes);
    CHECK(done.ignored.empty());
    CHECK(done.after.shown.at(Slot::advice).text == text);
    t.fake->clear_log();
    CHECK(applied(t, *tracker, id, changes).ignored.empty());
    CHECK(t.fake->writes() == 0);
  });
}

TEST_CASE("Jira: a field is made by an administrator, and nobody else") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    const auto made =
        tracker->create_field({"SLA next due", NewField::Kind::date_time, "When we owe the next answer", {}});
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().what));
    CHECK(made->id.rfind("customfield_", 0) == 0);
    CHECK(made->format == "datetime");
    const auto survey = t.open()->survey();
    REQUIRE(survey.has_value());
    CHECK(std::any_of(survey->fields.begin(), survey->fields.end(),
                      [&](const auto& field) { return field.id == made->id && field.date_time; }));
    take_admin_away(t);
    const auto refused = t.open()->create_field({"Another", NewField::Kind::text, "", {}});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::denied);
    CHECK(refused.error().what.find("administrator") != std::string::npos);
  });
}

TEST_CASE("Jira: a field that is on no screen is named, and the rest is written") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    const auto slot = t.words.text(1);
    auto& state = t.jira->state();
    for (auto& project : state.projects)
      if (project.key == "SUP") project.off_screen.insert(fake_jira::field_by_name(state, t.words.field(slot))->id());
    const auto id = t.backstage->create(Who::customer, {"Off screen"});
    const auto done = applied(t, *t.open(), id, fields({{t.words.text(0), {"free", {}}}, {slot, {"at_risk", {}}}}));
    CHECK(done.after.shown.at(t.words.text(0)).text == "free");
    if (done.ignored.empty()) {  // Cloud does not look at screens any more
      CHECK(is_cloud(t));
      CHECK(done.after.shown.at(slot).text == "at_risk");
      return;
    }
    REQUIRE(done.ignored.size() == 1);
    CHECK(done.ignored[0].find("screen") != std::string::npos);
  });
}

TEST_CASE("Jira: several issues are edited by one task, which is asked after until it is done") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    if (!is_cloud(t)) return;
    std::vector<WriteTarget> wanted;
    const auto tracker = t.open();
    for (int i = 0; i < 5; ++i) {
      const auto id = t.backstage->create(Who::customer, {"Bulk " + std::to_string(i)});
      wanted.push_back({t.key(id), revision(t, *tracker, id)});
    }
    const auto mails = t.jira->state().counters.mails;
    auto changes = fields({{t.words.text(), {"free", {}}}});
    if (t.words.date_time) changes.fields[*t.words.date_time] = {"x", t.now() + Seconds(3600)};
    changes.add_labels = {t.words.labels[0]};
    t.fake->clear_log();
    for (const auto& each : tracker->apply_all(wanted, changes)) {
      REQUIRE_MESSAGE(each.has_value(), (each ? "" : each.error().what));
      CHECK(each->ignored.empty());
      CHECK(each->after.issue.labels == changes.add_labels);
    }
    CHECK(t.fake->writes() == 1);
    CHECK(t.jira->state().counters.mails == mails);
    // What is each issue's own goes with each issue.
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      wanted[i].expected = revision(t, *tracker, wanted[i].key.id);
      wanted[i].record = R"({"number":)" + std::to_string(i) + "}";
    }
    t.fake->clear_log();
    const auto records = tracker->apply_all(wanted, {});
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      REQUIRE(records[i].has_value());
      CHECK(records[i]->after.record == wanted[i].record);
    }
    CHECK(t.fake->writes() == 5);
  });
}

TEST_CASE("Jira: a list that empties a field, or both adds and takes labels off, is edited issue by issue") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    if (!is_cloud(t)) return;
    const auto tracker = t.open();
    std::vector<WriteTarget> wanted;
    Changes before = fields({{t.words.text(), {"free", {}}}});
    before.add_labels = {t.words.labels[0]};
    for (int i = 0; i < 4; ++i) {
      const auto id = t.backstage->create(Who::customer, {"One by one " + std::to_string(i)});
      applied(t, *tracker, id, before);
      wanted.push_back({t.key(id), revision(t, *tracker, id)});
    }
    auto changes = fields({{t.words.text(), {"", {}}}});
    changes.add_labels = {t.words.labels[1]};
    changes.remove_labels = {t.words.labels[0]};
    for (const auto& each : tracker->apply_all(wanted, changes)) {
      REQUIRE(each.has_value());
      CHECK(each->ignored.empty());
      CHECK(each->after.shown.at(t.words.text()).text.empty());
      CHECK(each->after.issue.labels == changes.add_labels);
    }
  });
}
