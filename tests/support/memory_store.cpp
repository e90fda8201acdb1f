#include "tests/support/memory_store.hpp"

#include <algorithm>
#include <tuple>

namespace cb {

StoredIssue& MemoryStore::saved(const IssueKey& key) {
  const auto found = issues_.find(key);
  if (found == issues_.end()) throw StoreError("the store does not know " + to_text(key));
  return found->second;
}

std::optional<CursorState> MemoryStore::cursor(const std::string& tracker) {
  const auto found = cursors_.find(tracker);
  return found == cursors_.end() ? std::nullopt : std::optional(found->second);
}

void MemoryStore::set_cursor(const CursorState& cursor) {
  cursors_[cursor.tracker] = cursor;
}

std::optional<StoredIssue> MemoryStore::issue(const IssueKey& key) {
  const auto found = issues_.find(key);
  return found == issues_.end() ? std::nullopt : std::optional(found->second);
}

void MemoryStore::save_fetched(const StoredIssue& fetched, const std::vector<Claim>& claims) {
  auto& issue = issues_[fetched.key];
  const auto before = issue;
  issue = fetched;
  issue.decision = before.decision;
  issue.book_version = before.book_version;
  issue.recheck_at = before.recheck_at;
  issue.gone = false;
  claims_[fetched.key] = claims;
}

void MemoryStore::mark_gone(const IssueKey& key, Instant) {
  const auto found = issues_.find(key);
  if (found != issues_.end()) found->second.gone = true;
  parked_.erase(key);
}

std::vector<IssueKey> MemoryStore::issues(const std::string& tracker, const std::optional<IssueKey>& after, int limit) {
  std::vector<IssueKey> keys;
  for (const auto& [key, issue] : issues_) {
    if (static_cast<int>(keys.size()) == limit) break;
    if (key.tracker == tracker && (!after || *after < key)) keys.push_back(key);
  }
  return keys;
}

std::vector<IssueKey> MemoryStore::due(const std::string& tracker, Instant now) {
  std::vector<std::pair<Instant, IssueKey>> found;
  for (const auto& [key, issue] : issues_) {
    if (key.tracker == tracker && !issue.gone && issue.recheck_at && *issue.recheck_at <= now) {
      found.emplace_back(*issue.recheck_at, key);
    }
  }
  std::sort(found.begin(), found.end());
  std::vector<IssueKey> keys;
  for (auto& [at, key] : found) keys.push_back(std::move(key));
  return keys;
}

std::vector<Claim> MemoryStore::claims(const ContractId& contract) {
  std::vector<Claim> found;
  for (const auto& [key, claims] : claims_) {
    std::copy_if(claims.begin(), claims.end(), std::back_inserter(found),
                 [&](const Claim& claim) { return claim.contract == contract; });
  }
  std::stable_sort(found.begin(), found.end(), [](const Claim& a, const Claim& b) {
    return std::tie(a.place, a.issue) < std::tie(b.place, b.issue);
  });
  return found;
}

void MemoryStore::replace_claims(const IssueKey& key, const std::vector<Claim>& claims) {
  saved(key);
  claims_[key] = claims;
}

void MemoryStore::intend(const Intent& intent) {
  saved(intent.key);
  std::erase_if(open_, [&](const Intent& open) { return open.key == intent.key; });
  open_.push_back(intent);
}

std::vector<Intent> MemoryStore::open_intents(const std::string& tracker) {
  std::vector<Intent> found;
  std::copy_if(open_.begin(), open_.end(), std::back_inserter(found),
               [&](const Intent& open) { return open.key.tracker == tracker; });
  return found;
}

void MemoryStore::record(const Record& record) {
  auto& issue = saved(record.key);
  issue.decision = record.decision;
  issue.book_version = record.book_version;
  issue.recheck_at = record.recheck_at;
  auto& decisions = decisions_[record.key];
  if (record.changed || decisions.empty()) {
    decisions.push_back({record.at, record.book_version, record.decision});
  } else {
    decisions.back().book_version = record.book_version;
    decisions.back().decision = record.decision;
  }
  ledger_.insert(ledger_.end(), record.ledger.begin(), record.ledger.end());
  std::erase_if(open_, [&](const Intent& open) { return open.key == record.key; });
  parked_.erase(record.key);
}

std::vector<LedgerLine> MemoryStore::ledger(const IssueKey& key) {
  std::vector<LedgerLine> found;
  std::copy_if(ledger_.begin(), ledger_.end(), std::back_inserter(found),
               [&](const LedgerLine& line) { return line.issue == key; });
  return found;
}

std::vector<PastDecision> MemoryStore::decisions(const IssueKey& key) {
  const auto found = decisions_.find(key);
  return found == decisions_.end() ? std::vector<PastDecision>{} : found->second;
}

void MemoryStore::park(const Parked& parked) {
  parked_[parked.key] = parked;
}

std::optional<Parked> MemoryStore::parked(const IssueKey& key) {
  const auto found = parked_.find(key);
  return found == parked_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Parked> MemoryStore::all_parked(const std::string& tracker) {
  std::vector<Parked> found;
  for (const auto& [key, parked] : parked_) {
    if (key.tracker == tracker) found.push_back(parked);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Parked& a, const Parked& b) { return a.retry_at < b.retry_at; });
  return found;
}

void MemoryStore::audit(Instant at, const std::string& what) {
  audit_.push_back({at, what});
}

std::vector<AuditLine> MemoryStore::audit_lines(int limit) {
  const auto count = std::min(audit_.size(), static_cast<std::size_t>(std::max(limit, 0)));
  return {audit_.end() - static_cast<std::ptrdiff_t>(count), audit_.end()};
}

void MemoryStore::use_config(const std::string& version, Instant at) {
  if (configs_.empty() || configs_.back().version != version) configs_.push_back({version, at});
}

std::vector<ConfigVersion> MemoryStore::configs() {
  return configs_;
}

}  // namespace cb
