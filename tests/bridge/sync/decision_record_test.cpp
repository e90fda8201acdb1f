// The record on the issue: whole, still while the state stands still, short enough, and safe to be read by anybody who
// sees the issue.
#include "bridge/sync/decision_record.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "adapters/json_read.hpp"
#include "tests/bridge/sync/leaky_world.hpp"
#include "tests/bridge/sync/mark_world.hpp"

using namespace cb;

namespace {

using Json = nlohmann::json;

Json record_of(const Decision& decision, std::size_t most = k_most_of_record) {
  return Json::parse(decision_record(decision, example_settings().book, most));
}

Claim unit(const Decision& decision, Hold hold) {
  Claim claim;
  claim.issue = decision.issue;
  claim.contract = decision.pool->contract;
  claim.hold = hold;
  return claim;
}

}  // namespace

TEST_CASE("what a record says of a covered issue") {
  auto decision = covered();
  decision.claims = {unit(decision, Hold::reserved)};
  const auto record = record_of(decision);
  CAPTURE(record.dump(1));
  CHECK(record.at("format") == 1);
  CHECK(record.at("issue") == "support#1");
  CHECK(record.at("customer") == "ACME University");
  CHECK(record.at("contract") == Json({{"id", "ACME-2026"}, {"until", "2027-02-28"}}));
  CHECK(record.at("plan") == "Standard support");
  CHECK(record.at("category").at("now") == "consultation");
  CHECK(record.at("billing") == "pool");
  CHECK(record.at("entitled") == true);
  CHECK(record.at("refusal").is_null());
  CHECK(record.at("pool") == Json({{"takes", "reserved"}, {"size", 5}}));
  CHECK(record.at("sla_state") == "ok");
  CHECK(record.at("next_due") == "2026-06-08T16:00:00Z");
  CHECK(record.at("phase") == "waiting_for_us");
  CHECK(record.at("clocks").at("resolution").at("due") == "2026-06-22T16:00:00Z");
  CHECK(record.at("clocks").at("resolution").at("state") == "running");
  CHECK(record.at("shortened").empty());
}

TEST_CASE("a record of what is paid tells the code of the reason and the plans that would cover it") {
  auto decision = covered();
  decision.billing = Billing::paid;
  decision.refusal = Refusal::expired;
  decision.covering_plans = {PlanId{"standard"}, PlanId{"not-there"}};
  const auto record = record_of(decision);
  CHECK(record.at("entitled") == false);
  CHECK(record.at("refusal") == "expired");
  CHECK(record.at("reason") == "reason_expired");
  CHECK(record.at("covering_plans") == Json({"Standard support"}));
}

TEST_CASE("nothing in a record moves while the state stands still") {
  struct Row {
    const char* name;
    void (*move)(Decision&);
  };
  const Row rows[] = {
      {"time of a running clock",
       [](Decision& d) {
         d.clocks[1].used = BusinessTime{Seconds{7200}};
         d.clocks[1].left = BusinessTime{Seconds{3600}};
         d.clocks[1].counted = {{d.clocks[1].due.value(), k_never}};
       }},
      {"time of a clock that is late and runs on",
       [](Decision& d) {
         d.clocks[0].used = BusinessTime{Seconds{99000}};
         d.clocks[0].left = BusinessTime{Seconds{-3600}};
       }},
      {"the pool's other issues",
       [](Decision& d) {
         d.pool->left = 0;
         d.pool->reserved = 3;
         d.pool->consumed = 2;
       }},
      {"hours that others used", [](Decision& d) { d.budget->used += Seconds{3600}; }},
      {"the next look and the version",
       [](Decision& d) {
         d.recheck_at = at_iso("2026-06-09T16:00:00Z");
         d.book_version = "2";
       }},
      {"who is called", [](Decision& d) { d.escalation.reached = {"boris"}; }},
      {"reasons",
       [](Decision& d) {
         d.reasons = {{"clock", "", "2h used of 8h"}};
       }},
  };
  auto decision = covered();
  decision.budget = BudgetView{CategoryId{"training"}, Seconds{36000}, Seconds{0}, Seconds{36000}};
  decision.clocks[0].state = ClockState::breached;
  const auto before = decision_record(decision, example_settings().book);
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto moved = decision;
    row.move(moved);
    CHECK(decision_record(moved, example_settings().book) == before);
  }
}

TEST_CASE("what changes a state changes the record") {
  struct Row {
    const char* name;
    void (*change)(Decision&);
  };
  const Row rows[] = {
      {"billing", [](Decision& d) { d.billing = Billing::paid; }},
      {"a deadline", [](Decision& d) { d.clocks[1].due = at_iso("2026-06-23T16:00:00Z"); }},
      {"a pause",
       [](Decision& d) {
         d.clocks[1].state = ClockState::paused;
         d.clocks[1].due.reset();
         d.clocks[1].left = BusinessTime{Seconds{3600}};
       }},
      {"an answer",
       [](Decision& d) {
         d.clocks[0].state = ClockState::met;
         d.clocks[0].stopped = at_iso("2026-06-08T09:00:00Z");
         d.clocks[0].used = BusinessTime{Seconds{3600}};
       }},
      {"the unit is used", [](Decision& d) { d.claims[0].hold = Hold::consumed; }},
      {"the phase", [](Decision& d) { d.phase = Phase::resolved; }},
      {"an order", [](Decision& d) { d.order_approved = true; }},
  };
  auto decision = covered();
  decision.claims = {unit(decision, Hold::reserved)};
  const auto before = decision_record(decision, example_settings().book);
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto changed = decision;
    row.change(changed);
    CHECK_FALSE(is_same_json(decision_record(changed, example_settings().book), before));
  }
}

TEST_CASE("time that stands still is told: used by a clock that stopped, left of one that is paused") {
  auto decision = covered();
  decision.clocks[0].state = ClockState::met;
  decision.clocks[0].stopped = at_iso("2026-06-08T09:00:00Z");
  decision.clocks[0].used = BusinessTime{Seconds{3600}};
  decision.clocks[1].state = ClockState::paused;
  decision.clocks[1].left = BusinessTime{Seconds{1800}};
  const auto clocks = record_of(decision).at("clocks");
  CHECK(clocks.at("first_response").at("used") == 3600);
  CHECK(clocks.at("resolution").at("left") == 1800);
  CHECK_FALSE(clocks.at("resolution").contains("used"));
}

TEST_CASE("a finished issue shows what it had, whatever size the pool has today") {
  auto decision = covered();
  decision.claims = {unit(decision, Hold::consumed)};
  decision.phase = Phase::closed;
  CHECK(record_of(decision).at("pool") == Json({{"takes", "consumed"}}));
  decision.billing = Billing::free;
  CHECK(record_of(decision).at("pool") == Json({{"takes", nullptr}}));
}

TEST_CASE("a record is never longer than the tracker takes, and says what it lacks") {
  auto decision = covered();
  for (int i = 0; i < 900; ++i) {
    auto past = clock_reading(ClockName::resolution, ClockState::met, "2026-05-08T16:00:00Z");
    past.cycle = i + 1;
    decision.past_clocks.push_back(past);
  }
  auto text = decision_record(decision, example_settings().book);
  CHECK(text.size() <= 32768);
  auto record = Json::parse(text);
  CHECK(record.at("shortened") == Json({"past_clocks"}));
  CHECK(record.at("past_clocks").back().at("cycle") == 900);
  CHECK(record.at("billing") == "pool");

  auto& keep = decision.clocks.emplace_back(clock_reading(ClockName::keep_fix_date, ClockState::running, ""));
  keep.stated.assign(900, {*date_from_iso("2026-07-01"), at_iso("2026-06-08T09:00:00Z"), "alena"});
  decision.links.assign(900, "https://docs.vendor.example/a/rather/long/address/that/helps");
  text = decision_record(decision, example_settings().book);
  CHECK(text.size() <= 32768);
  record = Json::parse(text);
  CHECK(record.at("shortened") == Json({"past_clocks", "stated", "links"}));
  CHECK(record.at("clocks").at("resolution").at("due") == "2026-06-22T16:00:00Z");
}

TEST_CASE("records compare as JSON, and what is none is never equal") {
  CHECK(is_same_json(R"({"a":1,"b":[true]})", R"( { "b" : [ true ], "a" : 1 } )"));
  CHECK_FALSE(is_same_json(R"({"a":1})", R"({"a":2})"));
  CHECK_FALSE(is_same_json(R"({"a":1})", ""));
  CHECK_FALSE(is_same_json("{", "{"));
}

TEST_CASE("no record holds a secret: other customers, contracts that are not one's own, rules, advice, staff's words") {
  const auto book = leaky_book();
  int looked_at = 0;
  std::vector<std::optional<Refusal>> refusals{std::nullopt};
  refusals.insert(refusals.end(), k_all_refusals.begin(), k_all_refusals.end());
  for (const auto billing : k_all_billing) {
    for (const auto& refusal : refusals) {
      for (const auto served : {true, false}) {
        for (const auto phase : {Phase::waiting_for_us, Phase::resolved, Phase::withdrawn}) {
          auto decision = leaky_decision(billing, refusal, served);
          decision.phase = phase;
          decision.advice = {Advice::copy_owner, Advice::no_nda};
          decision.claims = {unit(decision, Hold::consumed)};
          decision.claims.front().issue = {"support", "CANARY-issue"};
          decision.budget = BudgetView{CategoryId{"CANARY-budget"}, Seconds{8713}, Seconds{0}, Seconds{8713}};
          decision.reclassified = {{CategoryId{"CANARY-before"}, CategoryId{"CANARY-after"},
                                    at_iso("2026-06-08T08:00:00Z"), "CANARY-staff", true, Billing::included,
                                    Billing::pool}};
          decision.clocks.front().stated = {
              {*date_from_iso("2026-07-01"), at_iso("2026-06-08T09:00:00Z"), "CANARY-staff"}};
          const auto text = decision_record(decision, book);
          CHECK_MESSAGE(leak_in(text).empty(), text);
          CHECK(text.find("no_nda") == std::string::npos);
          CHECK(text.find("Reader Ltd") != std::string::npos);
          ++looked_at;
        }
      }
    }
  }
  CHECK(looked_at == 330);
}

TEST_CASE("of several possible customers none is named") {
  auto decision = leaky_decision(Billing::undecided, {}, false);
  decision.customer.reset();
  const auto text = decision_record(decision, leaky_book());
  CHECK(leak_in(text).empty());
  CHECK(Json::parse(text).at("customer").is_null());
}

TEST_CASE("a record is planned where one is configured, the tracker keeps one, and another stands there") {
  MarkWorld world;
  CHECK(world.planned().empty());
  world.write.property = "contract-bridge";
  const auto record = world.planned().record;
  CHECK(Json::parse(record).at("billing") == "pool");
  world.record = Json::parse(record).dump(3);
  CHECK(world.planned().empty());
  for (const auto* other : {"", "null", "{}", "not JSON", "{\"billing\":\"free\"}"}) {
    CAPTURE(other);
    world.record = other;
    CHECK(world.planned().record == record);
  }
  world.capabilities.record = false;
  CHECK(world.planned().empty());
}

TEST_CASE("the link to the page is planned until it stands there with its address") {
  MarkWorld world;
  world.write.pages = "https://support.vendor.example/bridge";
  const Link link{"contract-bridge:support#1", "https://support.vendor.example/bridge/issues/support/1",
                  "Support contract: what was decided, and the deadlines"};
  CHECK(world.planned().links == std::vector<Link>{link});
  world.links = {{"other", link.url}};
  CHECK(world.planned().links == std::vector<Link>{link});
  world.links = {{link.id, "https://old.vendor.example/issues/support/1"}};
  CHECK(world.planned().links == std::vector<Link>{link});
  world.links = {{link.id, link.url}};
  CHECK(world.planned().empty());
  world.links.clear();
  world.capabilities.page_links = false;
  CHECK(world.planned().empty());
  world.capabilities.page_links = true;
  world.write.pages.clear();
  CHECK(world.planned().empty());
}

TEST_CASE("names of issues and trackers are escaped in the address") {
  MarkWorld world;
  world.write.pages = "https://support.vendor.example";
  world.issue.key.id = "AB/1?x=ř";
  CHECK(world.planned().links.front().url == "https://support.vendor.example/issues/support/AB%2F1%3Fx%3D%C5%99");
}
