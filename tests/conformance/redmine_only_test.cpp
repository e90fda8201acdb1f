// What only a Redmine can show: its roles, projects, fields and watchers, by changing the fake's state.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/writing.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

fake::User& user(TrackerUnderTest& t, const std::string& login) {
  auto& users = t.redmine->state().users;
  return *std::find_if(users.begin(), users.end(), [&](const auto& each) { return each.login == login; });
}

void take_right(TrackerUnderTest& t, const char* permission) {
  for (auto& role : t.redmine->state().roles) role.permissions.erase(permission);
}

}  // namespace

TEST_CASE("a key that goes bad while running turns an empty list into denied") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    t.backstage->create(Who::customer, {"There is an issue"});
    const auto tracker = t.open();
    CHECK(everything_since(*tracker, {}).size() == 1);
    for (auto& each : t.redmine->state().users) each.locked = true;
    const auto list = tracker->changed_since({}, {});
    REQUIRE_FALSE(list.has_value());
    CHECK(list.error().kind == ErrorKind::denied);
  });
}

TEST_CASE("a tracker whose REST interface is switched off is denied") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    t.redmine->state().rest_enabled = false;
    const auto list = t.open()->changed_since({}, {});
    REQUIRE_FALSE(list.has_value());
    CHECK(list.error().kind == ErrorKind::denied);
  });
}

TEST_CASE("a field that only the tracker's type lacks is reported as well") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    for (auto& field : t.redmine->state().fields)
      if (field.name == "Entitlement") field.trackers = {1};
    const auto id = t.backstage->create(Who::customer, {"A type without the field"});
    const auto tracker = t.open();
    const auto done = applied(t, *tracker, id, fields({{Slot::entitlement, {"Standard", {}}}}));
    CHECK(mentions(done.ignored, "Entitlement"));
  });
}

TEST_CASE("a closed project takes no writes and does not stop the tracker") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Project is closed"});
    const auto tracker = t.open();
    const auto before = revision(t, *tracker, id);
    for (auto& project : t.redmine->state().projects) project.state = fake::Project::State::closed;
    const auto result = tracker->apply(t.key(id), fields({{Slot::billing, {"free", {}}}}), before);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::rejected);
  });
}

TEST_CASE("a required field that is empty blocks field writes, and the words say which") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Required"});
    for (auto& field : t.redmine->state().fields)
      if (field.name == "Customer") field.required = true;
    const auto tracker = t.open();
    const auto result = apply(t, *tracker, id, fields({{Slot::billing, {"free", {}}}}));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::rejected);
    CHECK(result.error().what.find("Customer cannot be blank") != std::string::npos);
    CHECK(apply(t, *tracker, id, comment(Visibility::everybody, "A note passes.", "[cb-00000d]")).has_value());
  });
}

TEST_CASE("a note that may not be written holds back nothing that everybody may see") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Half a right"});
    for (auto& role : t.redmine->state().roles) role.permissions.erase("set_notes_private");
    const auto tracker = t.open();
    auto changes = fields({{Slot::billing, {"free", {}}}});
    changes.comments = {{Visibility::internal, "Breached.", "[cb-00000d]"},
                        {Visibility::everybody, "Registered.", "[cb-00000e]"}};
    for (int attempt = 0; attempt < 2; ++attempt) {
      const auto result = apply(t, *tracker, id, changes);
      REQUIRE_FALSE(result.has_value());
      CHECK(result.error().kind == ErrorKind::rejected);
      CHECK(result.error().what.find("set_notes_private") != std::string::npos);
      CHECK(t.fake->writes() == 2);  // the creation and the first attempt
    }
    CHECK(t.backstage->field(id, "Billing") == "free");
    CHECK(noted(t.backstage->notes(Who::customer, id), "[cb-00000e]") == 1);
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-00000d]") == 0);
  });
}

TEST_CASE("a right lost between check and write: the note is withdrawn and writing stops") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Right lost"});
    const auto tracker = t.open();
    applied(t, *tracker, id, comment(Visibility::internal, "Inside.", "[cb-000008]"));
    for (auto& role : t.redmine->state().roles) role.permissions.erase("set_notes_private");
    const auto result = apply(t, *tracker, id, comment(Visibility::internal, "Leaks?", "[cb-000009]"));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::denied);
    CHECK(noted(t.backstage->notes(Who::customer, id), "Leaks?") == 0);
  });
}

TEST_CASE("a person is found by address, by name ignoring case, and past a wrong name by login") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    for (const auto& person : {PersonRef{"", "Boris.Sokolov@VENDOR.example", ""}, PersonRef{"", "", "boris SOKOLOV"},
                               PersonRef{"BORIS.S", "", "Alena Králová"}}) {
      CAPTURE(to_text(person));
      const auto id = t.backstage->create(Who::customer, {"Found"});
      const auto done = applied(t, *tracker, id, assigned_to(person));
      CHECK(done.unreached.empty());
      CHECK(assignee(done.after) == "Boris Sokolov");
    }
  });
}

TEST_CASE("a name that several members have is told, and a login decides between them") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    user(t, "boris.s").firstname = "Alena";
    user(t, "boris.s").lastname = "Králová";
    const auto id = t.backstage->create(Who::customer, {"Two of them"});
    const auto tracker = t.open();
    const auto done = applied(t, *tracker, id, assigned_to({"", "", "Alena Králová"}));
    CHECK(mentions(done.unreached, "several members"));
    CHECK(assignee(done.after) == "nobody");
    const auto told = applied(t, *tracker, id, assigned_to({"boris.s", "", "Alena Králová"}));
    CHECK(told.unreached.empty());
    CHECK(t.redmine->state().issues.at(std::stoi(id)).assignee == user(t, "boris.s").id);
  });
}

TEST_CASE("without the right to add people in copy, or to see them, none is sent and the rest is written") {
  for (const auto* permission : {"add_issue_watchers", "view_issue_watchers"})
    on_the_fake_redmine([&](TrackerUnderTest& t) {
      CAPTURE(permission);
      take_right(t, permission);
      const auto id = t.backstage->create(Who::customer, {"No right to copy"});
      const auto tracker = t.open();
      auto changes = copied_to({t.backstage->person(Who::staff)});
      changes.fields = {{Slot::billing, {"free", {}}}};
      const auto done = applied(t, *tracker, id, changes);
      REQUIRE(done.unreached.size() == 1);
      CHECK(mentions(done.unreached, permission));
      CHECK(t.fake->requests("POST", "/issues/") == 0);
      CHECK(t.backstage->field(id, "Billing") == "free");
      REQUIRE(tracker->who_am_i().has_value());
      CHECK_FALSE(tracker->capabilities().copy);
    });
}

TEST_CASE("an assignee that the tracker refuses does not hold back the rest") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    for (auto& role : t.redmine->state().roles) role.assignable = false;
    const auto id = t.backstage->create(Who::customer, {"Not to be assigned"});
    const auto tracker = t.open();
    auto changes = assigned_to(t.backstage->person(Who::staff));
    auto done = applied(t, *tracker, id, changes);
    CHECK(mentions(done.unreached, "Assignee is invalid"));
    changes.fields = {{Slot::billing, {"free", {}}}};
    changes.comments = {{Visibility::everybody, "Registered.", "[cb-0000a2]"}};
    done = applied(t, *tracker, id, changes);
    REQUIRE(done.unreached.size() == 1);
    CHECK(mentions(done.unreached, "Assignee is invalid"));
    CHECK(t.backstage->field(id, "Billing") == "free");
    CHECK(noted(t.backstage->notes(Who::customer, id), "[cb-0000a2]") == 1);
  });
}

TEST_CASE("an account that may comment but not edit assigns nothing, and says so") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    take_right(t, "edit_issues");
    const auto id = t.backstage->create(Who::customer, {"May only comment"});
    const auto tracker = t.open();
    const auto done = applied(t, *tracker, id, assigned_to(t.backstage->person(Who::staff)));
    CHECK(mentions(done.unreached, "edit_issues"));
    CHECK(t.fake->writes() == 1);  // the creation
    CHECK(assignee(done.after) == "nobody");
    REQUIRE(tracker->who_am_i().has_value());
    CHECK_FALSE(tracker->capabilities().assign);
  });
}

TEST_CASE("a person in copy that the tracker drops or fails to add is told, and the rest is written") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Dropped"});
    const auto tracker = t.open();
    user(t, "boris.s").locked = true;
    auto changes = copied_to({{"boris.s", "", "Boris Sokolov"}});
    changes.fields = {{Slot::billing, {"free", {}}}};
    CHECK(mentions(applied(t, *tracker, id, changes).unreached, "locked"));
    t.fake->fail_always("POST", "/issues/" + id + "/watchers", {Fault::Kind::status, 500, {}});
    changes = copied_to({t.backstage->person(Who::staff)});
    changes.fields = {{Slot::billing, {"paid", {}}}};
    const auto done = applied(t, *tracker, id, changes);
    CHECK(mentions(done.unreached, "500"));
    CHECK(t.backstage->field(id, "Billing") == "paid");
    t.fake->clear_faults();
    CHECK(applied(t, *tracker, id, changes).unreached.empty());
  });
}

TEST_CASE("a person whom a busy tracker cannot put in copy now is waited for, and nothing is written before") {
  on_the_fake_redmine([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Busy"});
    const auto tracker = t.open();
    t.fake->fail_always("POST", "/issues/" + id + "/watchers", {Fault::Kind::status, 503, {}});
    auto changes = copied_to({t.backstage->person(Who::staff)});
    changes.fields = {{Slot::billing, {"paid", {}}}};
    const auto before = tracker->fetch({"support", id});
    REQUIRE(before.has_value());
    const auto refused = tracker->apply({"support", id}, changes, before->issue.revision);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::retry_later);
    CHECK(t.backstage->field(id, "Billing").empty());
    t.fake->clear_faults();
    CHECK(applied(t, *tracker, id, changes).unreached.empty());
    CHECK(t.backstage->field(id, "Billing") == "paid");
  });
}
