#include <doctest/doctest.h>

#include "bridge/sync/ledger_lines.hpp"
#include "bridge/sync/retry.hpp"
#include "bridge/sync/stored_decision.hpp"

using namespace cb;

namespace {

const Instant k_now = *instant_from_iso("2026-06-08T08:00:00Z");
const Instant k_registered = *instant_from_iso("2026-06-01T08:00:00Z");

Decision holding(Hold hold, int cycle = 1, Instant place = k_registered) {
  Decision decision;
  decision.issue = {"support", "1"};
  decision.billing = Billing::pool;
  const Span period{*instant_from_iso("2026-02-28T23:00:00Z"), *instant_from_iso("2027-02-28T23:00:00Z")};
  decision.pool = PoolView{ContractId{"A"}, period, 5, 4, 1, 0};
  decision.claims = {{decision.issue, place, cycle, ContractId{"A"}, period, hold}};
  return decision;
}

Decision of_class(Billing billing) {
  Decision decision;
  decision.issue = {"support", "1"};
  decision.billing = billing;
  return decision;
}

std::string actions(const std::vector<LedgerLine>& lines) {
  std::string text;
  for (const auto& line : lines) text += line.action + (line.note.empty() ? "" : "(" + line.note + ")") + " ";
  return text;
}

}  // namespace

TEST_CASE("the ledger gets a line when something changes, and only then") {
  std::vector<LedgerLine> ledger;
  const auto add = [&](const Decision& decision) {
    const auto lines = new_ledger_lines(decision, ledger, k_now);
    ledger.insert(ledger.end(), lines.begin(), lines.end());
    return actions(lines);
  };
  CHECK(add(holding(Hold::reserved)) == "reserve billing(none -> pool) ");
  CHECK(add(holding(Hold::reserved)).empty());
  CHECK(add(holding(Hold::consumed)) == "consume ");
  CHECK(add(holding(Hold::consumed)).empty());
  // A unit once used is not reserved again (ruling 26).
  CHECK(add(holding(Hold::reserved)).empty());
  CHECK(add(of_class(Billing::free)) == "release(billing free) billing(pool -> free) ");
  CHECK(add(of_class(Billing::free)).empty());
  CHECK(add(of_class(Billing::paid)) == "billing(free -> paid) ");
  CHECK(add(holding(Hold::reserved)) == "reserve billing(paid -> pool) ");
}

TEST_CASE("a tracker's clock that is ahead of ours makes no second unit of one that was consumed at once") {
  const auto registered = k_now + Seconds{168};
  auto ledger = new_ledger_lines(holding(Hold::reserved, 1, registered), {}, k_now);
  const auto consumed = holding(Hold::consumed, 1, registered);
  const auto lines = new_ledger_lines(consumed, ledger, k_now + Seconds{80});
  CHECK(actions(lines) == "consume ");
  ledger.insert(ledger.end(), lines.begin(), lines.end());
  CHECK(new_ledger_lines(consumed, ledger, k_now + Seconds{100}).empty());
}

TEST_CASE("a later cycle takes a unit of its own, and the earlier one stays consumed") {
  std::vector<LedgerLine> ledger = new_ledger_lines(holding(Hold::consumed), {}, k_now);
  const auto lines = new_ledger_lines(holding(Hold::reserved, 2, k_now + Seconds{60}), ledger, k_now + Seconds{120});
  CHECK(actions(lines) == "reserve(reopened, cycle 2) ");
}

TEST_CASE("waits double, are spread, end at six hours, and obey the tracker") {
  CHECK(wait_after(1, 0, {}) == Seconds{45});
  CHECK(wait_after(1, 30, {}) == Seconds{75});
  CHECK(wait_after(2, 0, {}) == Seconds{90});
  CHECK(wait_after(100, 0, {}) == k_longest_wait * 3 / 4);
  CHECK(wait_after(100, UINT64_MAX, {}) <= k_longest_wait * 5 / 4);
  CHECK(wait_after(1, 0, Seconds{600}) == Seconds{600});
}

TEST_CASE("a stored decision differs only by what does not move by itself") {
  const std::string a = R"({"contract":"A","phase":"waiting_for_us","billing":"pool",
    "clocks":{"resolution":{"state":"running","used":10,"left":90}},"recheck_at":"x"})";
  const std::string later = R"({"contract":"A","phase":"waiting_for_us","billing":"pool",
    "clocks":{"resolution":{"state":"running","used":20,"left":80}},"recheck_at":"y"})";
  const std::string other = R"({"contract":"A","phase":"waiting_for_us","billing":"pool",
    "clocks":{"resolution":{"state":"breached","used":20,"left":80}},"recheck_at":"y"})";
  CHECK(same_decision(a, later));
  CHECK_FALSE(same_decision(a, other));
  CHECK_FALSE(same_decision("", a));
}

TEST_CASE("the store keeps of a decision what lists ask for") {
  Decision decision;
  CHECK(outline_of(decision) == Outline{"", "", "undecided", "none", false, {}});
  decision.customer = CustomerId{"acme"};
  decision.contract = ContractId{"A"};
  decision.billing = Billing::pool;
  decision.sla_state = SlaState::at_risk;
  decision.next_due = k_now;
  decision.phase = Phase::waiting_for_order;
  CHECK(outline_of(decision) == Outline{"acme", "A", "pool", "at_risk", false, k_now});
  for (const auto phase : {Phase::resolved, Phase::closed, Phase::withdrawn}) {
    decision.phase = phase;
    CHECK(outline_of(decision).finished);
  }
}
