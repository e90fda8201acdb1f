// What only a Jira has to be read, or tells in its own way: in each of its four forms, where it is not said otherwise.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/conformance/jira_only.hpp"

using namespace cb;
using namespace cb::conformance;

TEST_CASE("Jira: a note for staff that turns public is removed, and writing stops") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    if (!is_desk(t)) return;
    settings(t).internal_turns_public = true;
    const auto id = t.backstage->create(Who::customer, {"Leaks"});
    const auto result = apply(t, *t.open(), id, comment(Visibility::internal, "Secret of staff.", "[cb-0000c2]"));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::denied);
    CHECK(result.error().what.find("BECAME PUBLIC") != std::string::npos);
    CHECK(noted(t.backstage->notes(Who::customer, id), "Secret") == 0);
    CHECK(noted(t.backstage->notes(Who::staff, id), "Secret") == 0);
  });
}

TEST_CASE("Jira: what the index finds late, the overlap brings") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    REQUIRE(tracker->who_am_i().has_value());
    t.backstage->create(Who::customer, {"Before the index lags"});
    settings(t).index_lag = Seconds(240);
    (void)everything_since(*tracker, t.now() - Seconds(60));
    const auto id = t.backstage->create(Who::customer, {"Indexed late"});
    t.let_time_pass(Seconds(60));
    CHECK_FALSE(contains(everything_since(*tracker, t.now() - tracker->capabilities().overlap), id));
    t.let_time_pass(Seconds(200));
    CHECK(contains(everything_since(*tracker, t.now() - tracker->capabilities().overlap), id));
  });
}

TEST_CASE("Jira: pages that are short on purpose end nothing") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    if (!is_cloud(t)) return;
    settings(t).short_pages = 2;
    std::vector<std::string> ids;
    for (int i = 0; i < 9; ++i) ids.push_back(t.backstage->create(Who::customer, {"Short " + std::to_string(i)}));
    const auto refs = everything_since(*t.open(), {});
    for (const auto& id : ids) CHECK(contains(refs, id));
  });
}

TEST_CASE("Jira: a Data Center's cap on rows makes more pages, and its deepest offset is never reached") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    if (is_cloud(t)) return;
    settings(t).most_rows = 5;
    settings(t).deepest_offset = 12;
    std::vector<std::string> ids;
    for (int i = 0; i < 40; ++i) {
      ids.push_back(t.backstage->create(Who::customer, {"Deep " + std::to_string(i)}));
      t.let_time_pass(Seconds(61));
    }
    const auto refs = everything_since(*t.open(), {});
    for (const auto& id : ids) CHECK(contains(refs, id));
  });
}

TEST_CASE("Jira: a long history and many comments are read whole") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Long"});
    for (int i = 0; i < 50; ++i) {
      t.let_time_pass(Seconds(1));
      t.backstage->update(Who::staff, id,
                          {"Answer " + std::to_string(i), false, "", i % 2 == 0 ? t.words.raised : t.words.priority});
    }
    const auto issue = issue_of(t, id);
    const auto count = [&](auto matches) { return std::count_if(issue.history.begin(), issue.history.end(), matches); };
    CHECK(count([](const Event& event) { return event.comment.has_value(); }) == 50);
    CHECK(count([](const Event& event) { return !event.changes.empty(); }) == 50);
  });
}

TEST_CASE("Jira: a status that was renamed is one status, before and after") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Renamed"});
    t.backstage->update(Who::staff, id, {"", false, t.words.working});
    fake_jira::rename_status(t.jira->state(), t.words.working, "Being worked on");
    const auto issue = issue_of(t, id);
    CHECK(issue.status == "Being worked on");
    REQUIRE(issue.history.size() == 1);
    CHECK(issue.history[0].changes == std::vector<FieldChange>{{Attribute::status, "", "To Do", "Being worked on"}});
  });
}

TEST_CASE("Jira: an issue that was moved keeps its id, and answers to its new key") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Moved"});
    fake_jira::move_issue(t.jira->state(), id, "LAB", "staff", t.now());
    const auto issue = issue_of(t, id);
    CHECK(issue.key == t.key(id));
    CHECK(issue.project == "LAB");
    const auto key = field_value(issue, "key");
    CHECK(key.rfind("LAB-", 0) == 0);
    CHECK(issue.url.find("/browse/" + key) != std::string::npos);
    const auto by_key = t.open()->fetch(t.key(key));
    REQUIRE(by_key.has_value());
    CHECK(by_key->issue.key == t.key(id));
  });
}

TEST_CASE("Jira: people whose address is hidden or whose account is gone are still told apart") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    user(t, "other").email_hidden = true;
    const auto id = t.backstage->create(Who::customer, {"Hidden"});
    t.backstage->update(Who::staff, id, {"Looking into it."});
    auto issue = issue_of(t, id);
    CHECK(issue.reporter.address.empty());
    CHECK(issue.reporter.name == "Licensed Customer");
    fake_jira::delete_user(t.jira->state(), "staff");
    issue = issue_of(t, id);
    REQUIRE(issue.history.size() == 1);
    CHECK_FALSE(issue.history[0].by.id.empty());
    CHECK_FALSE(same_person(issue.history[0].by, issue.reporter));
  });
}

TEST_CASE("Jira: customers, agents and organisations of Service Management") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    if (!is_desk(t)) return;
    auto& state = t.jira->state();
    const auto id = fake_jira::add_issue(state, "SUP", "customer", "From the portal", "Help", t.now());
    fake_jira::add_comment(state, id, "staff", "We look.", false, t.now());
    fake_jira::add_comment(state, id, "staff", "Big customer.", true, t.now());
    const auto issue = issue_of(t, id);
    CHECK(issue.organisation == "ACME");  // the reporter's, since the issue names none
    const auto has_role = [](const Author& author, const char* role) {
      return std::find(author.roles.begin(), author.roles.end(), role) != author.roles.end();
    };
    CHECK(has_role(issue.reporter, "customer") == is_cloud(t));
    CHECK(has_role(issue.reporter, "Service Desk Customers"));
    REQUIRE(issue.history.size() == 2);
    CHECK(has_role(issue.history[0].by, "Service Desk Team"));
    CHECK(issue.history[0].comment->visibility == Visibility::everybody);
    CHECK(issue.history[1].comment->visibility == Visibility::internal);
  });
}

TEST_CASE("Jira: an issue that is shared with two organisations names both") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    if (!is_desk(t)) return;
    auto& state = t.jira->state();
    const auto id = fake_jira::add_issue(state, "SUP", "customer", "Shared", "Help", t.now());
    fake_jira::issue(state, id).custom[fake_jira::field_by_name(state, "Organizations")->id()] = {"1", "2"};
    const auto issue = issue_of(t, id);
    CHECK(issue.organisation == "ACME");
    CHECK(issue.more_organisations == std::vector<std::string>{"Duna"});
  });
}

TEST_CASE("Jira: a custom field called as one of Jira itself is not taken for it") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    fake_jira::add_field(t.jira->state(), "Status", fake_jira::FieldKind::select, {"Red", "Green"});
    const auto id = t.backstage->create(Who::customer, {"Two statuses", "", "", {{"Status", "Red"}}});
    t.backstage->update(Who::staff, id, {"", false, "", "", {}, {{"Status", "Green"}}});
    const auto issue = issue_of(t, id);
    REQUIRE(issue.history.size() == 1);
    for (const auto& change : issue.history[0].changes) CHECK(change.what == Attribute::field);
  });
}

TEST_CASE("Jira: its own SLAs are read, and said to be missing where there are none") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Measured"});
    t.let_time_pass(Seconds(3600));
    t.backstage->update(Who::staff, id, {"Hello."});
    t.let_time_pass(Seconds(3600));
    const auto tracker = t.open();
    const auto clocks = tracker->own_clocks(t.key(id));
    REQUIRE(clocks.has_value() == is_desk(t));
    if (!clocks) {
      CHECK(clocks.error().kind == ErrorKind::rejected);
      return;
    }
    REQUIRE(clocks->size() == 2);
    const auto& first = clocks->front();
    CHECK(first.name == "Time to first response");
    CHECK_FALSE(first.ongoing);
    CHECK_FALSE(first.breached);
    CHECK(first.goal == Seconds(4 * 3600));
    // Jira counts milliseconds.
    const auto is_near = [](std::optional<Seconds> a, long hours) {
      return a && std::abs((*a - Seconds(hours * 3600)).count()) <= 1;
    };
    CHECK(is_near(first.used, 1));
    CHECK(is_near(first.left, 3));
    REQUIRE(first.stopped.has_value());
    CHECK(is_near(*first.stopped - *first.started, 1));
    REQUIRE(first.due.has_value());
    CHECK(is_near(*first.due - *first.started, 4));
    const auto& second = clocks->back();
    CHECK(second.ongoing);
    CHECK(second.due == *second.started + Seconds(24 * 3600));
  });
}

TEST_CASE("Jira: of two fields with one name none is guessed") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    fake_jira::add_field(t.jira->state(), t.words.field(t.words.text()), fake_jira::FieldKind::text);
    const auto list = t.open()->changed_since({}, {});
    REQUIRE_FALSE(list.has_value());
    CHECK(list.error().kind == ErrorKind::denied);
    CHECK(list.error().what.find("customfield_") != std::string::npos);
  });
}

TEST_CASE("Jira: whom a Cloud takes for a stranger, with success, is denied and sees no empty tracker") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    if (!is_cloud(t)) return;
    settings(t).bad_login = fake_jira::BadLogin::anonymous;
    const auto tracker = t.open_with("wrong-key");
    const auto list = tracker->changed_since({}, {});
    REQUIRE_FALSE(list.has_value());
    CHECK(list.error().kind == ErrorKind::denied);
    CHECK(list.error().what.find("wrong-key") == std::string::npos);
  });
}
