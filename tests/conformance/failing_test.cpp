// Servers that fail: only the fake can, on demand. Nothing of this may be taken for absence, and what was not done must
// be doable later.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/trackers_under_test.hpp"
#include "tests/support/effort.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

struct Row {
  const char* name;
  Fault fault;
  std::vector<ErrorKind> read;  // any of these
};

const std::vector<Row>& rows() {
  using Kind = Fault::Kind;
  static const std::vector<Row> k_rows{
      {"500", {Kind::status, 500, {}}, {ErrorKind::retry_later}},
      {"502", {Kind::status, 502, {}}, {ErrorKind::retry_later}},
      {"503 with Retry-After", {Kind::status, 503, 120}, {ErrorKind::retry_later}},
      {"429 with Retry-After", {Kind::status, 429, 17}, {ErrorKind::retry_later}},
      {"an HTML page where JSON is expected",
       {Kind::html_page, 200, {}},
       {ErrorKind::bad_reply, ErrorKind::retry_later}},
      {"truncated JSON", {Kind::truncated, 200, {}}, {ErrorKind::bad_reply, ErrorKind::retry_later}},
      {"absurdly nested JSON", {Kind::nested, 200, {}}, {ErrorKind::bad_reply}},
      {"no answer at all", {Kind::no_answer, 0, {}}, {ErrorKind::retry_later}},
  };
  return k_rows;
}

void check_error(const Error& error, const Row& row) {
  CHECK_MESSAGE(std::count(row.read.begin(), row.read.end(), error.kind) == 1, to_text(error.kind)
                                                                                   << ": " << error.what);
  CHECK(error.what.find("support") != std::string::npos);  // names the tracker
  CHECK(error.what.find("key-of-") == std::string::npos);  // and never the key
  if (row.fault.retry_after) {
    REQUIRE(error.retry_after.has_value());
    CHECK(error.retry_after->count() == *row.fault.retry_after);
  }
}

Changes receipt(const TrackerUnderTest& t) {
  Changes changes;
  changes.fields = {{t.words.text(), {"free", {}}}};
  changes.comments = {{Visibility::everybody, "Registered.", "[cb-0000f1]"}};
  return changes;
}

int receipts(TrackerUnderTest& t, const std::string& id) {
  const auto notes = t.backstage->notes(Who::staff, id);
  return static_cast<int>(std::count_if(notes.begin(), notes.end(), [](const std::string& note) {
    return note.find("[cb-0000f1]") != std::string::npos;
  }));
}

}  // namespace

TEST_CASE("fake only: an empty list is believed only once the tracker has told who we are") {
  on_the_fakes([](TrackerUnderTest& t) {
    const auto tracker = t.open();
    const auto since = t.now() + Seconds(3600);
    REQUIRE(tracker->changed_since(since, {}).has_value());  // the first one reads more
    t.fake->clear_log();
    REQUIRE(tracker->changed_since(since, {}).has_value());
    const auto asked = t.fake->log();
    REQUIRE(asked.size() == 2);
    CHECK(asked.front().path.rfind(t.list_path, 0) == 0);
    CHECK(asked.back().path.rfind(t.list_path, 0) != 0);
    t.fake->fail_always("GET", asked.back().path, {Fault::Kind::status, 401, {}});
    const auto list = tracker->changed_since(since, {});
    REQUIRE_FALSE(list.has_value());
    CHECK(list.error().kind == ErrorKind::denied);
  });
}

TEST_CASE("fake only: a list that fails is an error and never an empty list") {
  int number = 0;
  for (const auto& row : rows()) {
    CAPTURE(row.name);
    on_the_fakes([&](TrackerUnderTest& t) {
      if (!is_taken(number, k_world_stride)) return;
      const auto id = t.backstage->create(Who::customer, {"Listed"});
      const auto tracker = t.open();
      REQUIRE(contains(everything_since(*tracker, {}), id));
      t.fake->fail_always("GET", t.list_path, row.fault);
      const auto list = tracker->changed_since({}, {});
      REQUIRE_FALSE(list.has_value());
      check_error(list.error(), row);
      t.fake->clear_faults();
      CHECK(contains(everything_since(*tracker, {}), id));
    });
  }
}

TEST_CASE("fake only: an issue that cannot be read is an error that names it, and never gone") {
  int number = 0;
  for (const auto& row : rows()) {
    CAPTURE(row.name);
    on_the_fakes([&](TrackerUnderTest& t) {
      if (!is_taken(number, k_world_stride)) return;
      const auto id = t.backstage->create(Who::customer, {"Read"});
      const auto tracker = t.open();
      t.fake->fail_always("GET", t.issue_path, row.fault);
      const auto result = tracker->fetch(t.key(id));
      REQUIRE_FALSE(result.has_value());
      check_error(result.error(), row);
      CHECK(result.error().what.find("#" + id) != std::string::npos);
      t.fake->clear_faults();
      CHECK(tracker->fetch(t.key(id)).has_value());
    });
  }
}

TEST_CASE("fake only: a write that fails is not believed, and the next attempt completes it once") {
  int number = 0;
  for (const auto& row : rows()) {
    if (row.fault.kind != Fault::Kind::status && row.fault.kind != Fault::Kind::no_answer) continue;
    CAPTURE(row.name);
    on_the_fakes([&](TrackerUnderTest& t) {
      if (!is_taken(number, k_world_stride)) return;
      const auto id = t.backstage->create(Who::customer, {"Write"});
      const auto tracker = t.open();
      const auto before = tracker->fetch(t.key(id));
      REQUIRE(before.has_value());
      t.fake->fail_always("PUT", t.issue_path, row.fault);
      const auto result = tracker->apply(t.key(id), receipt(t), before->issue.revision);
      REQUIRE_FALSE(result.has_value());
      check_error(result.error(), row);
      t.fake->clear_faults();
      CHECK(receipts(t, id) == 0);
      REQUIRE(tracker->apply(t.key(id), receipt(t), before->issue.revision).has_value());
      CHECK(receipts(t, id) == 1);
    });
  }
}

TEST_CASE("fake only: a write whose answer got lost is recognised and not done twice") {
  on_the_fakes([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Lost answer"});
    const auto tracker = t.open();
    const auto before = tracker->fetch(t.key(id));
    REQUIRE(before.has_value());
    t.fake->fail_always("PUT", t.issue_path, {Fault::Kind::answer_lost, 0, {}});
    const auto result = tracker->apply(t.key(id), receipt(t), before->issue.revision);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::retry_later);
    t.fake->clear_faults();
    const auto after = tracker->fetch(t.key(id));
    REQUIRE(after.has_value());
    t.fake->clear_log();
    const auto again = tracker->apply(t.key(id), receipt(t), after->issue.revision);
    REQUIRE(again.has_value());
    CHECK(t.fake->writes() == t.requests_to_comment);
    CHECK(receipts(t, id) == 1);
  });
}

TEST_CASE("fake only: whichever request of reading fails, the result is an error or the whole issue") {
  int number = 0;
  const auto steps = 12;
  for (int nth = 1; nth <= steps; ++nth) {
    CAPTURE(nth);
    on_the_fakes([&](TrackerUnderTest& t) {
      if (!is_taken(number, k_world_stride)) return;
      const auto id = t.backstage->create(Who::customer, {"n-th request"});
      t.backstage->update(Who::staff, id,
                          {"Looking into it.", false, t.words.working, t.words.raised, t.words.assignee});
      const auto whole = t.open()->fetch(t.key(id));
      REQUIRE(whole.has_value());
      const auto tracker = t.open();
      t.fake->fail(nth, {Fault::Kind::status, 503, {}});
      const auto result = tracker->fetch(t.key(id));
      if (result) {
        CHECK(result->issue == whole->issue);
      } else {
        CHECK(result.error().kind == ErrorKind::retry_later);
      }
      t.fake->clear_faults();
      const auto again = tracker->fetch(t.key(id));
      REQUIRE(again.has_value());
      CHECK(again->issue == whole->issue);
    });
  }
}
