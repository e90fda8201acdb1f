// What every tracker must read: who we are, what there is, and one issue with its whole history.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/trackers_under_test.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

const FieldChange* change_of(const Issue& issue, Attribute what, const std::string& name = "") {
  for (const auto& event : issue.history)
    for (const auto& change : event.changes)
      if (change.what == what && change.name == name) return &change;
  return nullptr;
}

const Event* comment_with(const Issue& issue, const std::string& text) {
  for (const auto& event : issue.history)
    if (event.comment && event.comment->text.find(text) != std::string::npos) return &event;
  return nullptr;
}

bool has(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

Issue fetched(TrackerUnderTest& t, const std::string& id) {
  const auto result = t.open()->fetch(t.key(id));
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().what));
  return result->issue;
}

}  // namespace

TEST_CASE("a wrong key is denied and never an empty tracker") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"There is an issue"});
    const auto tracker = t.open_with("0000000000000000000000000000000000000000");
    const auto me = tracker->who_am_i();
    REQUIRE_FALSE(me.has_value());
    CHECK(me.error().kind == ErrorKind::denied);
    CHECK_FALSE(me.error().what.empty());
    CHECK(me.error().what.find("0000000000") == std::string::npos);  // the key is a secret
    const auto list = tracker->changed_since({}, {});
    REQUIRE_FALSE(list.has_value());
    CHECK(list.error().kind == ErrorKind::denied);
    const auto one = tracker->fetch(t.key(id));
    REQUIRE_FALSE(one.has_value());
    CHECK(one.error().kind == ErrorKind::denied);
  });
}

TEST_CASE("who am I") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    const auto me = tracker->who_am_i();
    REQUIRE(me.has_value());
    CHECK_FALSE(me->account.id.empty());
    CHECK_FALSE(me->account.login.empty());
    CHECK(me->account.self);
    CHECK(me->may_write);
    CHECK(tracker->capabilities().private_comments);
  });
}

TEST_CASE("the survey names fields, statuses, priorities, types, projects and roles") {
  on_every_tracker([](TrackerUnderTest& t) {
    t.backstage->create(Who::customer, {"Shows its fields"});
    const auto survey = t.open()->survey();
    REQUIRE_MESSAGE(survey.has_value(), (survey ? "" : survey.error().what));
    auto statuses = t.words.ended;
    statuses.insert(statuses.end(), {t.words.fresh, t.words.working});
    for (const auto& status : statuses) CHECK_MESSAGE(has(survey->statuses, status), status);
    for (const auto& priority : {t.words.priority, t.words.raised})
      CHECK_MESSAGE(has(survey->priorities, priority), priority);
    for (const auto& type : t.words.types) CHECK_MESSAGE(has(survey->types, type), type);
    CHECK(has(survey->projects, t.project));
    if (!t.words.staff_mark.empty()) CHECK(has(survey->roles, t.words.staff_mark));
    std::vector<std::string> fields{t.words.customer.name, t.words.channel.name};
    for (const auto slot : t.words.texts) fields.push_back(t.words.field(slot));
    for (const auto& field : fields)
      CHECK_MESSAGE(std::any_of(survey->fields.begin(), survey->fields.end(),
                                [&](const FieldInfo& info) { return info.name == field; }),
                    field);
  });
}

TEST_CASE("the history is complete: changes, notes, authors, instants in order") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(
        Who::customer, {"Cannot log in", "Error 500", "", {{t.words.customer.name, t.words.customer.value}}});
    t.let_time_pass(Seconds(1));
    const auto& channel_field = t.words.channel;
    t.backstage->update(Who::staff, id,
                        {"Looking into it.",
                         false,
                         t.words.working,
                         t.words.raised,
                         t.words.assignee,
                         {{channel_field.name, channel_field.value}}});
    t.let_time_pass(Seconds(1));
    t.backstage->update(Who::staff, id, {"Call them.", true});
    t.let_time_pass(Seconds(1));
    t.backstage->update(Who::customer, id, {"Any news?"});
    t.let_time_pass(Seconds(1));
    t.backstage->update(Who::staff, id, {"", false, t.words.ended.back()});
    const auto issue = fetched(t, id);
    CHECK(issue.key == t.key(id));
    CHECK(issue.summary == "Cannot log in");
    if (!t.words.types.empty()) CHECK(issue.type == t.words.types.front());
    CHECK(issue.status == t.words.ended.back());
    CHECK(issue.priority == t.words.raised);
    CHECK(issue.project == t.project);
    CHECK(issue.history_known);
    CHECK_FALSE(issue.internal);
    CHECK(field_value(issue, t.words.customer.name) == t.words.customer.value);
    CHECK(field_value(issue, channel_field.name) == channel_field.value);
    REQUIRE(issue.assignee.has_value());
    CHECK(issue.assignee->name == t.backstage->person(t.words.assignee).name);

    const auto* status = change_of(issue, Attribute::status);
    REQUIRE(status);
    CHECK(status->from == t.words.fresh);
    CHECK(status->to == t.words.working);
    const auto* priority = change_of(issue, Attribute::priority);
    REQUIRE(priority);
    CHECK(priority->from == t.words.priority);
    CHECK(priority->to == t.words.raised);
    const auto* channel = change_of(issue, Attribute::field, channel_field.name);
    REQUIRE(channel);
    CHECK(channel->to == channel_field.value);
    const auto* assignee = change_of(issue, Attribute::assignee);
    REQUIRE(assignee);
    CHECK_FALSE(assignee->to.empty());

    const auto* first = comment_with(issue, "Looking into it.");
    const auto* inside = comment_with(issue, "Call them.");
    const auto* question = comment_with(issue, "Any news?");
    REQUIRE(first);
    REQUIRE(inside);
    REQUIRE(question);
    CHECK(first->comment->visibility == Visibility::everybody);
    CHECK(inside->comment->visibility == Visibility::internal);
    CHECK(question->comment->visibility == Visibility::everybody);
    CHECK(same_person(first->by, inside->by));
    CHECK(same_person(question->by, issue.reporter));
    CHECK_FALSE(same_person(first->by, issue.reporter));
    if (!t.words.staff_mark.empty())
      CHECK((has(first->by.roles, t.words.staff_mark) || has(first->by.groups, t.words.staff_mark)));
    CHECK(first->at < inside->at);
    CHECK(inside->at < question->at);
    CHECK(std::is_sorted(issue.history.begin(), issue.history.end(),
                         [](const Event& a, const Event& b) { return a.at < b.at; }));
    CHECK(first->at >= issue.created);
    CHECK(issue.updated >= question->at);
  });
}

TEST_CASE("a private note that came with changes loses neither, and only the note is private") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Split"});
    t.backstage->update(Who::staff, id, {"Big customer.", true, t.words.working, t.words.raised});
    const auto issue = fetched(t, id);
    const auto* note = comment_with(issue, "Big customer.");
    REQUIRE(note);
    CHECK(note->comment->visibility == Visibility::internal);
    const auto* status = change_of(issue, Attribute::status);
    REQUIRE(status);
    CHECK(status->to == t.words.working);
    CHECK(change_of(issue, Attribute::priority));
    const auto comments = std::count_if(issue.history.begin(), issue.history.end(),
                                        [](const Event& event) { return event.comment.has_value(); });
    CHECK(comments == 1);
  });
}

TEST_CASE("reopening and closing again are all in the history") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"To and fro"});
    for (const auto& status : t.words.to_and_fro) {
      t.let_time_pass(Seconds(1));
      t.backstage->update(Who::staff, id, {"", false, status});
    }
    const auto issue = fetched(t, id);
    std::vector<std::string> reached;
    for (const auto& event : issue.history)
      for (const auto& change : event.changes)
        if (change.what == Attribute::status) reached.push_back(change.to);
    CHECK(reached == t.words.to_and_fro);
    CHECK(issue.status == t.words.to_and_fro.back());
  });
}

TEST_CASE("an issue without history is an issue") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Untouched"});
    const auto issue = fetched(t, id);
    CHECK(issue.history.empty());
    CHECK(issue.history_known);
    CHECK(issue.created == issue.updated);
    CHECK_FALSE(issue.revision.value.empty());
    CHECK_FALSE(issue.assignee.has_value());
  });
}

TEST_CASE("an issue that does not exist is not found") {
  on_every_tracker([](TrackerUnderTest& t) {
    for (const auto* id : {"99999999", "abc", "-1", "1/../2", ""}) {
      CAPTURE(id);
      const auto result = t.open()->fetch(t.key(id));
      REQUIRE_FALSE(result.has_value());
      CHECK(result.error().kind == ErrorKind::not_found);
    }
  });
}

TEST_CASE("an issue that we may not see is an error that says so, and the tracker goes on") {
  on_every_tracker([](TrackerUnderTest& t) {
    if (const auto why = t.backstage->cannot_hide(); !why.empty()) return not_possible(t, why);
    const auto id = t.backstage->create(Who::staff, {"Private", "", "", {}, true});
    const auto tracker = t.open_with(t.customer_key);
    const auto result = tracker->fetch(t.key(id));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::denied);  // it may become visible again: never taken for gone
    CHECK(result.error().what.find("visible") != std::string::npos);
    CHECK(fetched(t, id).internal);
    CHECK_FALSE(contains(everything_since(*tracker, {}), id));
  });
}

TEST_CASE("text of every script and of every markup survives") {
  on_every_tracker([](TrackerUnderTest& t) {
    const std::string text =
        "Ünïcödé 日本語 🚀 Привет ő ű <script>alert(1)</script> & *bold* \"q\" #1 @x {{macro}} \\ %00";
    const auto id = t.backstage->create(Who::customer, {"Žluťoučký kůň " + text.substr(0, 60), text});
    t.backstage->update(Who::customer, id, {"Note: " + text});
    const auto issue = fetched(t, id);
    CHECK(issue.description == text);
    const auto* note = comment_with(issue, text);
    REQUIRE(note);
    CHECK(note->comment->text == "Note: " + text);
  });
}

TEST_CASE("line ends come out as newlines, in descriptions and in notes") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Lines", "one\r\ntwo\nthree"});
    t.backstage->update(Who::customer, id, {"four\r\nfive\n  six"});
    const auto issue = fetched(t, id);
    CHECK(issue.description == "one\ntwo\nthree");
    CHECK(comment_with(issue, "four\nfive\n  six"));
  });
}
