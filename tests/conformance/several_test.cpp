// What every tracker must do with several issues at a time: the same as with each of them, and where it has a way to do
// it in fewer requests, with those.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/writing.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

constexpr int k_issues = 4;

std::vector<std::string> some(TrackerUnderTest& t) {
  std::vector<std::string> ids;
  for (int i = 0; i < k_issues; ++i)
    ids.push_back(t.backstage->create(Who::customer, {"Several " + std::to_string(i)}));
  return ids;
}

std::vector<IssueKey> keys_of(TrackerUnderTest& t, const std::vector<std::string>& ids) {
  std::vector<IssueKey> keys;
  for (const auto& id : ids) keys.push_back(t.key(id));
  return keys;
}

std::vector<WriteTarget> targets_of(TrackerUnderTest& t, Tracker& tracker, const std::vector<std::string>& ids) {
  std::vector<WriteTarget> targets;
  for (const auto& id : ids) targets.push_back({t.key(id), revision(t, tracker, id)});
  return targets;
}

}  // namespace

TEST_CASE("several issues are read as each of them is, in the order asked for") {
  on_every_tracker([](TrackerUnderTest& t) {
    auto ids = some(t);
    t.backstage->update(Who::staff, ids[1], {"Looking into it.", false, t.words.working, t.words.raised});
    t.backstage->update(Who::staff, ids[2], {"For staff.", true});
    t.backstage->update(Who::customer, ids[2], {"Any news?"});
    std::reverse(ids.begin(), ids.end());
    const auto tracker = t.open();
    const auto all = tracker->fetch_all(keys_of(t, ids));
    REQUIRE(all.size() == ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      CAPTURE(ids[i]);
      REQUIRE_MESSAGE(all[i].has_value(), (all[i] ? "" : all[i].error().what));
      const auto alone = t.open()->fetch(t.key(ids[i]));
      REQUIRE(alone.has_value());
      CHECK(all[i]->issue == alone->issue);
      CHECK(all[i]->shown == alone->shown);
    }
    CHECK(tracker->fetch_all({}).empty());
  });
}

TEST_CASE("an issue that is not there or not ours to see keeps no other from being read") {
  on_every_tracker([](TrackerUnderTest& t) {
    auto ids = some(t);
    ids.insert(ids.begin() + 1, "99999999");
    ids.insert(ids.begin() + 3, "abc");
    const auto all = t.open()->fetch_all(keys_of(t, ids));
    REQUIRE(all.size() == ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      CAPTURE(ids[i]);
      if (i != 1 && i != 3) {
        CHECK(all[i].has_value());
        continue;
      }
      REQUIRE_FALSE(all[i].has_value());
      CHECK(all[i].error().kind == ErrorKind::not_found);
    }
    if (const auto why = t.backstage->cannot_hide(); !why.empty()) return not_possible(t, why);
    const auto hidden = t.backstage->create(Who::staff, {"Hidden among others", "", "", {}, true});
    const auto seen = t.open_with(t.customer_key)->fetch_all(keys_of(t, {ids[0], hidden, ids[2]}));
    REQUIRE(seen.size() == 3);
    CHECK(seen[0].has_value());
    REQUIRE_FALSE(seen[1].has_value());
    CHECK(seen[1].error().kind == ErrorKind::denied);
    CHECK(seen[2].has_value());
  });
}

TEST_CASE("the same change to several issues arrives on each, once") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto ids = some(t);
    const auto tracker = t.open();
    REQUIRE(tracker->who_am_i().has_value());
    Changes changes;
    changes.fields = {{t.words.text(), {"Standard, 2 of 3 left", {}}}};
    changes.add_labels = {t.words.labels[0]};
    const auto targets = targets_of(t, *tracker, ids);
    if (t.fake) t.fake->clear_log();
    const auto done = tracker->apply_all(targets, changes);
    const bool together = tracker->capabilities().write_batch > 1;
    if (t.fake) CHECK(t.fake->writes() == (together ? 1 : k_issues));
    REQUIRE(done.size() == ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      REQUIRE_MESSAGE(done[i].has_value(), (done[i] ? "" : done[i].error().what));
      CHECK(done[i]->ignored.empty());
      CHECK(done[i]->after.issue.key == t.key(ids[i]));
      CHECK(done[i]->after.shown.at(t.words.text()).text == "Standard, 2 of 3 left");
      CHECK(done[i]->after.issue.labels == changes.add_labels);
      CHECK(t.field(ids[i], t.words.text()) == "Standard, 2 of 3 left");
    }
    if (t.fake) t.fake->clear_log();
    for (const auto& again : tracker->apply_all(targets_of(t, *tracker, ids), changes)) CHECK(again.has_value());
    if (t.fake) CHECK(t.fake->writes() == 0);
  });
}

TEST_CASE("of several issues the one that moved is stale and is not written, the others are") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto ids = some(t);
    const auto tracker = t.open();
    const auto targets = targets_of(t, *tracker, ids);
    t.let_time_pass(Seconds(2));
    t.backstage->update(Who::customer, ids[2], {"One more thing."});
    const auto done = tracker->apply_all(targets, fields({{t.words.text(), {"free", {}}}}));
    REQUIRE(done.size() == ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      CAPTURE(i);
      CHECK(done[i].has_value() == (i != 2));
      CHECK(t.field(ids[i], t.words.text()) == (i == 2 ? "" : "free"));
    }
    REQUIRE_FALSE(done[2].has_value());
    CHECK(done[2].error().kind == ErrorKind::stale);
  });
}
