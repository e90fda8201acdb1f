// What every tracker's list must yield: each change, once, whatever moves meanwhile.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/conformance/trackers_under_test.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

std::vector<std::string> many(TrackerUnderTest& t, int count) {
  std::vector<std::string> ids;
  for (int i = 0; i < count; ++i) ids.push_back(t.backstage->create(Who::customer, {"Bulk " + std::to_string(i)}));
  return ids;
}

std::set<std::string> ids_of(const std::vector<IssueRef>& refs) {
  std::set<std::string> ids;
  for (const auto& ref : refs) ids.insert(ref.key.id);
  return ids;
}

Instant updated(TrackerUnderTest& t, const std::string& id) {
  return instant_from_iso(t.backstage->updated_on(id)).value();
}

}  // namespace

TEST_CASE("an issue is listed from the very second of its change, and not from long after it") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"New"});
    const auto tracker = t.open();
    const auto at = updated(t, id);
    CHECK(contains(everything_since(*tracker, at), id));
    CHECK(contains(everything_since(*tracker, at - Seconds(1)), id));
    CHECK(contains(everything_since(*tracker, {}), id));
    CHECK_FALSE(contains(everything_since(*tracker, at + Seconds(3600)), id));
  });
}

TEST_CASE("a change brings an old issue back into the list, with its instant") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto quiet = t.backstage->create(Who::customer, {"Quiet"});
    const auto id = t.backstage->create(Who::customer, {"Comes back"});
    t.let_time_pass(Seconds(3));
    t.backstage->update(Who::customer, id, {"Any news?"});
    const auto at = updated(t, id);
    const auto refs = everything_since(*t.open(), at);
    CHECK(contains(refs, id));
    CHECK_FALSE(contains(refs, quiet));
    const auto found = std::find_if(refs.begin(), refs.end(), [&](const IssueRef& ref) { return ref.key.id == id; });
    REQUIRE(found != refs.end());
    CHECK(found->updated == at);
    CHECK(found->key == t.key(id));
  });
}

TEST_CASE("closed, rejected and resolved issues are listed as well") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    for (const auto& status : t.words.ended) {
      CAPTURE(status);
      const auto id = t.backstage->create(Who::customer, {status});
      t.backstage->update(Who::staff, id, {"", false, status});
      CHECK(contains(everything_since(*tracker, updated(t, id)), id));
    }
  });
}

TEST_CASE("nothing changed is an empty list, and no error") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto list = t.open()->changed_since(t.now() + Seconds(3600), {});
    REQUIRE(list.has_value());
    CHECK(list->refs.empty());
    CHECK_FALSE(list->next.has_value());
  });
}

TEST_CASE("an issue of a project that is not ours is not listed") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"In our project"});
    if (!t.words.other_project.empty())
      CHECK_FALSE(contains(everything_since(*t.open_for(t.words.other_project), {}), id));
    // One that does not exist lists nothing, and above all not everything.
    const auto list = t.open_for("no-such-project")->changed_since({}, {});
    if (list) {
      CHECK_FALSE(contains(list->refs, id));
    } else {
      CHECK(list.error().what.find("no-such-project") != std::string::npos);
    }
  });
}

TEST_CASE("more issues than a page holds: none is missing and none comes twice") {
  on_every_tracker([](TrackerUnderTest& t) {
    // Many of them share the second of their creation: ties must not matter.
    const auto wanted = many(t, t.more_than_a_page);
    const auto refs = everything_since(*t.open(), updated(t, wanted.front()));
    const auto ids = ids_of(refs);
    CHECK(ids.size() == refs.size());
    for (const auto& id : wanted) CHECK_MESSAGE(ids.count(id) == 1, id);
  });
}

TEST_CASE("issues that move while the list is read are neither lost nor doubled") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto old = t.backstage->create(Who::customer, {"Older than the list"});
    t.let_time_pass(Seconds(3));
    const auto wanted = many(t, t.more_than_a_page);
    const auto since = updated(t, wanted.front());
    const auto tracker = t.open();
    auto page = tracker->changed_since(since, {});
    REQUIRE(page.has_value());
    REQUIRE(page->next.has_value());
    auto refs = page->refs;
    t.let_time_pass(Seconds(1));
    t.backstage->update(Who::customer, wanted.front(), {"moved within"});
    t.backstage->update(Who::customer, wanted.back(), {"moved to the end"});
    t.backstage->update(Who::customer, old, {"came in from below"});
    t.backstage->create(Who::customer, {"created meanwhile"});
    while (page->next) {
      page = tracker->changed_since(since, page->next);
      REQUIRE(page.has_value());
      refs.insert(refs.end(), page->refs.begin(), page->refs.end());
    }
    const auto ids = ids_of(refs);
    CHECK(ids.size() == refs.size());
    for (const auto& id : wanted) CHECK_MESSAGE(ids.count(id) == 1, id);
    CHECK(contains(everything_since(*tracker, updated(t, old)), old));  // at the latest in the next list
  });
}

TEST_CASE("equal timestamps: every issue of a second is listed") {
  on_the_fakes([](TrackerUnderTest& t) {
    const auto wanted = many(t, 250);  // the clock stands still
    const auto refs = everything_since(*t.open(), t.now());
    CHECK(refs.size() == wanted.size());
    CHECK(ids_of(refs).size() == wanted.size());
  });
}

TEST_CASE("lists ask for pages only: no detail request per issue") {
  on_the_fakes([](TrackerUnderTest& t) {
    many(t, t.more_than_a_page);
    const auto tracker = t.open();
    REQUIRE(tracker->changed_since(t.now() + Seconds(3600), {}).has_value());  // whatever is asked at first
    t.fake->clear_log();
    CHECK(everything_since(*tracker, {}).size() == static_cast<std::size_t>(t.more_than_a_page));
    CHECK(t.fake->requests("GET", t.issue_path) == 0);
    CHECK(t.fake->requests("GET", t.list_path) <= 3);  // two pages, and one that shows that there are no more
    CHECK(t.fake->writes() == 0);
  });
}
