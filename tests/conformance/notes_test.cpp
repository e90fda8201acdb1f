// What every tracker must do with comments: once, recognised by their reference, and private ones never in public.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/writing.hpp"

using namespace cb;
using namespace cb::conformance;

TEST_CASE("a private note stays private") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"For staff alone"});
    const auto tracker = t.open();
    auto changes = comment(Visibility::internal, "At risk: 30 minutes are left.", "[cb-000004]");
    changes.fields = {{t.words.text(), {"at_risk", {}}}};
    const auto done = applied(t, *tracker, id, changes);
    CHECK(done.ignored.empty());
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-000004]") == 1);
    CHECK(noted(t.backstage->notes(Who::customer, id), "At risk") == 0);
    CHECK(done.after.shown.at(t.words.text()).text == "at_risk");
    for (const auto& event : done.after.issue.history)
      if (event.comment) CHECK(event.comment->visibility == Visibility::internal);
  });
}

TEST_CASE("a public and a private note in one go keep apart") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Both"});
    const auto tracker = t.open();
    Changes changes;
    changes.comments = {{Visibility::everybody, "Registered.", "[cb-000005]"},
                        {Visibility::internal, "Breached.", "[cb-000006]"}};
    const auto done = applied(t, *tracker, id, changes);
    CHECK(done.ignored.empty());
    const auto seen = t.backstage->notes(Who::customer, id);
    CHECK(noted(seen, "[cb-000005]") == 1);
    CHECK(noted(seen, "[cb-000006]") == 0);
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-000006]") == 1);
  });
}

TEST_CASE("without the right for private notes none is written, and above all none in public") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"No right"});
    const auto tracker = t.open_with(t.customer_key);
    const auto result = apply(t, *tracker, id, comment(Visibility::internal, "Secret of staff.", "[cb-000007]"));
    REQUIRE_FALSE(result.has_value());
    const auto kind = result.error().kind;
    CHECK((kind == ErrorKind::rejected || kind == ErrorKind::denied));
    CHECK(noted(t.backstage->notes(Who::customer, id), "Secret") == 0);
    CHECK(noted(t.backstage->notes(Who::staff, id), "Secret") == 0);
  });
}

TEST_CASE("a comment is recognised by its reference, whatever its words") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Once"});
    const auto tracker = t.open();
    applied(t, *tracker, id, comment(Visibility::everybody, "First wording.", "[cb-00000a]"));
    applied(t, *tracker, id, comment(Visibility::everybody, "Other wording.", "[cb-00000a]"));
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-00000a]") == 1);
    applied(t, *t.open(), id, comment(Visibility::everybody, "After a restart.", "[cb-00000a]"));
    CHECK(noted(t.backstage->notes(Who::staff, id), "[cb-00000a]") == 1);
  });
}

TEST_CASE("a reference that somebody else quotes is not ours") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Quoted"});
    t.backstage->update(Who::customer, id, {"What does [cb-00000b] mean?"});
    const auto tracker = t.open();
    applied(t, *tracker, id, comment(Visibility::everybody, "Our own.", "[cb-00000b]"));
    CHECK(noted(t.backstage->notes(Who::staff, id), "Our own.") == 1);
  });
}

TEST_CASE("a note that looks like markup stays plain text") {
  on_every_tracker([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Markup"});
    const auto tracker = t.open();
    applied(t, *tracker, id,
            comment(Visibility::everybody, "<script>alert(1)</script> and {{include(secret)}}", "[cb-00000f]"));
    const auto notes = t.backstage->notes(Who::customer, id);
    REQUIRE(noted(notes, "[cb-00000f]") == 1);
    // A tracker with markup gets it disarmed; one without shows the words as they are, and must not be given others.
    for (const std::string sign : {"<script>", "{{include"}) {
      CAPTURE(sign);
      const bool is_markup = std::find(t.markup.begin(), t.markup.end(), sign) != t.markup.end();
      CHECK(noted(notes, sign) == (is_markup ? 0 : 1));
    }
  });
}
