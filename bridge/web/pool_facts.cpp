#include "bridge/web/pool_facts.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "rules/coverage.hpp"
#include "rules/pool.hpp"

namespace cb {

namespace {

class PoolReader {
 public:
  PoolReader(const ContractBook& book, Store& store) : book_(book), store_(store) {}

  PoolView view(const Customer& owner, const Contract& contract, Instant now) {
    return pool_view(contract, now, claims_around(owner, contract), book_);
  }

 private:
  const std::vector<Claim>& claims_on(const ContractId& contract) {
    const auto found = read_.find(contract);
    if (found != read_.end()) return found->second;
    return read_[contract] = store_.claims(contract);
  }

  // Whose contracts may serve the same issue before this one: a customer's, his partner's, and those of whom it serves.
  [[nodiscard]] std::vector<const Customer*> family_of(const Customer& owner) const {
    std::vector<const Customer*> family{&owner};
    const auto add = [&](const CustomerId& id) {
      if (const auto* other = find_customer(book_, id)) family.push_back(other);
    };
    if (owner.partner) add(*owner.partner);
    for (const auto& served : owner.serves) add(served);
    return family;
  }

  // The claims on the contract. Where one of them counts only if another contract gives nothing (Claim::rank), also
  // those on the contracts which that may be, and so on.
  std::vector<Claim> claims_around(const Customer& owner, const Contract& contract) {
    std::vector<Claim> all;
    std::set<ContractId> seen{contract.id};
    std::vector<std::pair<const Customer*, ContractId>> open{{&owner, contract.id}};
    while (!open.empty()) {
      const auto [customer, id] = open.back();
      open.pop_back();
      const auto& claims = claims_on(id);
      all.insert(all.end(), claims.begin(), claims.end());
      if (std::none_of(claims.begin(), claims.end(), [](const Claim& each) { return each.rank > 0; })) continue;
      for (const auto* member : family_of(*customer)) {
        for (const auto& other : member->contracts) {
          if (other.plan.pool && seen.insert(other.id).second) open.emplace_back(member, other.id);
        }
      }
    }
    return all;
  }

  const ContractBook& book_;
  Store& store_;
  std::map<ContractId, std::vector<Claim>> read_;
};

}  // namespace

PoolFacts ask_pools(const Settings& settings, Store& store, Instant now) {
  PoolFacts facts;
  PoolReader reader(settings.book, store);
  try {
    for (const auto& customer : settings.book.customers) {
      for (const auto& contract : customer.contracts) {
        const auto days = days_of(contract);
        if (!contract.plan.pool || now < days.from || now >= days.to) continue;
        if (facts.pools.size() < k_most_pools) {
          facts.pools.push_back(reader.view(customer, contract, now));
        } else {
          ++facts.not_told;
        }
      }
    }
  } catch (const StoreError&) {
    return {};
  }
  facts.asked_at = now;
  return facts;
}

}  // namespace cb
