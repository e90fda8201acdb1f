// What staff are told: each note for its cause, once, never in public, and not at all where notes cannot be private.
#include "bridge/sync/staff_notes.hpp"

#include <doctest/doctest.h>

#include "tests/bridge/sync/comment_causes.hpp"

using namespace cb;

namespace {

void end_contract(CommentWorld& world, OnExpiry what) {
  world.decision.contract_ended = world.now;
  world.decision.on_expiry = what;
}

struct Cause {
  std::string kind;
  std::string cause;
  std::string text;
  void (*bring_about)(CommentWorld&);
};

const std::string k_whose = "\nCustomer: ACME University, contract ACME-2026.";

const Cause k_causes[] = {
    {"risk", "risk/first_response", "The first response is at risk: due 2026-06-08 18:00 CEST." + k_whose,
     [](CommentWorld& w) { w.decision.clocks[0].state = ClockState::at_risk; }},
    {"breach", "breach/resolution", "The resolution is overdue: it was due 2026-06-08 09:00 CEST." + k_whose,
     [](CommentWorld& w) { only_clock(w, ClockName::resolution, ClockState::breached, "2026-06-08T07:00:00Z"); }},
    {"escalation", "escalation/1/resolution",
     "The resolution is at risk: due 2026-06-08 11:00 CEST.\nTo act now: Alena. In copy: Alena, Věra." + k_whose,
     [](CommentWorld& w) { escalate(w, 1, ClockState::at_risk, "2026-06-08T09:00:00Z"); }},
    {"escalation", "escalation/3/resolution",
     "The resolution is overdue: it was due 2026-06-08 09:00 CEST.\nTo act now: Alena, Boris, Věra." + k_whose,
     [](CommentWorld& w) { escalate(w, 3, ClockState::breached, "2026-06-08T07:00:00Z"); }},
    {"escalation", "urgent/2026-06-08T08:00:00Z",
     "Urgent procedure since 2026-06-08 10:00 CEST, on the calendar duty-emea, for the EMEA team. The first response "
     "is due 2026-06-08 18:00 CEST." +
         k_whose,
     be_urgent},
    {"mismatch", "mismatch",
     "The description sounds urgent (nobody can, stopped), and the priority is \"Normal\". Ask the customer, or set "
     "the priority right.",
     sound_urgent},
    {"mismatch", "mismatch_trivial",
     "The priority is \"Normal\", and the description reads like a small matter (typo). Ask the customer, or set the "
     "priority right.",
     [](CommentWorld& w) {
       w.decision.mismatch = PriorityMismatch::sounds_trivial;
       w.decision.mismatch_words = {"typo"};
     }},
    {"reclassified", "reclassified_note/2026-06-08T08:00:00Z",
     "The category moved from consultation to defect, by alena@vendor.example on 2026-06-08 10:00 CEST. Billing: pool "
     "before, free now.",
     [](CommentWorld& w) { move_category(w, Billing::pool, Billing::free); }},
    {"notice", "approval/2026-06-08T08:00:00Z/eva.mala@acme.example",
     "eva.mala@acme.example approved the order on 2026-06-08 10:00 CEST, but may not order: nothing was started. Empty "
     "that field or label again, so that it can be approved. Who "
     "may: Jan Novák.",
     [](CommentWorld& w) {
       w.decision.refused_approvals = {{w.now, "eva.mala@acme.example"}};
     }},
    {"notice", "declined/2026-06-08T08:00:00Z",
     "The order was declined on 2026-06-08 10:00 CEST. Nothing is promised any more.",
     [](CommentWorld& w) { w.decision.order_declined = w.now; }},
    {"notice", "unconfirmed/2026-06-03T08:00:00Z",
     "Nobody confirmed the solution of 2026-06-03 10:00 CEST in time. Close the issue, or ask the customer.",
     go_unconfirmed},
    {"notice", "put_back/2026-06-08T08:00:00Z/eva.mala@acme.example",
     "eva.mala@acme.example changed the field \"Billing\" on 2026-06-08 10:00 CEST. It belongs to the support contract "
     "and was put back.",
     [](CommentWorld& w) {
       w.put_back = {{{"Billing"}, {}, {}, w.now, "eva.mala@acme.example"}};
     }},
    {"notice", "unit",
     "An issue that was registered earlier was seen late, after a customer had been told of a free request. By the "
     "order of registration this issue would not have one. It stays as it was told; decide, and say it in the "
     "tracker." +
         k_whose,
     [](CommentWorld& w) { w.decision.unit_disputed = true; }},
    {"notice", "unit",
     "An issue that was registered earlier was seen late, after a customer had been told of a free request. By the "
     "order of registration this issue would have one. It stays as it was told; decide, and say it in the tracker." +
         k_whose,
     [](CommentWorld& w) {
       w.decision.unit_disputed = true;
       w.decision.billing = Billing::paid;
     }},
    {"notice", "unit_lost",
     "This issue was shown as using a free request. By the order of registration the request is another one's, so that "
     "this issue is to be paid. Its deadlines and verdicts stay; tell the customer, or decide otherwise in the "
     "tracker." +
         k_whose,
     [](CommentWorld& w) {
       w.decision.unit_lost = true;
       w.decision.billing = Billing::paid;
     }},
    {"notice", "contract_ended",
     "The contract ACME-2026 ended on 2026-06-08 10:00 CEST, while this issue is open. Its clocks stop there.",
     [](CommentWorld& w) { end_contract(w, OnExpiry::stop); }},
    {"notice", "contract_ended",
     "The contract ACME-2026 ended on 2026-06-08 10:00 CEST, while this issue is open. Its clocks go on: decide how it "
     "is to be served.",
     [](CommentWorld& w) { end_contract(w, OnExpiry::ask); }},
};

}  // namespace

TEST_CASE("each note is written for its cause, and never again") {
  for (const auto& row : k_causes) {
    CAPTURE(row.cause);
    CommentWorld world(row.kind, CommentMode::internal);
    row.bring_about(world);
    REQUIRE(world.missing().size() == 1);
    CHECK(world.is_missing(row.cause));
    CHECK(world.only() == row.text);
    CHECK(world.missing().front().visibility == Visibility::internal);
    world.write();
    CHECK(world.missing().empty());
    world.decision.contract.reset();
    world.decision.language = "hu";
    world.book.customers.clear();
    CHECK(world.missing().empty());
  }
}

TEST_CASE("notes are never public, and left out where none can be private") {
  for (const auto& row : k_causes) {
    CAPTURE(row.cause);
    for (const auto mode : {CommentMode::off, CommentMode::internal, CommentMode::everybody}) {
      CommentWorld world(row.kind, mode);
      row.bring_about(world);
      for (const auto& comment : world.missing()) {
        CHECK((comment.visibility == Visibility::internal || comment.text != row.text));
      }
      CHECK(staff_notes(
                {world.decision, world.issue, {world.modes, world.book, world.texts, true}, world.put_back, world.now})
                .empty() == (mode == CommentMode::off || (row.kind == "mismatch" && mode == CommentMode::everybody)));
      world.private_comments = false;
      for (const auto& comment : world.missing()) CHECK(comment.visibility == Visibility::everybody);
    }
  }
}

TEST_CASE("notices are for staff unless told otherwise, where there are comments at all") {
  CommentWorld world;
  world.decision.unit_disputed = true;
  world.modes.clear();
  CHECK(world.missing().empty());
  world.modes = {{"risk", CommentMode::off}};
  CHECK(world.is_missing("unit"));
  world.modes["notice"] = CommentMode::off;
  CHECK(world.missing().empty());
  CHECK(mode_of({{}, world.book, world.texts, true}, "notice") == CommentMode::off);
  CHECK(mode_of({world.modes, world.book, world.texts, true}, "breach") == CommentMode::off);
}

TEST_CASE("an escalation calls people once per step") {
  CommentWorld world("escalation", CommentMode::internal);
  for (int step = 1; step <= 3; ++step) {
    CAPTURE(step);
    escalate(world, step, step < 3 ? ClockState::at_risk : ClockState::breached, "2026-06-08T07:00:00Z");
    CHECK(world.missing().size() == 1);
    CHECK(world.is_missing("escalation/" + std::to_string(step) + "/resolution"));
    world.write();
    CHECK(world.missing().empty());
  }
  // Back to a lower step, as after a pause, and up again.
  escalate(world, 1, ClockState::at_risk, "2026-06-08T09:00:00Z");
  CHECK(world.missing().empty());
  world.decision.escalation.people.clear();
  world.decision.escalation.step = 2;
  CHECK(world.missing().empty());
}

TEST_CASE("several approvals by people who may not order are noted one by one, naming the partner's too") {
  CommentWorld world("notice", CommentMode::internal);
  world.decision.customer = CustomerId{"volga"};
  world.decision.refused_approvals = {{world.now - k_day, "trainee@implementers.example"},
                                      {world.now, "ivan@volga.example"}};
  CHECK(world.missing().size() == 2);
  for (const auto& note : world.missing()) CHECK(note.text.find("Who may: Olga.") != std::string::npos);
  world.write();
  CHECK(world.missing().empty());
}

TEST_CASE("a reopened issue is noted anew, but not of what happened before and is dated") {
  for (const auto& row : k_causes) {
    CAPTURE(row.cause);
    CommentWorld world(row.kind, CommentMode::internal);
    row.bring_about(world);
    world.write();
    if (world.decision.clocks.empty()) world.decision.clocks.emplace_back();
    for (auto& clock : world.decision.clocks) clock.cycle = 2;
    const bool is_dated = row.cause.find("/2026-") != std::string::npos;
    CHECK(world.missing().size() == (is_dated ? 0 : 1));
  }
}

TEST_CASE("an escalation says the risk and the breach, too, in one note") {
  for (const auto state : {ClockState::at_risk, ClockState::breached}) {
    CommentWorld world("escalation", CommentMode::internal);
    world.modes["risk"] = world.modes["breach"] = CommentMode::internal;
    escalate(world, state == ClockState::breached ? 3 : 1, state, "2026-06-08T07:00:00Z");
    world.decision.clocks.push_back(clock_reading(ClockName::workaround, state, "2026-06-08T07:30:00Z"));
    REQUIRE(world.missing().size() == 2);  // the other clock has a note of its own
    const std::string kind = state == ClockState::breached ? "breach/" : "risk/";
    CHECK_FALSE(world.is_missing(kind + "resolution"));
    CHECK(world.is_missing(kind + "workaround"));
    CHECK(world.missing().back().text.find(reference_of(world.issue.key, kind + "resolution", 1)) != std::string::npos);
    for (const auto& note : world.missing()) CHECK(note.visibility == Visibility::internal);
    world.write();
    world.decision.escalation.step = 0;
    CHECK(world.missing().empty());
  }
}
