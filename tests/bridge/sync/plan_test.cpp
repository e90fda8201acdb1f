#include "bridge/sync/plan.hpp"

#include <doctest/doctest.h>

#include "bridge/sync/slot_values.hpp"
#include "tests/bridge/sync/comment_world.hpp"

using namespace cb;

namespace {

const Instant k_now = at_iso("2026-06-08T08:00:00Z");

std::string shown(Slot slot, const Decision& decision, InstantFormat format = InstantFormat::local) {
  return slot_value(slot, decision, example_settings().book, {format, false}).text;
}

Capabilities able() {
  Capabilities capabilities;
  capabilities.private_comments = true;
  capabilities.labels = true;
  return capabilities;
}

struct Setting {
  WriteSettings write = example_settings().trackers.front().write;
  TextBook texts{{}};
  Capabilities capabilities = able();
  Issue issue = consultation("1", k_now);
  std::set<Slot> date_time_slots;

  [[nodiscard]] PlannedWrite planned(const Decision& decision, const std::map<Slot, Shown>& now_shown) const {
    Fetched fetched;
    fetched.issue = issue;
    fetched.shown = now_shown;
    fetched.date_time_slots = date_time_slots;
    return plan(decision, fetched, {write, example_settings().book, texts, capabilities}, k_now);
  }
};

std::map<Slot, Shown> empty_fields() {
  std::map<Slot, Shown> fields;
  for (const auto& [slot, field] : example_settings().trackers.front().write.fields) fields[slot] = {};
  return fields;
}

std::vector<NewComment> comments(const Decision& decision, const Issue& issue, const Setting& setting) {
  return missing_comments(
      decision, issue,
      {setting.write.comments, example_settings().book, setting.texts, setting.capabilities.private_comments}, {},
      k_now);
}

}  // namespace

TEST_CASE("what each slot shows") {
  auto decision = covered();
  CHECK(shown(Slot::billing, decision) == "pool");
  CHECK(shown(Slot::category, decision) == "consultation");
  CHECK(shown(Slot::entitlement, decision) == "Standard support until 2027-02-28, 4 of 5 left");
  CHECK(shown(Slot::plan, decision) == "Standard support");
  CHECK(shown(Slot::pool, decision) == "4 of 5 left, 1 reserved");
  CHECK(shown(Slot::sla_state, decision) == "ok");
  CHECK(shown(Slot::next_due, decision) == "2026-06-08 18:00 CEST");
  CHECK(shown(Slot::response_due, decision, InstantFormat::iso) == "2026-06-08T16:00:00Z");
  CHECK(shown(Slot::resolution_due, decision) == "2026-06-22 18:00 CEST");
  CHECK(shown(Slot::advice, decision).empty());

  decision.advice = {Advice::no_nda};
  decision.internal_advice = {"check-settings-first"};
  CHECK(shown(Slot::advice, decision) == "no_nda, check-settings-first");
  decision.contract_until.reset();
  decision.pool->size.reset();
  CHECK(shown(Slot::entitlement, decision) == "Standard support, unlimited requests");
}

TEST_CASE("a paused clock shows what is left, and no deadline as certain") {
  auto decision = covered();
  decision.clocks[1] = clock_reading(ClockName::resolution, ClockState::paused, "");
  decision.clocks[1].left = BusinessTime{Seconds{14 * 3600 + 1800}};
  CHECK(shown(Slot::resolution_due, decision) == "paused, 14h30m left");
  CHECK(shown(Slot::next_due, decision) == "2026-06-08 18:00 CEST");
  decision.next_due.reset();
  CHECK(shown(Slot::next_due, decision) == "paused, 14h30m left");
  const auto& book = example_settings().book;
  CHECK(slot_value(Slot::next_due, decision, book, {InstantFormat::natural, true}) == Shown{});
}

TEST_CASE("a tracker's own type for instants gets the instant") {
  const auto value = slot_value(Slot::next_due, covered(), example_settings().book, {InstantFormat::natural, true});
  CHECK(value.instant == at_iso("2026-06-08T16:00:00Z"));
}

TEST_CASE("why something is not covered, without naming anybody else's contract") {
  auto decision = covered();
  decision.contract.reset();
  decision.plan.reset();
  decision.pool.reset();
  decision.refusal = Refusal::expired;
  decision.refused_by = ContractId{"ACME-2026"};
  CHECK(shown(Slot::entitlement, decision) == "not covered: expired (ACME-2026)");
  decision.refused_by = ContractId{"IMPL-2026"};
  CHECK(shown(Slot::entitlement, decision) == "not covered: expired");
  decision.refusal = Refusal::modified_code;
  CHECK(shown(Slot::entitlement, decision) == "not covered: modified code");
  decision.refusal = Refusal::no_contract;
  CHECK(shown(Slot::entitlement, decision) == "no contract");
  decision.customer.reset();
  decision.customer_candidates = {CustomerId{"acme"}, CustomerId{"duna"}};
  CHECK(shown(Slot::entitlement, decision) == "customer not known");
  CHECK(shown(Slot::plan, decision).empty());
}

TEST_CASE("a finished issue shows what it had, not what the pool holds today") {
  auto decision = covered();
  decision.phase = Phase::closed;
  CHECK(shown(Slot::entitlement, decision) == "Standard support until 2027-02-28");
  CHECK(shown(Slot::pool, decision) == "1 used");
  decision.billing = Billing::free;
  CHECK(shown(Slot::pool, decision).empty());
}

TEST_CASE("only differences are written, and only to fields that the issue has") {
  const Setting setting;
  const auto first = setting.planned(covered(), empty_fields());
  CHECK(first.changes.fields.size() == empty_fields().size());
  CHECK(first.changes.comments.size() == 1);
  auto done = setting;
  Event written;
  written.by.self = true;
  written.comment = Comment{Visibility::everybody, "text " + first.changes.comments.front().reference};
  done.issue.history.push_back(written);
  CHECK(done.planned(covered(), first.after).changes.empty());

  auto fewer = empty_fields();
  fewer.erase(Slot::sla_state);
  const auto without = setting.planned(covered(), fewer);
  CHECK(without.changes.fields.count(Slot::sla_state) == 0);
  REQUIRE(without.notes.size() == 1);
  CHECK(without.notes.front().find("SLA") != std::string::npos);
}

TEST_CASE("labels mirror the state: the present one is put on, the others are taken off") {
  Setting setting;
  setting.write.labels = {{"breached", "sla-breached"}, {"at_risk", "sla-risk"}, {"paid", "billable"}};
  setting.issue.labels = {"SLA-risk", "customer-own"};
  auto decision = covered();
  decision.sla_state = SlaState::breached;
  auto changes = setting.planned(decision, {}).changes;
  CHECK(changes.add_labels == std::vector<std::string>{"sla-breached"});
  CHECK(changes.remove_labels == std::vector<std::string>{"sla-risk"});
  setting.capabilities.labels = false;
  changes = setting.planned(decision, {}).changes;
  CHECK(changes.add_labels.empty());
  CHECK(changes.remove_labels.empty());
}

TEST_CASE("who gets a receipt, and who an offer") {
  const Setting setting;
  struct Row {
    const char* name;
    void (*change)(Decision&, Issue&);
    const char* expected;  // the beginning of the only comment; empty: none
  };
  const Row rows[] = {
      {"a new issue", [](Decision&, Issue&) {}, "We have registered your request under Standard support"},
      {"undecided", [](Decision& d, Issue&) { d.billing = Billing::undecided; }, ""},
      {"resolved already", [](Decision& d, Issue&) { d.phase = Phase::resolved; }, ""},
      {"unknown status", [](Decision& d, Issue&) { d.phase.reset(); }, ""},
      {"registered seven days ago", [](Decision&, Issue& i) { i.created = k_now - Seconds{7 * 86400}; },
       "We have registered"},
      {"a second longer ago", [](Decision&, Issue& i) { i.created = k_now - Seconds{7 * 86400 + 1}; }, ""},
      {"answered by staff",
       [](Decision&, Issue& i) {
         i.history.push_back({"1", k_now, alena(), Comment{Visibility::everybody, "Yes."}, {}});
       },
       ""},
      {"staff only talked among themselves",
       [](Decision&, Issue& i) {
         i.history.push_back({"1", k_now, alena(), Comment{Visibility::internal, "Yes."}, {}});
       },
       "We have registered"},
      {"the customer wrote again",
       [](Decision&, Issue& i) {
         i.history.push_back({"1", k_now, eva(), Comment{Visibility::everybody, "Hello?"}, {}});
       },
       "We have registered"},
      {"paid", [](Decision& d, Issue&) { d.billing = Billing::paid; },
       "This request is not covered by your current agreement: the plan does not include work of this kind."},
      {"paid and ordered",
       [](Decision& d, Issue&) {
         d.billing = Billing::paid;
         d.order_approved = true;
       },
       "We have registered"},
      {"the history is not known", [](Decision&, Issue& i) { i.history_known = false; }, ""},
      {"a second cycle", [](Decision& d, Issue&) { d.clocks[0].cycle = 2; }, ""},
      {"a private issue of the customer", [](Decision&, Issue& i) { i.internal = true; }, "We have registered"},
      {"registered by staff for the customer", [](Decision&, Issue& i) { i.reporter = alena(); }, "We have registered"},
      {"a private issue of staff",
       [](Decision& d, Issue& i) {
         i.internal = true;
         i.reporter = alena();
         d.billing = Billing::paid;
       },
       ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto decision = covered();
    auto issue = setting.issue;
    row.change(decision, issue);
    const auto written = comments(decision, issue, setting);
    if (*row.expected == '\0') {
      CHECK(written.empty());
      continue;
    }
    REQUIRE(written.size() == 1);
    CHECK(written.front().visibility == Visibility::everybody);
    CHECK(written.front().text.rfind(row.expected, 0) == 0);
  }
}

TEST_CASE("a customer never reads what is not on the list of facts") {
  const Setting setting;
  auto decision = covered();
  decision.reasons = {{"category", "calculates-wrongly", "SECRET-REASON"}};
  decision.internal_advice = {"SECRET-ADVICE"};
  decision.category.internal_advice = {"SECRET-ADVICE"};
  decision.refused_by = ContractId{"SECRET-CONTRACT"};
  for (const auto billing : {Billing::free, Billing::included, Billing::pool, Billing::paid}) {
    decision.billing = billing;
    for (const auto* language : {"en", "ru", "cs", "hu"}) {
      decision.language = language;
      const auto written = comments(decision, setting.issue, setting);
      REQUIRE(written.size() == 1);
      CHECK(written.front().text.find("SECRET") == std::string::npos);
      CHECK(written.front().text.find("{{") == std::string::npos);
    }
  }
}

TEST_CASE("risk and breach are told to staff, and never in public") {
  Setting setting;
  auto decision = covered();
  decision.clocks[0].state = ClockState::at_risk;
  decision.clocks[1].state = ClockState::breached;
  auto written = comments(decision, setting.issue, setting);
  REQUIRE(written.size() == 3);
  CHECK(written[1].visibility == Visibility::internal);
  CHECK(written[1].text ==
        "The first response is at risk: due 2026-06-08 18:00 CEST.\nCustomer: ACME University, contract ACME-2026.");
  CHECK(written[2].text.rfind("The resolution is overdue", 0) == 0);

  setting.write.comments["breach"] = CommentMode::everybody;
  for (const auto& each : comments(decision, setting.issue, setting)) {
    CHECK((each.visibility == Visibility::internal) == (each.text.find("contract ACME-2026") != std::string::npos));
  }
  setting.capabilities.private_comments = false;
  const auto in_public = comments(decision, setting.issue, setting);
  REQUIRE(in_public.size() == 2);  // the receipt, and the apology that `breach: public` asks for
  CHECK(in_public[1].text.rfind("We had promised the solution by ", 0) == 0);
  setting.capabilities.private_comments = true;
  decision.clocks[1].stopped = k_now;
  CHECK(comments(decision, setting.issue, setting).size() == 2);
}

TEST_CASE("a comment is recognised by our account and its reference alone") {
  const Setting setting;
  const auto reference = comments(covered(), setting.issue, setting).front().reference;
  auto issue = setting.issue;
  issue.history.push_back({"1", k_now, eva(), Comment{Visibility::everybody, "You wrote " + reference}, {}});
  CHECK(comments(covered(), issue, setting).size() == 1);
  issue.history.back().by.self = true;
  CHECK(comments(covered(), issue, setting).empty());
}

TEST_CASE("references are short, stable and differ by issue, cause and cycle") {
  const IssueKey key{"support", "1"};
  const auto reference = reference_of(key, "receipt", 1);
  CHECK(reference.size() == 11);
  CHECK(reference.rfind("[cb-", 0) == 0);
  CHECK(reference == reference_of(key, "receipt", 1));
  CHECK(reference != reference_of(key, "receipt", 2));
  CHECK(reference != reference_of(key, "offer", 1));
  CHECK(reference != reference_of({"support", "2"}, "receipt", 1));
}

TEST_CASE("what was finished long before the bridge came is left alone, unless it shows something of ours") {
  Setting setting;
  auto decision = covered();
  decision.phase = Phase::closed;
  const auto day = std::chrono::hours{24};
  setting.issue.updated = k_now - 60 * day;
  CHECK_FALSE(setting.planned(decision, empty_fields()).changes.empty());
  setting.issue.updated -= Seconds{1};
  CHECK(setting.planned(decision, empty_fields()).changes.empty());
  auto fields = empty_fields();
  fields[Slot::billing] = {"free", {}};
  CHECK_FALSE(setting.planned(decision, fields).changes.empty());
  decision.phase = Phase::waiting_for_us;
  CHECK_FALSE(setting.planned(decision, empty_fields()).changes.empty());
}

TEST_CASE("a deadline missed more than two weeks ago is shown and not noted any more") {
  Setting setting;
  setting.issue.created = k_now - std::chrono::hours{24 * 40};
  auto decision = covered();
  for (const auto& entry :
       std::vector<std::pair<const char*, std::size_t>>{{"2026-05-25T08:00:00Z", 1}, {"2026-05-25T07:59:59Z", 0}}) {
    const auto& [due, expected] = entry;
    CAPTURE(entry.first);
    decision.clocks = {clock_reading(ClockName::resolution, ClockState::breached, due)};
    CHECK(comments(decision, setting.issue, setting).size() == expected);
  }
}
