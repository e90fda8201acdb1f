// What becomes of an open issue whose contract ends (on_expiry, ruling 69). The contract's last day is Wednesday
// 2026-06-10; in Prague it ends at 22:00Z. The calendar is always open, so that clocks run through that instant.
#include "rules/expiry.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "tests/rules/support/edits.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

constexpr const char* k_end = "2026-06-10T22:00:00Z";

Contract& open_always(ContractBook& book, OnExpiry on_expiry) {
  auto& out = contract_of(book, "ACME-2026");
  out.until = *date_from_iso("2026-06-10");
  out.calendar = {"always"};
  out.plan.on_expiry = on_expiry;
  out.plan.targets.by_priority.clear();
  out.plan.targets.otherwise = Targets{hours(4), {}, {}, {}, hours(8)};
  return out;
}

// The next contract, from a day on.
Contract renewal(const Contract& old, const std::string& from) {
  auto out = old;
  out.id = {"ACME-2027"};
  out.from = *date_from_iso(from);
  out.until.reset();
  return out;
}

std::string clock_text(const Decision& decision, ClockName name) {
  const auto* clock = find_clock(decision, name);
  if (!clock) return "none";
  return to_text(clock->state) + (clock->stopped ? " " + to_iso(*clock->stopped) : "") +
         (clock->used ? " " + duration_text(clock->used->amount) : "");
}

std::string ended_text(const Decision& decision) {
  return decision.contract_ended ? to_iso(*decision.contract_ended) : "";
}

bool has_advice(const Decision& decision) {
  const auto& advice = decision.internal_advice;
  return std::find(advice.begin(), advice.end(), "contract_ended") != advice.end();
}

}  // namespace

TEST_CASE("a contract ends while an issue is open: finish, stop or ask") {
  struct Row {
    std::string name;
    OnExpiry on_expiry;
    std::string now;
    std::string ended;
    std::string first_response;  // of an issue of 20:00Z, owed by midnight
    std::string resolution;      // owed by 04:00Z
  };
  const std::vector<Row> rows{
      {"stop: one second before the end", OnExpiry::stop, "2026-06-10T21:59:59Z", "", "running 1h59m59s",
       "running 1h59m59s"},
      {"stop: at the end", OnExpiry::stop, k_end, k_end, "cancelled 2026-06-10T22:00:00Z 2h",
       "cancelled 2026-06-10T22:00:00Z 2h"},
      {"stop: one second after it", OnExpiry::stop, "2026-06-10T22:00:01Z", k_end, "cancelled 2026-06-10T22:00:00Z 2h",
       "cancelled 2026-06-10T22:00:00Z 2h"},
      {"stop: days later nothing is late", OnExpiry::stop, "2026-06-13T08:00:00Z", k_end,
       "cancelled 2026-06-10T22:00:00Z 2h", "cancelled 2026-06-10T22:00:00Z 2h"},
      {"ask: one second before the end", OnExpiry::ask, "2026-06-10T21:59:59Z", "", "running 1h59m59s",
       "running 1h59m59s"},
      {"ask: at the end the clocks run on", OnExpiry::ask, k_end, k_end, "running 2h", "running 2h"},
      {"ask: and become late", OnExpiry::ask, "2026-06-11T00:00:01Z", k_end, "breached 4h1s", "running 4h1s"},
      {"finish: at the end", OnExpiry::finish, k_end, "", "running 2h", "running 2h"},
      {"finish: and become late", OnExpiry::finish, "2026-06-11T00:00:01Z", "", "breached 4h1s", "running 4h1s"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto book = small_book();
    open_always(book, row.on_expiry).plan.warn_at.clear();
    const auto decision = evaluate(an_issue("2026-06-10T20:00:00Z"), book, {}, at(row.now));
    CHECK(ended_text(decision) == row.ended);
    CHECK(has_advice(decision) == !row.ended.empty());
    CHECK(clock_text(decision, ClockName::first_response) == row.first_response);
    CHECK(clock_text(decision, ClockName::resolution) == row.resolution);
    CHECK(decision.contract == ContractId{"ACME-2026"});
  }
}

TEST_CASE("what was done or missed before the contract's end stays so when it stops the clocks") {
  struct Row {
    std::string name;
    std::string created;
    std::function<void(Issue&)> change;
    std::string ended;
    std::string first_response;
    std::string resolution;
  };
  const auto answer = [](const std::string& when) { return [when](Issue& i) { comment(i, when, "alena.k"); }; };
  const auto solve = [](const std::string& when) {
    return [when](Issue& i) { change_status(i, when, "alena.k", "Resolved"); };
  };
  const std::string cut = "cancelled 2026-06-10T22:00:00Z ";
  const std::vector<Row> rows{
      {"answered one second before", "2026-06-10T20:00:00Z", answer("2026-06-10T21:59:59Z"), k_end,
       "met 2026-06-10T21:59:59Z 1h59m59s", cut + "2h"},
      {"answered at the end", "2026-06-10T20:00:00Z", answer(k_end), k_end, "met 2026-06-10T22:00:00Z 2h", cut + "2h"},
      {"answered one second after", "2026-06-10T20:00:00Z", answer("2026-06-10T22:00:01Z"), k_end, cut + "2h",
       cut + "2h"},
      {"due at the end", "2026-06-10T18:00:00Z", [](Issue&) {}, k_end, cut + "4h", cut + "4h"},
      {"due one second before", "2026-06-10T17:59:59Z", [](Issue&) {}, k_end, "breached 2026-06-10T22:00:00Z 4h1s",
       cut + "4h1s"},
      {"solved one second before", "2026-06-10T20:00:00Z", solve("2026-06-10T21:59:59Z"), "",
       "met 2026-06-10T21:59:59Z 1h59m59s", "met 2026-06-10T21:59:59Z 1h59m59s"},
      {"solved at the end", "2026-06-10T20:00:00Z", solve(k_end), "", "met 2026-06-10T22:00:00Z 2h",
       "met 2026-06-10T22:00:00Z 2h"},
      {"solved one second after", "2026-06-10T20:00:00Z", solve("2026-06-10T22:00:01Z"), k_end, cut + "2h", cut + "2h"},
      {"withdrawn before", "2026-06-10T20:00:00Z",
       [](Issue& i) { change_status(i, "2026-06-10T21:00:00Z", "eva@acme.example", "Rejected"); }, "",
       "cancelled 2026-06-10T21:00:00Z 1h", "cancelled 2026-06-10T21:00:00Z 1h"},
      {"solved before, reopened after: it was not open at the end, but is now", "2026-06-10T20:00:00Z",
       [](Issue& i) {
         change_status(i, "2026-06-10T21:00:00Z", "alena.k", "Resolved");
         change_status(i, "2026-06-11T08:00:00Z", "eva@acme.example", "In Progress");
       },
       k_end, "met 2026-06-10T21:00:00Z 1h", cut + "1h"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto book = small_book();
    open_always(book, OnExpiry::stop);
    auto issue = an_issue(row.created);
    row.change(issue);
    const auto decision = evaluate(issue, book, {}, at("2026-06-12T08:00:00Z"));
    CHECK(ended_text(decision) == row.ended);
    CHECK(clock_text(decision, ClockName::first_response) == row.first_response);
    CHECK(clock_text(decision, ClockName::resolution) == row.resolution);
  }
}

TEST_CASE("a renewal that serves the issue at that instant means that nothing ended") {
  struct Row {
    std::string name;
    std::function<void(Contract&)> next;
    bool ended;
  };
  const std::vector<Row> rows{
      {"from the next day on", [](Contract&) {}, false},
      {"from before the end", [](Contract& c) { c.from = *date_from_iso("2026-06-01"); }, false},
      {"a day without a contract between", [](Contract& c) { c.from = *date_from_iso("2026-06-12"); }, true},
      {"for another product", [](Contract& c) { c.products = {"crm"}; }, true},
      {"for every product", [](Contract& c) { c.products.clear(); }, false},
      {"without this channel", [](Contract& c) { c.plan.channels = {"phone"}; }, true},
      {"over at the same instant",
       [](Contract& c) {
         c.from = *date_from_iso("2026-06-01");
         c.until = *date_from_iso("2026-06-10");
       },
       true},
      {"for one day", [](Contract& c) { c.until = *date_from_iso("2026-06-11"); }, false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto book = small_book();
    const auto& old = open_always(book, OnExpiry::stop);
    auto next = renewal(old, "2026-06-11");
    next.plan.rank = 0;  // the old one serves what both would
    row.next(next);
    customer_of(book, "acme").contracts.push_back(next);
    const auto decision = evaluate(an_issue("2026-06-10T20:00:00Z"), book, {}, at("2026-06-12T08:00:00Z"));
    CHECK(decision.contract_ended.has_value() == row.ended);
    CHECK(decision.contract == ContractId{"ACME-2026"});
  }
}

TEST_CASE("issues of the old contract stay with it, and the pool of the new one starts full") {
  auto book = small_book();
  auto& old = open_always(book, OnExpiry::stop);
  old.plan.pool = Pool{1, Period::contract_year, 0, {}};
  const auto next = renewal(old, "2026-06-11");
  customer_of(book, "acme").contracts.push_back(next);
  std::vector<Issue> issues;
  for (const auto* created :
       {"2026-06-10T20:00:00Z", "2026-06-10T21:59:59Z", "2026-06-10T22:00:00Z", "2026-06-10T22:00:01Z"}) {
    issues.push_back(an_issue(created));
    issues.back().key.id = std::to_string(issues.size());
    issues.back().type = "Support";
  }
  const auto now = at("2026-06-12T08:00:00Z");
  const auto ledger = ledger_of(issues, book, now);
  const std::vector<std::string> expected{"ACME-2026 pool", "ACME-2026 paid", "ACME-2027 pool", "ACME-2027 paid"};
  for (std::size_t each = 0; each < issues.size(); ++each) {
    CAPTURE(each);
    const auto decision = evaluate(issues[each], book, ledger, now);
    REQUIRE(decision.contract);
    CHECK(decision.contract->value + " " + to_text(decision.billing) == expected[each]);
    CHECK_FALSE(decision.contract_ended);
    CHECK(decision.pool->left == 0);
  }
}
