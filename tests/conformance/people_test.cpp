// What every tracker must do with people: give an issue that nobody has to somebody, put people in copy once, and say
// who could not be found while the rest is written.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/writing.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

Changes assigned_to(const PersonRef& person) {
  Changes changes;
  changes.assign = person;
  return changes;
}

Changes copied_to(std::vector<PersonRef> people) {
  Changes changes;
  changes.copy = std::move(people);
  return changes;
}

std::string assignee(const Fetched& fetched) {
  return fetched.issue.assignee ? fetched.issue.assignee->name : "nobody";
}

bool shows(const Fetched& fetched, const PersonRef& person) {
  return std::any_of(fetched.copied.begin(), fetched.copied.end(),
                     [&](const Author& author) { return is_person(person, author); });
}

fake::User& user(TrackerUnderTest& t, const std::string& login) {
  auto& users = t.fake->state().users;
  return *std::find_if(users.begin(), users.end(), [&](const auto& each) { return each.login == login; });
}

void take_right(TrackerUnderTest& t, const char* permission) {
  for (auto& role : t.fake->state().roles) role.permissions.erase(permission);
}

}  // namespace

TEST_CASE("an issue that nobody has is assigned, in one request with the fields") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Unassigned"});
    const auto staff = t.backstage->person(Who::staff);
    const auto tracker = t.open();
    auto changes = assigned_to({staff.login, "", ""});
    changes.fields = {{Slot::billing, {"free", {}}}};
    if (t.fake) t.fake->clear_log();
    const auto done = applied(t, *tracker, id, changes);
    if (t.fake) CHECK(t.fake->writes() == 1);
    CHECK(done.unreached.empty());
    CHECK(assignee(done.after) == staff.name);
    CHECK(done.after.shown.at(Slot::billing).text == "free");
    REQUIRE(done.after.issue.history.size() == 1);
    const auto& made = done.after.issue.history.front().changes;
    CHECK(std::count(made.begin(), made.end(), FieldChange{Attribute::assignee, "", "", staff.login}) == 1);
    if (t.fake) t.fake->clear_log();
    CHECK(applied(t, *tracker, id, changes).unreached.empty());
    if (t.fake) CHECK(t.fake->writes() == 0);
  });
}

TEST_CASE("who has an issue keeps it") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Taken"});
    Update take;
    take.assign_to_me = true;
    t.backstage->update(Who::staff, id, take);
    const auto tracker = t.open();
    auto changes = assigned_to(t.backstage->person(Who::customer));
    changes.fields = {{Slot::billing, {"free", {}}}};
    const auto done = applied(t, *tracker, id, changes);
    CHECK(done.unreached.empty());
    CHECK(assignee(done.after) == t.backstage->person(Who::staff).name);
    CHECK(done.after.shown.at(Slot::billing).text == "free");
    t.let_time_pass(Seconds(2));
    const auto before = t.backstage->updated_on(id);
    CHECK(applied(t, *tracker, id, assigned_to(t.backstage->person(Who::customer))).unreached.empty());
    CHECK(t.backstage->updated_on(id) == before);
  });
}

TEST_CASE("who is unknown is named, and the rest is written") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Nobody of that name"});
    const auto staff = t.backstage->person(Who::staff);
    const auto tracker = t.open();
    auto changes = assigned_to({"nobody.at.all", "", "Nobody At All"});
    changes.copy = {{"", "", "Somebody Else"}, staff};
    changes.fields = {{Slot::billing, {"free", {}}}};
    const auto done = applied(t, *tracker, id, changes);
    REQUIRE(done.unreached.size() == 2);
    CHECK(mentions(done.unreached, "nobody.at.all"));
    CHECK(mentions(done.unreached, "Somebody Else"));
    CHECK(assignee(done.after) == "nobody");
    CHECK(shows(done.after, staff));
    CHECK(done.after.shown.at(Slot::billing).text == "free");
  });
}

TEST_CASE("a person is put in copy once, and nothing moves") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"In copy"});
    const auto staff = t.backstage->person(Who::staff);
    const auto customer = t.backstage->person(Who::customer);
    const auto tracker = t.open();
    const auto before = t.backstage->updated_on(id);
    t.let_time_pass(Seconds(2));
    if (t.fake) t.fake->clear_log();
    const auto changes = copied_to({staff, {"", "", customer.name}, {staff.login, "", ""}});
    const auto done = applied(t, *tracker, id, changes);
    if (t.fake) CHECK(t.fake->writes() == 2);
    CHECK(done.unreached.empty());
    CHECK(done.after.copied.size() == 2);
    CHECK(shows(done.after, staff));
    CHECK(shows(done.after, customer));
    for (int attempt = 0; attempt < 2; ++attempt) {
      const auto other = t.open();  // as after a restart
      if (t.fake) t.fake->clear_log();
      CHECK(applied(t, *other, id, changes).unreached.empty());
      if (t.fake) CHECK(t.fake->writes() == 0);
    }
    CHECK(t.backstage->in_copy(id).size() == 2);
    CHECK(t.backstage->updated_on(id) == before);
    const auto again = tracker->fetch(t.key(id));
    REQUIRE(again.has_value());
    CHECK(shows(*again, staff));
  });
}

TEST_CASE("assignee, copy, fields and a private note go together") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"All together"});
    const auto staff = t.backstage->person(Who::staff);
    const auto customer = t.backstage->person(Who::customer);
    const auto tracker = t.open();
    auto changes = comment(Visibility::internal, "Yours, for you know the partner.", "[cb-0000a1]");
    changes.fields = {{Slot::billing, {"pool", {}}}};
    changes.assign = staff;
    changes.copy = {customer};
    if (t.fake) t.fake->clear_log();
    const auto done = applied(t, *tracker, id, changes);
    if (t.fake) CHECK(t.fake->writes() == 2);
    CHECK(done.unreached.empty());
    CHECK(assignee(done.after) == staff.name);
    CHECK(shows(done.after, customer));
    CHECK(done.after.shown.at(Slot::billing).text == "pool");
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-0000a1]") == 1);
    CHECK(noted(t.backstage->notes(Who::customer, id), "[cb-0000a1]") == 0);
  });
}

TEST_CASE("a stale issue gets neither assignee nor people in copy") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Stale people"});
    const auto tracker = t.open();
    const auto old = revision(t, *tracker, id);
    t.let_time_pass(Seconds(2));
    t.backstage->update(Who::customer, id, {"One more thing."});
    auto changes = assigned_to(t.backstage->person(Who::staff));
    changes.copy = {t.backstage->person(Who::staff)};
    const auto result = tracker->apply(t.key(id), changes, old);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::stale);
    const auto after = tracker->fetch(t.key(id));
    REQUIRE(after.has_value());
    CHECK(assignee(*after) == "nobody");
    CHECK(after->copied.empty());
  });
}

TEST_CASE("capabilities say whether people can be assigned and copied") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    REQUIRE(tracker->who_am_i().has_value());
    CHECK(tracker->capabilities().assign);
    CHECK(tracker->capabilities().copy);
    const auto customer = t.open_with(t.customer_key);
    REQUIRE(customer->who_am_i().has_value());
    CHECK_FALSE(customer->capabilities().assign);
    CHECK_FALSE(customer->capabilities().copy);
  });
}

TEST_CASE("a person is found by address, by name ignoring case, and past a wrong name by login") {
  on_the_fake([](TrackerUnderTest& t) {
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
  on_the_fake([](TrackerUnderTest& t) {
    user(t, "boris.s").firstname = "Alena";
    user(t, "boris.s").lastname = "Králová";
    const auto id = t.backstage->create(Who::customer, {"Two of them"});
    const auto tracker = t.open();
    const auto done = applied(t, *tracker, id, assigned_to({"", "", "Alena Králová"}));
    CHECK(mentions(done.unreached, "several members"));
    CHECK(assignee(done.after) == "nobody");
    const auto told = applied(t, *tracker, id, assigned_to({"boris.s", "", "Alena Králová"}));
    CHECK(told.unreached.empty());
    CHECK(t.fake->state().issues.at(std::stoi(id)).assignee == user(t, "boris.s").id);
  });
}

TEST_CASE("without the right to add people in copy, or to see them, none is sent and the rest is written") {
  for (const auto* permission : {"add_issue_watchers", "view_issue_watchers"})
    on_the_fake([&](TrackerUnderTest& t) {
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
  on_the_fake([](TrackerUnderTest& t) {
    for (auto& role : t.fake->state().roles) role.assignable = false;
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
  on_the_fake([](TrackerUnderTest& t) {
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
  on_the_fake([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Dropped"});
    const auto tracker = t.open();
    user(t, "boris.s").locked = true;
    auto changes = copied_to({{"boris.s", "", "Boris Sokolov"}});
    changes.fields = {{Slot::billing, {"free", {}}}};
    CHECK(mentions(applied(t, *tracker, id, changes).unreached, "locked"));
    t.fake->fail_always("POST", "/issues/" + id + "/watchers", {Fault::Kind::status, 503, {}});
    changes = copied_to({t.backstage->person(Who::staff)});
    changes.fields = {{Slot::billing, {"paid", {}}}};
    const auto done = applied(t, *tracker, id, changes);
    CHECK(mentions(done.unreached, "503"));
    CHECK(t.backstage->field(id, "Billing") == "paid");
    t.fake->clear_faults();
    CHECK(applied(t, *tracker, id, changes).unreached.empty());
  });
}
