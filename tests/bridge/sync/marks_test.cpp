// Labels and flags that mirror a decision.
#include <doctest/doctest.h>

#include "bridge/sync/marks.hpp"
#include "tests/bridge/sync/mark_world.hpp"

using namespace cb;

TEST_CASE("the marker of the urgent procedure is there while the procedure holds") {
  MarkWorld world;
  world.decision.urgent.marker = "urgent-procedure";
  CHECK(world.planned().empty());
  world.decision.urgent.holds = true;
  CHECK(world.planned().add_labels == Labels{"urgent-procedure"});
  world.issue.labels = {"Urgent-Procedure", "theirs"};
  CHECK(world.planned().empty());
  world.decision.urgent.holds = false;
  CHECK(world.planned().remove_labels == Labels{"urgent-procedure"});
  world.capabilities.labels = false;
  CHECK(world.planned().empty());
}

TEST_CASE("labels mirror states, classes, the phase and advice") {
  struct Row {
    std::string state;
    void (*bring_about)(Decision&);
  };
  const Row rows[] = {
      {"closed_without_confirmation", [](Decision& d) { d.advice = {Advice::closed_without_confirmation}; }},
      {"no_nda",
       [](Decision& d) {
         d.advice = {Advice::priority_mismatch, Advice::no_nda};
       }},
      {"check-settings-first", [](Decision& d) { d.internal_advice = {"check-settings-first"}; }},
      {"paid", [](Decision& d) { d.billing = Billing::paid; }},
      {"breached", [](Decision& d) { d.sla_state = SlaState::breached; }},
      {"entitled", [](Decision& d) { d.order_approved = true; }},
      {"waiting_for_order", [](Decision& d) { d.phase = Phase::waiting_for_order; }},
      {"not_started", [](Decision& d) { d.clocks[1].state = ClockState::not_started; }},
  };
  for (const auto& row : rows) {
    CAPTURE(row.state);
    MarkWorld world;
    world.write.labels = {{row.state, "ours"}};
    if (row.state == "entitled") world.decision.billing = Billing::paid;
    CHECK(world.planned().empty());
    auto with = world;
    row.bring_about(with.decision);
    CHECK(with.planned().add_labels == Labels{"ours"});
    with.issue.labels = {"ours"};
    CHECK(with.planned().empty());
    world.issue.labels = {"ours"};
    CHECK(world.planned().remove_labels == Labels{"ours"});
  }
}

TEST_CASE("two states may share a label, also with the marker") {
  MarkWorld world;
  world.write.labels = {{"breached", "look"}, {"at_risk", "look"}};
  world.decision.urgent.marker = "look";
  world.issue.labels = {"look"};
  CHECK(world.planned().remove_labels == Labels{"look"});
  world.decision.sla_state = SlaState::at_risk;
  CHECK(world.planned().empty());
  world.decision.sla_state = SlaState::ok;
  world.decision.urgent.holds = true;
  CHECK(world.planned().empty());
  world.issue.labels.clear();
  world.decision.sla_state = SlaState::at_risk;
  CHECK(world.planned().add_labels == Labels{"look"});
}

TEST_CASE("a flag shows whether the issue is served without a further order") {
  struct Row {
    Billing billing;
    bool order_approved;
    std::string sign;
  };
  const Row rows[] = {
      {Billing::free, false, "+"},     {Billing::included, false, "+"}, {Billing::pool, false, "+"},
      {Billing::paid, false, "-"},     {Billing::paid, true, "+"},      {Billing::undecided, false, "?"},
      {Billing::undecided, true, "?"},
  };
  for (const auto& row : rows) {
    CAPTURE(to_text(row.billing));
    CAPTURE(row.order_approved);
    for (const std::string present : {"", "+", "-", "?"}) {
      CAPTURE(present);
      MarkWorld world;
      world.write.flags = {
          {"not_entitled", "entitled", "-"}, {"undecided", "entitled", "?"}, {"entitled", "entitled", "+"}};
      world.flags["needinfo"] = "?";
      if (!present.empty()) world.flags["Entitled"] = present;
      world.decision.billing = row.billing;
      world.decision.order_approved = row.order_approved;
      const auto planned = world.planned();
      using Flags = std::map<std::string, std::string>;
      CHECK(planned.flags ==
            (present == row.sign ? Flags{} : Flags{{present.empty() ? "entitled" : "Entitled", row.sign}}));
      world.capabilities.flags = false;
      CHECK(world.planned().flags.empty());
    }
  }
}

TEST_CASE("a flag is set while its state holds and cleared when not") {
  MarkWorld world;
  world.write.flags = {{"breached", "sla", "-"}};
  CHECK(world.planned().empty());
  world.decision.sla_state = SlaState::breached;
  CHECK(world.planned().flags.at("sla") == "-");
  world.flags["sla"] = "-";
  CHECK(world.planned().empty());
  world.decision.sla_state = SlaState::ok;
  CHECK(world.planned().flags.at("sla").empty());
}

TEST_CASE("of two states that hold, what denies goes before what asks, and that before what grants") {
  struct Row {
    std::vector<WriteFlag> flags;
    std::string sign;
  };
  const Row rows[] = {
      {{{"pool", "sla", "+"}, {"at_risk", "sla", "?"}, {"ok", "sla", "-"}}, "?"},
      {{{"at_risk", "SLA", "?"}, {"pool", "sla", "+"}}, "?"},
      {{{"pool", "sla", "-"}, {"at_risk", "sla", "?"}}, "-"},
      {{{"at_risk", "sla", "+"}, {"pool", "sla", "-"}}, "-"},
      {{{"breached", "sla", "-"}, {"pool", "sla", "+"}}, "+"},
  };
  for (const auto& row : rows) {
    MarkWorld world;
    world.decision.sla_state = SlaState::at_risk;
    world.write.flags = row.flags;
    const auto planned = world.planned();
    REQUIRE(planned.flags.size() == 1);
    CHECK(planned.flags.begin()->second == row.sign);
  }
}
