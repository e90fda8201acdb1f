// What holds of every pool whatever happened (design.md 6; rulings 9, 20, 24, 35, 36): decisions rest on the issues
// alone, units are never doubled nor lost, and what a customer was told is kept. Random histories of twelve issues
// each, by a seed that a failure names: 280 for the first case, 160 for each of the others.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "rules/pool.hpp"
#include "tests/rules/support/edits.hpp"
#include "tests/rules/support/stories.hpp"
#include "tests/support/effort.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

struct Setup {
  std::string name;
  std::function<void(ContractBook&)> terms;
  std::vector<Asker> askers;
  bool approvals = true;
};

const std::vector<Asker> k_acme{{"eva@acme.example", ""}, {"jan@acme.example", ""}};

std::function<void(ContractBook&)> pool_of(const Pool& pool) {
  return [pool](ContractBook& book) { plan_of(book, "ACME-2026").pool = pool; };
}

void second_contract(ContractBook& book) {
  auto& acme = customer_of(book, "acme");
  acme.contracts.front().plan.pool = Pool{2, Period::quarter, 0, {WhenEmpty::Kind::refuse, 0}};
  auto second = acme.contracts.front();
  second.id = {"ACME-SECOND"};
  second.plan.rank = 0;
  second.plan.pool = Pool{2, Period::contract_year, 0, {}};
  acme.contracts.push_back(second);
}

void partner_contract(ContractBook& book) {
  plan_of(book, "VOLGA-LIC").pool = Pool{2, Period::contract_year, 0, {WhenEmpty::Kind::refuse, 0}};
  plan_of(book, "IMPL-2026").pool = Pool{2, Period::quarter, 0, {WhenEmpty::Kind::overdraft, 1}};
}

// One pool each.
const std::vector<Setup> k_single{
    {"paid when empty", pool_of({3, Period::quarter, 0, {}}), k_acme},
    {"overdraft", pool_of({2, Period::contract_year, 0, {WhenEmpty::Kind::overdraft, 2}}), k_acme},
    {"by the month", pool_of({1, Period::month, 0, {}}), k_acme},
    {"unlimited", pool_of({{}, Period::contract, 0, {}}), k_acme},
};

std::vector<Setup> all_setups() {
  auto out = k_single;
  // what the period before left over is judged as of now, so an order approved meanwhile would not stay as it was
  out.push_back({"carried over", pool_of({1, Period::month, 2, {}}), k_acme, false});
  out.push_back({"refuses, then another contract", second_contract, k_acme});
  out.push_back(
      {"refuses, then the partner's",
       partner_contract,
       {{"olga@implementers.example", "volga"}, {"olga@implementers.example", ""}, {"kim@volga.example", ""}}});
  return out;
}

using Kept = std::map<IssueKey, std::vector<Claim>>;
using Holder = std::pair<IssueKey, int>;  // issue and cycle

LedgerView view_of_kept(const Kept& kept) {
  LedgerView out;
  for (const auto& [issue, claims] : kept) out.claims.insert(out.claims.end(), claims.begin(), claims.end());
  return out;
}

std::vector<Issue> all_as_of(const std::vector<IssueStory>& stories, Instant now) {
  std::vector<Issue> out;
  for (const auto& story : stories) out.push_back(as_of(story, now));
  return out;
}

std::string text_of(const Decision& decision) {
  std::string out = to_text(decision.issue) + " " + to_text(decision.billing) + " " +
                    (decision.contract ? decision.contract->value : "none") + " " +
                    (decision.refusal ? to_text(*decision.refusal) : "-");
  if (decision.pool) {
    out += " reserved " + std::to_string(decision.pool->reserved) + " consumed " +
           std::to_string(decision.pool->consumed) + " left " +
           (decision.pool->left ? std::to_string(*decision.pool->left) : "any");
  }
  return out + (decision.unit_disputed ? " disputed" : "");
}

std::map<IssueKey, std::string> texts_of(const std::vector<Issue>& issues, const ContractBook& book,
                                         const LedgerView& ledger, Instant now) {
  std::map<IssueKey, std::string> out;
  for (const auto& issue : issues) out[issue.key] = text_of(evaluate(issue, book, ledger, now));
  return out;
}

bool comes_before(const Claim& a, const Claim& b) {
  if (a.place != b.place) return a.place < b.place;
  return a.issue != b.issue ? a.issue < b.issue : a.cycle < b.cycle;
}

// The pools as they are: contract, first instant of the period.
using PoolKey = std::pair<ContractId, Instant>;
std::map<PoolKey, std::vector<Claim>> asked_by_pool(const LedgerView& ledger) {
  std::map<PoolKey, std::vector<Claim>> out;
  for (const auto& claim : ledger.claims) {
    if (!claim.ended_at && claim.budget.empty()) out[{claim.contract, claim.period.from}].push_back(claim);
  }
  for (auto& [pool, claims] : out) std::sort(claims.begin(), claims.end(), comes_before);
  return out;
}

std::vector<Claim> served_of(const std::vector<Claim>& asked, const LedgerView& ledger, const ContractBook& book) {
  std::vector<Claim> out;
  for (const auto& claim : asked) {
    if (settle(*find_contract(book, claim.contract), claim, ledger.claims, book).has_unit) out.push_back(claim);
  }
  return out;
}

std::set<Holder> holders_in(const std::vector<Claim>& claims) {
  std::set<Holder> out;
  for (const auto& claim : claims) out.insert({claim.issue, claim.cycle});
  return out;
}

std::map<PoolKey, std::set<Holder>> holders_of(const LedgerView& ledger, const ContractBook& book) {
  std::map<PoolKey, std::set<Holder>> out;
  for (const auto& [pool, asked] : asked_by_pool(ledger)) out[pool] = holders_in(served_of(asked, ledger, book));
  return out;
}

// Size and units agree, nobody has two, and the decisions say the same.
void check_units(const std::vector<Issue>& issues, const LedgerView& ledger, const ContractBook& book, Instant now) {
  std::set<Holder> everywhere;
  std::map<Holder, PoolKey> pool_of_holder;
  for (const auto& entry : asked_by_pool(ledger)) {
    const auto& [pool, asked] = entry;
    CAPTURE(entry.first.first.value);
    CAPTURE(to_iso(entry.first.second));
    const auto& contract = *find_contract(book, pool.first);
    const auto& terms = *contract.plan.pool;
    const auto served = served_of(asked, ledger, book);
    for (const auto& claim : served) {
      CHECK(everywhere.insert({claim.issue, claim.cycle}).second);
      pool_of_holder[{claim.issue, claim.cycle}] = pool;
    }
    const auto view = pool_view(contract, pool.second, ledger.claims, book);
    const auto consumed =
        std::count_if(served.begin(), served.end(), [](const Claim& each) { return each.hold == Hold::consumed; });
    CHECK(view.consumed == consumed);
    CHECK(view.reserved + view.consumed == static_cast<int>(served.size()));
    CHECK(view.size.has_value() == terms.requests.has_value());
    if (!terms.requests) continue;
    const int overdraft = terms.when_empty.kind == WhenEmpty::Kind::overdraft ? terms.when_empty.overdraft : 0;
    CHECK(*view.size >= *terms.requests);
    CHECK(*view.size <= *terms.requests + terms.carry_over);
    CHECK(view.reserved + view.consumed <= *view.size + overdraft);
    CHECK(*view.left == *view.size - view.reserved - view.consumed);
  }
  std::map<PoolKey, int> decided;
  for (const auto& [holder, pool] : pool_of_holder) ++decided[pool];
  for (const auto& issue : issues) {
    const auto decision = evaluate(issue, book, ledger, now);
    CAPTURE(text_of(decision));
    const int cycle = decision.clocks.empty() ? 1 : decision.clocks.front().cycle;
    const auto found = pool_of_holder.find({issue.key, cycle});
    CHECK((decision.billing == Billing::pool) == (found != pool_of_holder.end()));
    if (found == pool_of_holder.end() || decision.billing != Billing::pool) continue;
    CHECK(found->second.first == *decision.contract);
    CHECK(decision.pool->reserved + decision.pool->consumed == decided[found->second]);
  }
}

// Sees issues as a bridge does over a year: in any order, again and again, the last time as they are now.
Kept seen_over_time(const std::vector<IssueStory>& stories, const ContractBook& book, Instant now,
                    std::mt19937& chance) {
  std::vector<std::pair<Instant, const IssueStory*>> sightings;
  std::uniform_int_distribution<int> hour(0, 24 * 330);
  for (const auto& story : stories) {
    for (int time = 0; time < 3; ++time) {
      sightings.emplace_back(at("2026-04-01T08:00:00Z") + std::chrono::hours{hour(chance)}, &story);
    }
  }
  std::sort(sightings.begin(), sightings.end());
  auto last = stories.size() * 2;
  std::uniform_int_distribution<std::size_t> any(0, stories.size() - 1);
  for (const auto& story : stories) sightings.emplace_back(now, &story);
  for (; last > 0; --last) sightings.emplace_back(now, &stories[any(chance)]);
  Kept out;
  for (const auto& [when, story] : sightings) out[story->registered.key] = claims_of(as_of(*story, when), book, when);
  return out;
}

// Each pool's holders when some were promised and nobody's order was approved: those first, then by registration.
std::map<PoolKey, std::set<Holder>> holders_by_hand(const LedgerView& ledger, const ContractBook& book, bool promises) {
  std::map<PoolKey, std::set<Holder>> out;
  for (auto& [pool, asked] : asked_by_pool(ledger)) {
    const auto& terms = *find_contract(book, pool.first)->plan.pool;
    const int overdraft = terms.when_empty.kind == WhenEmpty::Kind::overdraft ? terms.when_empty.overdraft : 0;
    const auto units = terms.requests ? static_cast<std::size_t>(*terms.requests + overdraft)
                                      : std::numeric_limits<std::size_t>::max();
    auto order = asked;
    if (promises) std::stable_partition(order.begin(), order.end(), [](const Claim& each) { return each.promised; });
    if (order.size() > units) order.resize(units);
    out[pool] = holders_in(order);
  }
  return out;
}

}  // namespace

TEST_CASE("decisions rest on the issues alone, whatever order and how often they were seen") {
  const auto now = end_of_stories();
  for (const auto& setup : all_setups()) {
    CAPTURE(setup.name);
    auto book = small_book();
    setup.terms(book);
    for (unsigned seed = 1; seed <= 40; seed += k_stride) {
      CAPTURE(seed);
      std::mt19937 chance(seed);
      const auto stories = random_stories({12, setup.approvals, setup.askers}, chance);
      const auto issues = all_as_of(stories, now);
      const auto rebuilt = ledger_of(issues, book, now);
      const auto expected = texts_of(issues, book, rebuilt, now);
      auto kept = view_of_kept(seen_over_time(stories, book, now, chance));
      CHECK(texts_of(issues, book, kept, now) == expected);
      std::shuffle(kept.claims.begin(), kept.claims.end(), chance);
      CHECK(texts_of(issues, book, kept, now) == expected);
      check_units(issues, rebuilt, book, now);
    }
  }
}

TEST_CASE("a unit that is given back goes to the next who waits and has not ordered") {
  const auto now = end_of_stories();
  const auto after = now + Seconds{1};
  int given = 0;
  for (const auto& setup : k_single) {
    CAPTURE(setup.name);
    auto book = small_book();
    setup.terms(book);
    for (unsigned seed = 1; seed <= 40; seed += k_stride) {
      CAPTURE(seed);
      std::mt19937 chance(seed);
      auto stories = random_stories({12, true, k_acme}, chance);
      const auto before = ledger_of(all_as_of(stories, now), book, now);
      const auto held = holders_of(before, book);
      const auto holds = [&](const IssueStory& story) {
        return evaluate(as_of(story, now), book, before, now).billing == Billing::pool;
      };
      const auto victim = std::find_if(stories.begin(), stories.end(), holds);
      if (victim == stories.end()) continue;
      const bool withdrawn = chance() % 2 == 0;
      victim->steps.push_back(
          {withdrawn ? Step::Kind::status : Step::Kind::category, after, "alena.k", withdrawn ? "Rejected" : "defect"});
      const auto now_held = holders_of(ledger_of(all_as_of(stories, after), book, after), book);
      for (const auto& entry : asked_by_pool(before)) {
        const auto& [pool, asked] = entry;
        CAPTURE(to_iso(entry.first.second));
        auto expected = held.at(pool);
        const auto kept = now_held.count(pool) > 0 ? now_held.at(pool) : std::set<Holder>{};
        const auto freed = std::erase_if(expected, [&](const Holder& each) {
          return each.first == victim->registered.key && kept.count(each) == 0;
        });
        auto left = freed;
        for (const auto& claim : asked) {
          const bool waits = held.at(pool).count({claim.issue, claim.cycle}) == 0 && !claim.approved_at &&
                             claim.issue != victim->registered.key;
          if (waits && left > 0 && expected.insert({claim.issue, claim.cycle}).second) --left;
        }
        given += static_cast<int>(freed - left);
        CHECK(kept == expected);
      }
    }
  }
  CHECK(given > 40 / k_stride);
}

TEST_CASE("what a customer was told is kept, whoever is seen late, and both sides know") {
  const auto now = end_of_stories();
  int disputes = 0;
  for (const auto& setup : k_single) {
    CAPTURE(setup.name);
    auto book = small_book();
    setup.terms(book);
    for (unsigned seed = 1; seed <= 40; seed += k_stride) {
      CAPTURE(seed);
      std::mt19937 chance(seed);
      const auto stories = random_stories({12, false, k_acme}, chance);
      const auto issues = all_as_of(stories, now);
      const auto late = issues.front().key;
      auto ledger = ledger_of({issues.begin() + 1, issues.end()}, book, now);
      const auto told = holders_of(ledger, book);
      const bool all_were_told = seed % 2 == 0;
      for (auto& claim : ledger.claims) {
        if (claim.ended_at || !claim.budget.empty()) continue;
        const bool holds = told.at({claim.contract, claim.period.from}).count({claim.issue, claim.cycle}) > 0;
        claim.promised = holds && (all_were_told || chance() % 3 > 0);
      }
      for (const auto& claim : claims_of(issues.front(), book, now)) ledger.claims.push_back(claim);
      const auto held = holders_of(ledger, book);
      CHECK(held == holders_by_hand(ledger, book, true));
      const auto in_order = holders_by_hand(ledger, book, false);
      for (const auto& [pool, asked] : asked_by_pool(ledger)) {
        int kept = 0;
        int lost = 0;
        for (const auto& claim : asked) {
          const Holder holder{claim.issue, claim.cycle};
          const bool has = held.at(pool).count(holder) > 0;
          const bool would = in_order.at(pool).count(holder) > 0;
          const auto settled = settle(*find_contract(book, claim.contract), claim, ledger.claims, book);
          CHECK(settled.disputed == (has != would));
          if (claim.promised) CHECK(has);
          if (all_were_told && !has && would) CHECK(claim.issue == late);
          kept += has && !would;
          lost += would && !has;
        }
        CHECK(kept == lost);
        disputes += kept;
      }
      for (const auto& issue : issues) {
        const auto decision = evaluate(issue, book, ledger, now);
        const int cycle = decision.clocks.empty() ? 1 : decision.clocks.front().cycle;
        for (const auto& claim : decision.claims) {
          if (claim.ended_at || claim.cycle != cycle) continue;
          const PoolKey pool{claim.contract, claim.period.from};
          const bool has = held.at(pool).count({issue.key, cycle}) > 0;
          CHECK((decision.billing == Billing::pool) == has);
          CHECK(decision.unit_disputed == (has != (in_order.at(pool).count({issue.key, cycle}) > 0)));
        }
      }
    }
  }
  CHECK(disputes > 20 / k_stride);
}

TEST_CASE("many approved orders on one pool are decided at once") {
  const auto book = small_book();
  std::vector<Issue> issues;
  for (int number = 0; number < 60; ++number) {
    auto issue = an_issue("2026-05-04T08:00:00Z");
    issue.created += std::chrono::hours{number};
    issue.key.id = std::to_string(number);
    issue.type = "Support";
    if (number >= 5) change_field(issue, "2026-06-09T08:00:00Z", "jan@acme.example", "Order approved", "yes");
    issues.push_back(issue);
  }
  const auto now = at("2026-06-09T09:00:00Z");
  const auto ledger = ledger_of(issues, book, now);
  for (const auto& issue : issues) {
    const auto decision = evaluate(issue, book, ledger, now);
    CHECK(decision.billing == (std::stoi(issue.key.id) < 5 ? Billing::pool : Billing::paid));
    CHECK(decision.pool->left == 0);
  }
}
