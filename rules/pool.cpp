#include "rules/pool.hpp"

#include <algorithm>
#include <limits>

#include "rules/coverage.hpp"

namespace cb {
namespace {

using std::chrono::year;
using std::chrono::year_month_day;

// The day a contract year begins in that year.
Date anniversary(year_month_day first, year in) {
  const year_month_day day{in, first.month(), first.day()};
  return day.ok() ? Date{day} : Date{in / std::chrono::March / 1};
}

Span contract_year_of(const Contract& contract, Instant at) {
  const year_month_day first{contract.from};
  const auto today = contract.zone.local(at).date;
  auto begins = year_month_day{today}.year();
  if (anniversary(first, begins) > today) --begins;
  begins = std::max(begins, first.year());
  const auto from = begins == first.year() ? contract.from : anniversary(first, begins);
  return {contract.zone.start_of(from), contract.zone.start_of(anniversary(first, begins + std::chrono::years{1}))};
}

Span months_of(const Contract& contract, Instant at, unsigned length) {
  const year_month_day today{contract.zone.local(at).date};
  const auto first = (static_cast<unsigned>(today.month()) - 1) / length * length + 1;
  const auto from = today.year() / std::chrono::month{first} / 1;
  return {contract.zone.start_of(Date{from}), contract.zone.start_of(Date{from + std::chrono::months{length}})};
}

bool before(const Claim& a, const Claim& b) {
  if (a.place != b.place) return a.place < b.place;
  if (const auto order = a.issue <=> b.issue; order != 0) return order < 0;
  return a.cycle < b.cycle;
}

bool is_asked(const Claim& claim, const std::vector<Claim>& all, const ContractBook& book);

int overdraft_of(const WhenEmpty& when) {
  return when.kind == WhenEmpty::Kind::overdraft ? when.overdraft : 0;
}

// In the order of registration.
std::vector<Claim> claims_in(const Contract& contract, Span period, const CategoryId& budget,
                             const std::vector<Claim>& all) {
  std::vector<Claim> out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out), [&](const Claim& each) {
    return each.contract == contract.id && each.budget == budget && period.from <= each.place && each.place < period.to;
  });
  std::sort(out.begin(), out.end(), before);
  return out;
}

// Of claims in order, those for which no unit was left when their order was approved, by the claims as they stood then.
// An order approved in an earlier cycle is judged where this one begins. Each rests only on those before it.
std::vector<bool> paid_by_order(const std::vector<Claim>& claims, int units) {
  std::vector<bool> out(claims.size());
  for (std::size_t at = 0; at < claims.size(); ++at) {
    if (!claims[at].approved_at) continue;
    const auto then = std::max(*claims[at].approved_at, claims[at].place);
    int taken = 0;
    for (std::size_t earlier = 0; earlier < at; ++earlier) {
      const auto& each = claims[earlier];
      const bool stood = each.place <= then && (!each.ended_at || *each.ended_at > then);
      if (stood && !(out[earlier] && *each.approved_at <= then)) ++taken;
    }
    out[at] = taken >= units;
  }
  return out;
}

// Who asks for a unit of `size`. Who was paid when his order was approved stays so and takes nothing (ruling 36).
std::vector<Claim> units_asked(const Contract& contract, Span period, std::optional<int> size,
                               const std::vector<Claim>& all, const ContractBook& book) {
  auto claims = claims_in(contract, period, {}, all);
  std::erase_if(claims, [&](const Claim& each) { return each.rank > 0 && !is_asked(each, all, book); });
  const auto paid = size ? paid_by_order(claims, *size + overdraft_of(contract.plan.pool->when_empty))
                         : std::vector<bool>(claims.size());
  std::vector<Claim> out;
  for (std::size_t at = 0; at < claims.size(); ++at) {
    if (!claims[at].ended_at && !paid[at]) out.push_back(claims[at]);
  }
  return out;
}

// What the period before left over, as far as it may be taken along.
int carried(const Contract& contract, Span period, const std::vector<Claim>& all, const ContractBook& book) {
  const auto& pool = *contract.plan.pool;
  const auto start = days_of(contract).from;
  if (pool.carry_over == 0 || period.from <= start) return 0;
  const auto last = period_of(contract, pool.per, period.from - Seconds{1});
  const int available = *pool.requests + carried(contract, last, all, book);
  const auto asked = units_asked(contract, last, available, all, book);
  return std::min(pool.carry_over, available - std::min<int>(available, static_cast<int>(asked.size())));
}

struct Replay {
  PoolView view;
  std::vector<Claim> served;
  std::vector<Claim> in_order;  // who would be served if nobody had been told anything
};

Replay replay(const Contract& contract, Span period, const std::vector<Claim>& all, const ContractBook& book) {
  const auto& pool = *contract.plan.pool;
  Replay out;
  out.view.contract = contract.id;
  out.view.period = period;
  if (pool.requests) out.view.size = *pool.requests + carried(contract, period, all, book);
  const int units = out.view.size ? *out.view.size + overdraft_of(pool.when_empty) : std::numeric_limits<int>::max();
  auto asked = units_asked(contract, period, out.view.size, all, book);
  const auto take = [&](std::vector<Claim>& taken) {
    for (const auto& claim : asked) {
      if (static_cast<int>(taken.size()) >= units) break;
      taken.push_back(claim);
    }
  };
  take(out.in_order);
  // what a customer was told is his, whoever turns up before him later (ruling 35)
  std::stable_partition(asked.begin(), asked.end(), [](const Claim& claim) { return claim.promised; });
  take(out.served);
  for (const auto& claim : out.served) ++(claim.hold == Hold::consumed ? out.view.consumed : out.view.reserved);
  if (out.view.size) out.view.left = *out.view.size - out.view.consumed - out.view.reserved;
  return out;
}

bool same_asker(const Claim& a, const Claim& b) {
  return a.issue == b.issue && a.cycle == b.cycle;
}

// A claim of a higher rank counts when none of the same issue with a lower one got a unit.
bool is_asked(const Claim& claim, const std::vector<Claim>& all, const ContractBook& book) {
  return std::none_of(all.begin(), all.end(), [&](const Claim& other) {
    if (!same_asker(claim, other) || other.rank >= claim.rank || !other.budget.empty()) return false;
    const auto* contract = find_contract(book, other.contract);
    return contract && contract->plan.pool && settle(*contract, other, all, book).has_unit;
  });
}

}  // namespace

Span period_of(const Contract& contract, Period per, Instant at) {
  switch (per) {
    case Period::contract_year:
      return contract_year_of(contract, at);
    case Period::contract:
      return days_of(contract);
    case Period::quarter:
      return months_of(contract, at, 3);
    case Period::month:
      return months_of(contract, at, 1);
  }
  return days_of(contract);
}

Settlement settle(const Contract& contract, const Claim& claim, const std::vector<Claim>& claims,
                  const ContractBook& book) {
  auto result = replay(contract, claim.period, claims, book);
  const auto among = [&](const std::vector<Claim>& served) {
    return std::any_of(served.begin(), served.end(), [&](const Claim& each) { return same_asker(each, claim); });
  };
  const bool served = among(result.served);
  return {served, served != among(result.in_order), std::move(result.view)};
}

bool had_unit(const Contract& contract, const Claim& ended, const std::vector<Claim>& claims,
              const ContractBook& book) {
  const auto until = *ended.ended_at;
  std::vector<Claim> then;
  for (auto claim : claims) {
    if (claim.place > until) continue;  // whoever asked later, and what he was promised, took nothing away then
    if (claim.ended_at && *claim.ended_at > until) claim.ended_at.reset();
    if (claim.approved_at && *claim.approved_at > until) claim.approved_at.reset();
    if (!same_asker(claim, ended)) then.push_back(std::move(claim));
  }
  auto own = ended;
  own.ended_at.reset();
  then.push_back(own);
  return settle(contract, own, then, book).has_unit;
}

PoolView pool_view(const Contract& contract, Instant at, const std::vector<Claim>& claims, const ContractBook& book) {
  return replay(contract, period_of(contract, contract.plan.pool->per, at), claims, book).view;
}

BudgetSettlement settle_budget(const Contract& contract, const Claim& claim, const std::vector<Claim>& claims) {
  const auto& budget = contract.plan.budgets.at(claim.budget);
  BudgetSettlement out;
  out.view.category = claim.budget;
  out.view.hours = budget.hours;
  Seconds before_it{0};
  for (const auto& each : claims_in(contract, claim.period, claim.budget, claims)) {
    if (each.ended_at || each.approved_at) continue;  // an order for hours is an order for hours
    out.view.used += each.logged;
    if (before(each, claim)) before_it += each.logged;
  }
  out.view.left = out.view.hours - out.view.used;
  out.has_hours = before_it < budget.hours + std::chrono::hours{overdraft_of(budget.when_empty)};
  return out;
}

}  // namespace cb
