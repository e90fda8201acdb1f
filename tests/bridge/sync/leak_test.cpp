// The visibility guard (design.md 7): tries to get secrets into texts and fields that customers read, and must fail.
#include <doctest/doctest.h>

#include <filesystem>

#include "bridge/sync/slot_values.hpp"
#include "bridge/sync/staff_notes.hpp"
#include "bridge/texts/known_texts.hpp"
#include "tests/bridge/sync/leaky_world.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace cb;

namespace {

struct Situation {
  std::string name;
  void (*bring_about)(CommentWorld&);
};

// Each kind of comment for customers, and every way to come to it.
const Situation k_situations[] = {
    {"new", [](CommentWorld&) {}},
    {"ordered", [](CommentWorld& w) { w.decision.order_approved = true; }},
    {"declined", [](CommentWorld& w) { w.decision.order_declined = w.now; }},
    {"sounds urgent", [](CommentWorld& w) { w.decision.mismatch = PriorityMismatch::sounds_urgent; }},
    {"sounds trivial", [](CommentWorld& w) { w.decision.mismatch = PriorityMismatch::sounds_trivial; }},
    {"reclassified",
     [](CommentWorld& w) {
       w.decision.reclassified = {{CategoryId{"CANARY-before"}, CategoryId{"CANARY-after"}, w.now, "CANARY-staff", true,
                                   Billing::included, Billing::pool}};
     }},
    {"at risk", [](CommentWorld& w) { w.decision.clocks[1].state = ClockState::at_risk; }},
    {"missed",
     [](CommentWorld& w) {
       for (auto& clock : w.decision.clocks) {
         clock.state = ClockState::breached;
         clock.due = w.now;
       }
     }},
    {"resolved", [](CommentWorld& w) { resolve(w, 2); }},
    {"unconfirmed", go_unconfirmed},
    {"of another kind", [](CommentWorld& w) { w.decision.category.claimed = CategoryId{"customisation"}; }},
    {"without a customer",
     [](CommentWorld& w) {
       w.decision.customer.reset();
       w.decision.right_address.reset();
     }},
};

struct Seen {
  int to_customers = 0, to_staff = 0, secrets_to_staff = 0;
};

void look_at(const CommentWorld& world, Seen& seen) {
  for (const auto& comment : world.missing()) {
    const auto leak = leak_in(comment.text);
    if (comment.visibility == Visibility::internal) {
      ++seen.to_staff;
      seen.secrets_to_staff += leak.empty() ? 0 : 1;
      continue;
    }
    ++seen.to_customers;
    CHECK_MESSAGE(leak.empty(), comment.text);
    CHECK_MESSAGE(comment.text.find("{{") == std::string::npos, comment.text);
  }
}

constexpr int k_many = k_stride == 1 ? 3000 : 100;

template <class Look>
void in_every_decision(Look look) {
  int number = 0;
  std::vector<std::optional<Refusal>> refusals{std::nullopt};
  refusals.insert(refusals.end(), k_all_refusals.begin(), k_all_refusals.end());
  for (const auto billing : k_all_billing) {
    for (const auto& refusal : refusals) {
      for (const auto served : {true, false}) {
        if (number++ % k_stride == 0) look(leaky_decision(billing, refusal, served));
      }
    }
  }
}

CommentWorld leaky_world(CommentMode mode) {
  CommentWorld world;
  world.book = leaky_book();
  world.modes = all_comments(mode);
  world.put_back = {{{"CANARY-field"}, {"CANARY-label"}, {"CANARY-flag"}, world.now, "CANARY-customer"}};
  return world;
}

Seen everything_said(const CommentWorld& in) {
  Seen seen;
  in_every_decision([&](const Decision& decision) {
    for (const auto& situation : k_situations) {
      CAPTURE(situation.name);
      for (const auto* language : k_languages_with_texts) {
        auto world = in;
        world.decision = decision;
        world.decision.language = language;
        situation.bring_about(world);
        look_at(world, seen);
      }
    }
  });
  return seen;
}

// Whatever staff may name, and more that a decision holds.
const std::vector<std::string> k_forbidden = {"clock",
                                              "customer",
                                              "contract",
                                              "who",
                                              "when",
                                              "people",
                                              "copy",
                                              "from",
                                              "to",
                                              "before",
                                              "after",
                                              "team",
                                              "calendar",
                                              "field",
                                              "words",
                                              "rule",
                                              "reasons",
                                              "login",
                                              "advice",
                                              "backups",
                                              "refused_by",
                                              "internal_advice",
                                              "book_version",
                                              "category",
                                              "plan",
                                              "owner",
                                              "stop",
                                              "holds",
                                              "contract__",
                                              "consultant_id",
                                              "escalation_owner"};

std::string hostile_text() {
  std::string text = "Hello.";
  for (const auto& fact : k_forbidden) {
    text += " A {{" + fact + "}} b. {{#" + fact + "}}CANARY-section{{/" + fact + "}}";
    text += " {{&" + fact + "}} c. {{{" + fact + "}}} d.";
  }
  return text + " {{> customer}} {{.}} {{#.}}x{{/.}}";
}

}  // namespace

TEST_CASE("no comment that a customer reads holds a secret, whatever is decided and in whatever language") {
  const auto in_public = everything_said(leaky_world(CommentMode::everybody));
  CHECK(in_public.to_customers > k_many);
  CHECK(in_public.secrets_to_staff > k_many);  // the canaries sing where they may
  const auto internal = everything_said(leaky_world(CommentMode::internal));
  CHECK(internal.to_customers == 0);
  CHECK(internal.to_staff > k_many);
  auto without_notes = leaky_world(CommentMode::everybody);
  without_notes.private_comments = false;
  CHECK(everything_said(without_notes).to_staff == 0);
  CHECK(everything_said(leaky_world(CommentMode::off)).to_staff == 0);
}

TEST_CASE("no value of a field holds a secret, but that the field of advice, which is for staff, tells their advice") {
  const auto book = leaky_book();
  in_every_decision([&](Decision decision) {
    decision.advice = {Advice::copy_owner, Advice::no_nda};
    for (const auto phase : {Phase::waiting_for_us, Phase::resolved, Phase::withdrawn}) {
      decision.phase = phase;
      for (const auto slot : {Slot::billing, Slot::category, Slot::entitlement, Slot::plan, Slot::pool, Slot::sla_state,
                              Slot::next_due, Slot::response_due, Slot::resolution_due}) {
        const auto value = slot_value(slot, decision, book, {InstantFormat::local, false});
        CAPTURE(to_text(slot));
        CHECK_MESSAGE(leak_in(value.text).empty(), value.text);
      }
      const auto advice = slot_value(Slot::advice, decision, book, {InstantFormat::local, false});
      CHECK(advice.text == "copy_owner, no_nda, CANARY-advice");
    }
  });
}

TEST_CASE("a template cannot name what customers must not read") {
  Texts own;
  for (const auto& known : known_texts()) {
    if (!known.customer_reads_it) continue;
    for (const auto* language : k_languages_with_texts) own[language][known.name] = hostile_text();
  }
  auto world = leaky_world(CommentMode::everybody);
  world.texts = TextBook(own);
  world.private_comments = false;
  int said = 0;
  in_every_decision([&](const Decision& decision) {
    for (const auto& situation : k_situations) {
      world.decision = decision;
      situation.bring_about(world);
      for (const auto& comment : world.missing()) {
        ++said;
        CHECK_MESSAGE(leak_in(comment.text).empty(), comment.text);
      }
    }
  });
  CHECK(said > 500 / k_stride);
}

TEST_CASE("the loader refuses a template that names what customers must not read") {
  const TemporaryFolder folder;
  namespace fs = std::filesystem;
  fs::copy(fs::path(CB_TEST_DATA) / "example", folder.name(), fs::copy_options::recursive);
  for (const auto* name : {"receipt", "offer", "reminder", "mismatch", "reclassified", "apology", "reason_defect"}) {
    CAPTURE(name);
    std::string text = std::string(name) + ": >\n  Hello.";
    for (const auto& fact : k_forbidden) text += "\n  {{" + fact + "}}";
    folder.write("texts/en.yaml", text + "\n");
    const auto loaded = load_settings(folder.name());
    CHECK_FALSE(loaded.settings.has_value());
    std::string problems;
    for (const auto& problem : loaded.problems) problems += problem.text + "\n";
    for (const auto& fact : k_forbidden) {
      CHECK(problems.find("has no fact `{{" + fact + "}}`") != std::string::npos);
    }
  }
  for (const auto* name : {"risk", "escalation", "unit", "approval"}) {
    CAPTURE(name);
    folder.write("texts/en.yaml", std::string(name) + ": Hello.\n");
    CHECK_FALSE(load_settings(folder.name()).settings.has_value());
  }
}

TEST_CASE("what users wrote is never read as a template") {
  const std::string wild =
      "{{contract}} {{#free}}x{{/free}} {{^paid}} {{{who}}} \x01 \x02"
      "0\x03";
  auto world = leaky_world(CommentMode::everybody);
  world.issue.summary = wild;
  world.issue.description = wild;
  world.issue.priority = wild;
  world.book.staff.front().name = wild;
  world.book.customers[0].name = wild;
  world.book.customers[1].contacts.front().name = wild;
  world.decision = leaky_decision(Billing::paid, Refusal::contact, false);
  world.decision.mismatch = PriorityMismatch::sounds_urgent;
  world.put_back = {{{wild}, {wild}, {wild}, world.now, wild}};
  int literal = 0;
  for (const auto& comment : world.missing()) {
    if (comment.visibility == Visibility::everybody) CHECK_MESSAGE(leak_in(comment.text).empty(), comment.text);
    if (comment.text.find("{{contract}} {{#free}}x{{/free}}") != std::string::npos) ++literal;
  }
  CHECK(literal > 5);
  world.decision = leaky_decision(Billing::pool, {}, true);
  for (const auto& comment : world.missing()) {
    if (comment.visibility != Visibility::everybody) continue;
    CHECK(leak_in(comment.text).empty());
    CHECK(comment.text.find("Your consultant is " + wild + ".") != std::string::npos);
  }
}
