// When staff are not told: it is no news any more, or somebody acted already.
#include <doctest/doctest.h>

#include "tests/bridge/sync/comment_causes.hpp"

using namespace cb;

TEST_CASE("what happened long ago is not noted any more") {
  struct Row {
    std::string name;
    std::string kind;
    void (*at_age)(CommentWorld&, Seconds);
    Seconds last;
  };
  const Row rows[] = {
      {"urgent", "escalation",
       [](CommentWorld& w, Seconds age) {
         be_urgent(w);
         w.decision.urgent.since = w.now - age;
       },
       7 * k_day},
      {"mismatch", "mismatch",
       [](CommentWorld& w, Seconds age) {
         sound_urgent(w);
         w.issue.created = w.now - age;
       },
       7 * k_day},
      {"breach", "breach",
       [](CommentWorld& w, Seconds age) {
         only_clock(w, ClockName::resolution, ClockState::breached, "").due = w.now - age;
       },
       14 * k_day},
      {"escalation", "escalation",
       [](CommentWorld& w, Seconds age) {
         escalate(w, 3, ClockState::breached, "");
         w.decision.clocks.back().due = w.now - age;
       },
       14 * k_day},
      {"reclassified", "reclassified",
       [](CommentWorld& w, Seconds age) {
         move_category(w, Billing::pool, Billing::free);
         w.decision.reclassified.back().at = w.now - age;
       },
       14 * k_day},
      {"approval", "notice",
       [](CommentWorld& w, Seconds age) {
         w.decision.refused_approvals = {{w.now - age, "eva"}};
       },
       14 * k_day},
      {"declined", "notice", [](CommentWorld& w, Seconds age) { w.decision.order_declined = w.now - age; }, 14 * k_day},
      {"unconfirmed", "notice",
       [](CommentWorld& w, Seconds age) {
         go_unconfirmed(w);
         w.decision.clocks.back().stopped = w.now - age;
       },
       14 * k_day},
      {"contract ended", "notice", [](CommentWorld& w, Seconds age) { w.decision.contract_ended = w.now - age; },
       14 * k_day},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    for (const auto& entry : {std::pair{Seconds{0}, 1}, std::pair{row.last - Seconds{1}, 1}, std::pair{row.last, 1},
                              std::pair{row.last + Seconds{1}, 0}}) {
      const auto& [age, expected] = entry;
      CAPTURE(entry.first.count());
      CommentWorld world(row.kind, CommentMode::internal);
      row.at_age(world, age);
      CHECK(world.missing().size() == static_cast<std::size_t>(expected));
    }
  }
}

TEST_CASE("when there is nothing to note") {
  struct Row {
    std::string name;
    std::string kind;
    void (*change)(CommentWorld&);
  };
  const Row rows[] = {
      {"the deadline was missed, and it is done by now", "breach",
       [](CommentWorld& w) {
         only_clock(w, ClockName::resolution, ClockState::breached, "2026-06-08T07:00:00Z").stopped = w.now;
       }},
      {"the urgent procedure ended", "escalation",
       [](CommentWorld& w) {
         be_urgent(w);
         w.decision.urgent.holds = false;
       }},
      {"an urgent issue is closed", "escalation",
       [](CommentWorld& w) {
         be_urgent(w);
         w.decision.phase = Phase::closed;
       }},
      {"it was in no category before", "reclassified",
       [](CommentWorld& w) {
         move_category(w, Billing::pool, Billing::free);
         w.decision.reclassified.back().from.reset();
       }},
      {"approved after all by somebody who may", "notice",
       [](CommentWorld& w) {
         w.decision.refused_approvals = {{w.now, "eva"}};
         w.decision.order_declined = w.now;
         w.decision.order_approved = true;
       }},
      {"closed before its confirmation was due", "notice",
       [](CommentWorld& w) {
         go_unconfirmed(w);
         w.decision.phase = Phase::closed;
       }},
      {"confirmed", "notice",
       [](CommentWorld& w) {
         go_unconfirmed(w);
         w.decision.clocks.back().state = ClockState::met;
       }},
      {"a disputed unit of a closed issue", "notice",
       [](CommentWorld& w) {
         w.decision.unit_disputed = true;
         w.decision.phase = Phase::closed;
       }},
      {"a mismatch of a closed issue", "mismatch",
       [](CommentWorld& w) {
         sound_urgent(w);
         w.decision.phase = Phase::resolved;
       }},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CommentWorld world(row.kind, CommentMode::internal);
    row.change(world);
    CHECK(world.missing().empty());
  }
}
