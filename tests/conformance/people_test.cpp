// What every tracker must do with people: give an issue that nobody has to somebody, put people in copy once, and say
// who could not be found while the rest is written.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/writing.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

bool shows(const Fetched& fetched, const PersonRef& person) {
  return std::any_of(fetched.copied.begin(), fetched.copied.end(),
                     [&](const Author& author) { return is_person(person, author); });
}

}  // namespace

TEST_CASE("an issue that nobody has is assigned, in one request with the fields") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Unassigned"});
    const auto person = t.backstage->person(t.words.assignee);
    const auto tracker = t.open();
    auto changes = assigned_to({person.login, "", ""});
    changes.fields = {{t.words.text(), {"free", {}}}};
    if (t.fake) t.fake->clear_log();
    const auto done = applied(t, *tracker, id, changes);
    if (t.fake) CHECK(t.fake->writes() == 1);
    CHECK(done.unreached.empty());
    CHECK(assignee(done.after) == person.name);
    CHECK(done.after.shown.at(t.words.text()).text == "free");
    REQUIRE(done.after.issue.history.size() == 1);
    const auto& made = done.after.issue.history.front().changes;
    CHECK(std::count_if(made.begin(), made.end(), [&](const FieldChange& change) {
            return change.what == Attribute::assignee && change.to == person.login;
          }) == 1);
    if (t.fake) t.fake->clear_log();
    CHECK(applied(t, *tracker, id, changes).unreached.empty());
    if (t.fake) CHECK(t.fake->writes() == 0);
  });
}

TEST_CASE("who has an issue keeps it") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Taken"});
    const auto other = t.words.assignee == Who::staff ? Who::customer : Who::staff;
    Update take;
    take.assign = t.words.assignee;
    t.backstage->update(Who::staff, id, take);
    const auto tracker = t.open();
    auto changes = assigned_to(t.backstage->person(other));
    changes.fields = {{t.words.text(), {"free", {}}}};
    const auto done = applied(t, *tracker, id, changes);
    CHECK(done.unreached.empty());
    CHECK(assignee(done.after) == t.backstage->person(t.words.assignee).name);
    CHECK(done.after.shown.at(t.words.text()).text == "free");
    t.let_time_pass(Seconds(2));
    const auto before = t.backstage->updated_on(id);
    CHECK(applied(t, *tracker, id, assigned_to(t.backstage->person(other))).unreached.empty());
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
    changes.fields = {{t.words.text(), {"free", {}}}};
    const auto done = applied(t, *tracker, id, changes);
    REQUIRE(done.unreached.size() == 2);
    CHECK(mentions(done.unreached, "nobody.at.all"));
    CHECK(mentions(done.unreached, "Somebody Else"));
    CHECK(assignee(done.after) == "nobody");
    CHECK(shows(done.after, staff));
    CHECK(done.after.shown.at(t.words.text()).text == "free");
  });
}

TEST_CASE("a person is put in copy once") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"In copy"});
    const auto staff = t.backstage->person(Who::staff);
    const auto customer = t.backstage->person(Who::customer);
    const auto tracker = t.open();
    const auto before = t.backstage->updated_on(id);
    t.let_time_pass(Seconds(2));
    if (t.fake) t.fake->clear_log();
    // By name, where there is one.
    const auto named = customer.name.empty() ? customer : PersonRef{"", "", customer.name};
    const auto there = t.backstage->in_copy(id).size();
    const auto changes = copied_to({staff, named, {staff.login, "", ""}});
    const auto done = applied(t, *tracker, id, changes);
    if (t.fake) CHECK(t.fake->writes() == std::max(1, 2 * t.requests_to_copy));
    CHECK(done.unreached.empty());
    CHECK(done.after.copied.size() == there + 2);
    CHECK(shows(done.after, staff));
    CHECK(shows(done.after, customer));
    for (int attempt = 0; attempt < 2; ++attempt) {
      const auto other = t.open();  // as after a restart
      if (t.fake) t.fake->clear_log();
      CHECK(applied(t, *other, id, changes).unreached.empty());
      if (t.fake) CHECK(t.fake->writes() == 0);
    }
    CHECK(t.backstage->in_copy(id).size() == there + 2);
    if (!t.copying_moves) CHECK(t.backstage->updated_on(id) == before);
    const auto again = tracker->fetch(t.key(id));
    REQUIRE(again.has_value());
    CHECK(shows(*again, staff));
  });
}

TEST_CASE("assignee, copy, fields and a private note go together") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"All together"});
    const auto person = t.backstage->person(t.words.assignee);
    const auto customer = t.backstage->person(Who::customer);
    const auto tracker = t.open();
    auto changes = comment(Visibility::internal, "Yours, for you know the partner.", "[cb-0000a1]");
    changes.fields = {{t.words.text(), {"pool", {}}}};
    changes.assign = person;
    changes.copy = {customer};
    if (t.fake) t.fake->clear_log();
    const auto done = applied(t, *tracker, id, changes);
    if (t.fake) CHECK(t.fake->writes() == 1 + t.requests_to_copy + t.requests_to_comment);
    CHECK(done.unreached.empty());
    CHECK(assignee(done.after) == person.name);
    CHECK(shows(done.after, customer));
    CHECK(done.after.shown.at(t.words.text()).text == "pool");
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
    auto changes = assigned_to(t.backstage->person(t.words.assignee));
    changes.copy = {t.backstage->person(Who::staff)};
    const auto result = tracker->apply(t.key(id), changes, old);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::stale);
    const auto after = tracker->fetch(t.key(id));
    REQUIRE(after.has_value());
    CHECK(assignee(*after) == "nobody");
    CHECK(after->copied.size() == t.backstage->in_copy(id).size());
    CHECK_FALSE(shows(*after, t.backstage->person(Who::staff)));
  });
}

TEST_CASE("capabilities say whether people can be assigned and copied") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    REQUIRE(tracker->who_am_i().has_value());
    CHECK(tracker->capabilities().assign);
    CHECK(tracker->capabilities().copy);
    if (!t.words.customer_may_write.empty()) return not_possible(t, t.words.customer_may_write);
    const auto customer = t.open_with(t.customer_key);
    REQUIRE(customer->who_am_i().has_value());
    CHECK_FALSE(customer->capabilities().assign);
    CHECK_FALSE(customer->capabilities().copy);
  });
}
