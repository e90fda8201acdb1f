// A unit of a pool that is taken or given back changes what its other issues get and show (ruling 36).
#include <algorithm>

#include "bridge/sync/cycle_run.hpp"
#include "bridge/sync/ledger_lines.hpp"

namespace cb {

void CycleRun::wake_others(const IssueKey& key, const std::vector<LedgerLine>& lines) {
  for (const auto& line : lines) {
    if (moves_pool(line)) wake_pool(line.contract, key, line.action == "release");
  }
}

// An issue may have given its unit back when it was last read, and be gone before that was recorded: nobody else tells.
void CycleRun::wake_heirs(const IssueKey& gone) {
  const auto ledger = parts_.store.ledger(gone);
  const auto last = std::find_if(ledger.rbegin(), ledger.rend(), moves_pool);
  if (last != ledger.rend() && last->action != "release") wake_pool(last->contract, gone, true);
}

void CycleRun::wake_pool(const ContractId& contract, const IssueKey& key, bool given_back) {
  for (const auto& other : others_of(contract, key, given_back)) {
    // Who has not been decided yet in this portion will see the change, and who was decided after it has.
    if (to_decide_.contains(other) || to_read_.contains(other) || later_.contains(other)) continue;
    const auto seen = decided_at_change_.find(other);
    if (seen != decided_at_change_.end() && seen->second >= last_claim_change_[contract]) continue;
    wake(other, key);
  }
}

// A wake outlives a crash; it also reaches another tracker that shares the contract.
void CycleRun::wake(const IssueKey& key, const IssueKey& because) {
  const auto stored = parts_.store.issue(key);
  if (!stored || stored->gone) return;
  const bool is_ours = key.tracker == report_.tracker;
  // It comes in a later portion anyway.
  if (is_ours && decided_at_change_.count(key) == 0 && parts_.store.last_wake(key) > 0) return;
  if (!options_.dry_run) {
    parts_.store.wake({key}, "the pool changed by " + to_text(because), parts_.clock.now());
  }
  if (is_ours && !parts_.store.parked(key)) to_decide_.push(key);
}

// The open ones, because they show what is left, and those behind it in the order of registration, because they may get
// or lose a unit. Who stands before it and has ended keeps what it has; but one that came late and found the unit
// promised to others (ruling 35) may get one that is given back.
std::set<IssueKey> CycleRun::others_of(const ContractId& contract, const IssueKey& key, bool given_back) {
  const auto open = parts_.store.open_issues(contract);
  std::set<IssueKey> others(open.begin(), open.end());
  const auto claims = parts_.store.claims(contract);
  const auto own = std::find_if(claims.begin(), claims.end(), [&](const Claim& claim) { return claim.issue == key; });
  for (auto claim = own == claims.end() || given_back ? claims.begin() : own; claim != claims.end(); ++claim) {
    others.insert(claim->issue);
  }
  others.erase(key);
  return others;
}

}  // namespace cb
