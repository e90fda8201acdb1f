// A unit of a pool that is taken or given back changes what its other issues get and show (ruling 36).
#include "bridge/sync/cycle_run.hpp"
#include "bridge/sync/ledger_lines.hpp"
#include "bridge/sync/stored_decision.hpp"

namespace cb {

void CycleRun::wake_others(const IssueKey& key, const std::vector<LedgerLine>& lines) {
  for (const auto& line : lines) {
    if (!moves_pool(line)) continue;
    for (const auto& other : others_of(line.contract, key)) {
      // Who has not been decided yet in this cycle will see the change, and who was decided after it has.
      if (to_decide_.count(other) > 0 || to_read_.count(other) > 0 || later_.count(other) > 0) continue;
      const auto seen = decided_at_change_.find(other);
      if (seen != decided_at_change_.end() && seen->second >= last_claim_change_[line.contract]) continue;
      wake(other, key);
    }
  }
}

// An open intent outlives a crash; it also reaches the cycle of another tracker that shares the contract.
void CycleRun::wake(const IssueKey& key, const IssueKey& because) {
  const auto parked = parts_.store.parked(key);
  const auto stored = parts_.store.issue(key);
  if (!stored || stored->gone) return;
  if (!options_.dry_run) {
    parts_.store.intend({key, parts_.clock.now(), "the pool changed by " + to_text(because)});
  }
  if (key.tracker == report_.tracker && !parked) to_decide_.insert(key);
}

// All who ask for a unit, and the open ones that only show what is left.
std::set<IssueKey> CycleRun::others_of(const ContractId& contract, const IssueKey& key) {
  constexpr int k_page = 500;
  if (!open_by_contract_) {
    open_by_contract_.emplace();
    std::optional<IssueKey> after;
    for (auto page = parts_.store.issues(key.tracker, after, k_page); !page.empty();
         page = parts_.store.issues(key.tracker, after, k_page)) {
      for (const auto& each : page) {
        const auto stored = parts_.store.issue(each);
        const auto outline = stored && !stored->gone ? outline_of(stored->decision) : std::nullopt;
        if (outline && outline->contract && !outline->finished) (*open_by_contract_)[*outline->contract].insert(each);
      }
      after = page.back();
    }
  }
  std::set<IssueKey> others;
  const auto open = open_by_contract_->find(contract);
  if (open != open_by_contract_->end()) others = open->second;
  for (const auto& claim : parts_.store.claims(contract)) others.insert(claim.issue);
  others.erase(key);
  return others;
}

}  // namespace cb
