// Labels that mirror a decision, and values of ours that others changed.
#include <doctest/doctest.h>

#include "bridge/sync/plan.hpp"
#include "tests/bridge/sync/comment_world.hpp"

using namespace cb;

namespace {

struct MarkWorld : CommentWorld {
  WriteSettings write;
  std::map<Slot, Shown> shown;
  Capabilities capabilities;

  MarkWorld() {
    capabilities.private_comments = true;
    capabilities.labels = true;
  }
  [[nodiscard]] Changes planned() const {
    return plan(decision, issue, shown, {write, book, texts, capabilities}, now).changes;
  }
};

using Labels = std::vector<std::string>;

// Somebody wrote `paid` into the field Billing, where ours was `pool`.
void change_billing(MarkWorld& world, const Author& by, const std::string& to) {
  world.write.fields = {{Slot::billing, {"Billing", InstantFormat::natural}}};
  world.write.comments = {{"notice", CommentMode::internal}};
  world.issue.fields["Billing"] = {to};
  world.shown[Slot::billing] = {to, {}};
  Event event;
  event.at = world.now - Seconds{60};
  event.by = by;
  event.changes = {{Attribute::field, "Billing", "pool", to}};
  world.issue.history.push_back(event);
}

Author ourselves() {
  Author author;
  author.login = "bridge";
  author.self = true;
  return author;
}

}  // namespace

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
      {"waiting_for_order", [](Decision& d) { d.phase = Phase::waiting_for_order; }},
      {"not_started", [](Decision& d) { d.clocks[1].state = ClockState::not_started; }},
  };
  for (const auto& row : rows) {
    CAPTURE(row.state);
    MarkWorld world;
    world.write.labels = {{row.state, "ours"}};
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

TEST_CASE("a value that a customer changed is put back and noted; what staff or we changed is set right silently") {
  struct Row {
    std::string name;
    Author by;
    bool noted;
  };
  const Row rows[] = {
      {"a customer", eva(), true},       {"a partner's contact", person("olga@implementers.example"), true},
      {"staff", alena(), false},         {"a robot", person("ci@vendor.example"), false},
      {"ourselves", ourselves(), false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    MarkWorld world;
    change_billing(world, row.by, "free");
    const auto planned = world.planned();
    CHECK(planned.fields.at(Slot::billing).text == "pool");
    CHECK(planned.comments.size() == (row.noted ? 1 : 0));
    if (row.noted) CHECK(planned.comments.front().visibility == Visibility::internal);
    world.decision.billing = Billing::free;
    CHECK(world.planned().empty());  // what they wrote is right
  }
}

TEST_CASE("each change is noted once, and again when it is changed again") {
  MarkWorld world;
  change_billing(world, eva(), "free");
  world.modes = world.write.comments;
  world.put_back = {{"Billing", world.now - Seconds{60}, "eva.mala@acme.example"}};
  world.CommentWorld::write();
  CHECK(world.planned().comments.empty());
  CHECK_FALSE(world.planned().fields.empty());
  world.now += k_day;
  change_billing(world, eva(), "free");
  CHECK(world.planned().comments.size() == 1);
}

TEST_CASE("what stood in the field from the beginning, or was never told, is no change") {
  MarkWorld world;
  change_billing(world, eva(), "free");
  world.issue.history.clear();
  CHECK(world.planned().fields.size() == 1);
  CHECK(world.planned().comments.empty());
}
