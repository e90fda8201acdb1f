// What only a Jira has, or does in its own way: in each of its four forms, where it is not said otherwise.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/conformance/writing.hpp"
#include "tests/trackers/fake_jira_seed.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

fake_jira::Settings& settings(TrackerUnderTest& t) {
  return t.jira->state().settings;
}

bool is_cloud(TrackerUnderTest& t) {
  return settings(t).cloud;
}

bool is_desk(TrackerUnderTest& t) {
  return settings(t).service_management;
}

fake_jira::User& user(TrackerUnderTest& t, const std::string& name) {
  auto& users = t.jira->state().users;
  return *std::find_if(users.begin(), users.end(), [&](const auto& each) { return each.name == name; });
}

void take_admin_away(TrackerUnderTest& t) {
  user(t, "bridge").groups.erase("jira-administrators");
}

std::vector<std::string> targets(TrackerUnderTest& t, const std::string& method) {
  std::vector<std::string> out;
  for (const auto& each : t.fake->log())
    if (each.method == method) out.push_back(each.target);
  return out;
}

bool any_has(const std::vector<std::string>& texts, const std::string& part) {
  return noted(texts, part) > 0;
}

Issue issue_of(TrackerUnderTest& t, const std::string& id) {
  const auto fetched = t.open()->fetch(t.key(id));
  REQUIRE_MESSAGE(fetched.has_value(), (fetched ? "" : fetched.error().what));
  return fetched->issue;
}

}  // namespace

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

TEST_CASE("Jira: of two fields with one name none is guessed") {
  on_the_fake_jiras([](TrackerUnderTest& t) {
    fake_jira::add_field(t.jira->state(), t.words.field(t.words.text()), fake_jira::FieldKind::text);
    const auto list = t.open()->changed_since({}, {});
    REQUIRE_FALSE(list.has_value());
    CHECK(list.error().kind == ErrorKind::denied);
    CHECK(list.error().what.find("customfield_") != std::string::npos);
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
