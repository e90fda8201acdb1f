// Values, labels and flags of ours that others changed.
#include "bridge/sync/put_back.hpp"

#include <doctest/doctest.h>

#include "tests/bridge/sync/mark_world.hpp"

using namespace cb;

namespace {

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

// One edit of several things of ours at that instant.
void edit(MarkWorld& world, const Author& by, Instant when, const std::vector<FieldChange>& changes) {
  Event event;
  event.at = when;
  event.by = by;
  event.changes = changes;
  world.issue.history.push_back(event);
}

// Ours are the field, two labels and the flag; whatever was done to them is wrong.
MarkWorld world_of_marks() {
  MarkWorld world;
  world.write.fields = {{Slot::billing, {"Billing", InstantFormat::natural}}};
  world.write.labels = {{"ok", "sla-ok"}, {"breached", "sla-breached"}};
  world.write.flags = {{"entitled", "entitled", "+"}};
  world.write.comments = {{"notice", CommentMode::internal}};
  world.shown[Slot::billing] = {"free", {}};
  world.issue.labels = {"sla-breached"};
  return world;
}

const FieldChange k_billing{Attribute::field, "Billing", "pool", "free"};
const FieldChange k_label_off{Attribute::label, "", "sla-ok", ""};
const FieldChange k_label_on{Attribute::label, "", "", "sla-breached"};
const FieldChange k_flag{Attribute::flag, "entitled", "+", ""};

}  // namespace

TEST_CASE("a value that a customer changed is put back and noted; what staff or we changed is set right silently") {
  struct Row {
    std::string name;
    Author by;
    bool noted;
  };
  const Row rows[] = {
      {"a customer", eva(), true},
      {"somebody unknown", person("who@nowhere.example"), true},
      {"a partner's contact", person("olga@implementers.example"), true},
      {"staff", alena(), false},
      {"a robot", person("ci@vendor.example"), false},
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
  world.put_back = {{{"Billing"}, {}, {}, world.now - Seconds{60}, "eva.mala@acme.example"}};
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

TEST_CASE("labels and flags that a customer changed are noted as fields are, and staff's are not") {
  struct Row {
    FieldChange change;
    std::string words;
  };
  const Row rows[] = {{k_billing, "changed the field \"Billing\" on"},
                      {k_label_off, "changed the label \"sla-ok\" on"},
                      {k_label_on, "changed the label \"sla-breached\" on"},
                      {k_flag, "changed the flag \"entitled\" on"}};
  for (const auto& row : rows) {
    CAPTURE(row.words);
    for (const auto& [by, noted] : {std::pair{eva(), true}, {person("who@nowhere.example"), true}, {alena(), false}}) {
      auto world = world_of_marks();
      edit(world, by, world.now - Seconds{60}, {row.change});
      const auto planned = world.planned();
      CHECK(planned.fields.size() == 1);
      CHECK(planned.add_labels == Labels{"sla-ok"});
      CHECK(planned.remove_labels == Labels{"sla-breached"});
      CHECK(planned.flags.at("entitled") == "+");
      REQUIRE(planned.comments.size() == (noted ? 1 : 0));
      if (noted) CHECK(planned.comments.front().text.find(row.words) != std::string::npos);
    }
  }
}

TEST_CASE("one edit of several things is one note, each edit has its own") {
  auto world = world_of_marks();
  edit(world, eva(), world.now - Seconds{60}, {k_billing, k_label_off, k_label_on, k_flag});
  auto planned = world.planned();
  REQUIRE(planned.comments.size() == 1);
  CHECK(planned.comments.front().visibility == Visibility::internal);
  CHECK(
      planned.comments.front().text ==
      "eva.mala@acme.example changed the field \"Billing\" on 2026-06-08 09:59 CEST. eva.mala@acme.example changed the "
      "label \"sla-ok\", \"sla-breached\" on 2026-06-08 09:59 CEST. eva.mala@acme.example changed the flag "
      "\"entitled\" "
      "on 2026-06-08 09:59 CEST. It belongs to the support contract and was put back.");
  edit(world, eva(), world.now - Seconds{30}, {k_flag});
  edit(world, person("jan.novak@acme.example"), world.now - Seconds{30}, {k_label_on});
  planned = world.planned();
  CHECK(planned.comments.size() == 3);
}

TEST_CASE("the last edit counts, whoever edited before, and a value told in other words is the same edit") {
  auto world = world_of_marks();
  edit(world, eva(), world.now - Seconds{60}, {k_billing});
  edit(world, alena(), world.now - Seconds{30}, {{Attribute::field, "Billing", "free", "paid"}});
  world.shown[Slot::billing] = {"paid", {}};
  CHECK(world.planned().fields.size() == 1);
  CHECK(world.planned().comments.empty());
  // A history may cut texts, and tell instants in the server's local time.
  edit(world, eva(), world.now - Seconds{10}, {{Attribute::field, "Billing", "paid", "2026-06-08 10:00:00"}});
  CHECK(world.planned().comments.size() == 1);
}

TEST_CASE("an edit of more than two weeks ago is put back and no news") {
  for (const auto& [late, notes] : {std::pair{Seconds{0}, 1U}, {Seconds{1}, 0U}}) {
    auto world = world_of_marks();
    world.issue.created = world.now - k_day * 30;
    edit(world, eva(), world.now - k_day * 14 - late, {k_billing});
    CHECK(world.planned().fields.size() == 1);
    CHECK(world.planned().comments.size() == notes);
  }
}
