#include "tests/support/memory_store.hpp"

#include <algorithm>
#include <limits>
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
  wakes_.erase(key);
}

bool MemoryStore::waits(const IssueKey& key, Instant now) const {
  const auto found = parked_.find(key);
  return found != parked_.end() && found->second.retry_at > now;
}

std::vector<IssueKey> MemoryStore::issues(const std::string& tracker, const std::optional<IssueKey>& after, int limit) {
  std::vector<IssueKey> keys;
  for (const auto& [key, issue] : issues_) {
    if (static_cast<int>(keys.size()) == limit) break;
    if (key.tracker == tracker && (!after || *after < key)) keys.push_back(key);
  }
  return keys;
}

std::vector<IssueKey> MemoryStore::due(const std::string& tracker, Instant now, int limit) {
  std::vector<std::pair<Instant, IssueKey>> found;
  for (const auto& [key, issue] : issues_) {
    if (key.tracker == tracker && !issue.gone && issue.recheck_at && *issue.recheck_at <= now && !waits(key, now)) {
      found.emplace_back(*issue.recheck_at, key);
    }
  }
  std::sort(found.begin(), found.end());
  std::vector<IssueKey> keys;
  for (auto& [at, key] : found) {
    if (static_cast<int>(keys.size()) < limit) keys.push_back(std::move(key));
  }
  return keys;
}

std::optional<Instant> MemoryStore::next_due(const std::string& tracker, Instant after) {
  std::optional<Instant> next;
  const auto take = [&](Instant at) {
    if (at > after && (!next || at < *next)) next = at;
  };
  for (const auto& [key, issue] : issues_) {
    if (key.tracker == tracker && !issue.gone && issue.recheck_at) take(*issue.recheck_at);
  }
  for (const auto& [key, parked] : parked_) {
    if (key.tracker == tracker) take(parked.retry_at);
  }
  return next;
}

std::vector<IssueKey> MemoryStore::decided_otherwise(const std::string& tracker, const std::string& book_version,
                                                     Instant now, int limit) {
  std::vector<IssueKey> keys;
  for (const auto& [key, issue] : issues_) {
    if (static_cast<int>(keys.size()) == limit) break;
    if (key.tracker == tracker && !issue.gone && issue.book_version != book_version && !waits(key, now)) {
      keys.push_back(key);
    }
  }
  return keys;
}

std::vector<IssueKey> MemoryStore::open_issues(const ContractId& contract) {
  std::vector<IssueKey> keys;
  for (const auto& [key, outline] : outlines_) {
    if (!contract.empty() && outline.contract == contract.value && !outline.finished && !issues_.at(key).gone) {
      keys.push_back(key);
    }
  }
  return keys;
}

std::vector<IssueKey> MemoryStore::customer_issues(const std::string& customer, const std::optional<IssueKey>& after,
                                                   int limit) {
  std::vector<IssueKey> keys;
  for (const auto& [key, outline] : outlines_) {
    if (static_cast<int>(keys.size()) == limit) break;
    if (outline.customer == customer && (!after || *after < key)) keys.push_back(key);
  }
  return keys;
}

std::vector<DueIssue> MemoryStore::due_issues(Instant until, const std::optional<DueIssue>& after, int limit) {
  std::vector<DueIssue> found;
  for (const auto& [key, outline] : outlines_) {
    if (outline.next_due && *outline.next_due < until && !outline.finished && !issues_.at(key).gone) {
      found.push_back({key, outline});
    }
  }
  const auto is_before = [](const DueIssue& a, const DueIssue& b) {
    return std::tie(a.outline.next_due, a.key) < std::tie(b.outline.next_due, b.key);
  };
  if (after) std::erase_if(found, [&](const DueIssue& each) { return !is_before(*after, each); });
  std::sort(found.begin(), found.end(), is_before);
  if (found.size() > static_cast<std::size_t>(limit)) found.resize(static_cast<std::size_t>(limit));
  return found;
}

int MemoryStore::count_due(const std::string& tracker, Instant until) {
  const auto due = due_issues(until, {}, static_cast<int>(outlines_.size()));
  return static_cast<int>(
      std::count_if(due.begin(), due.end(), [&](const DueIssue& each) { return each.key.tracker == tracker; }));
}

std::optional<Instant> MemoryStore::next_promise(const std::string& tracker, Instant from) {
  for (const auto& each : due_issues(Instant::max(), {}, std::numeric_limits<int>::max())) {
    if (each.key.tracker == tracker && each.outline.next_due >= from) return each.outline.next_due;
  }
  return {};
}

StoreTotals MemoryStore::totals() {
  StoreTotals totals;
  for (const auto& line : ledger_) ++totals.ledger_lines[line.action];
  for (const auto& [key, decisions] : decisions_) totals.decisions += static_cast<std::int64_t>(decisions.size());
  for (const auto& [id, each] : notifications_) {
    if (each.sent_at) continue;
    ++totals.notifications_waiting;
    if (!each.notification.error.empty()) ++totals.notifications_failing;
  }
  return totals;
}

std::vector<HistoryEntry> MemoryStore::customer_history(const std::string& customer,
                                                        const std::optional<HistoryEntry>& after, int limit) {
  std::vector<HistoryEntry> found;
  const auto is_theirs = [&](const IssueKey& key) {
    const auto outline = outlines_.find(key);
    return outline != outlines_.end() && outline->second.customer == customer;
  };
  for (const auto& [key, decisions] : decisions_) {
    for (std::size_t i = 0; is_theirs(key) && i < decisions.size(); ++i) {
      const auto& each = decisions[i];
      found.push_back({key, each.at, decision_numbers_.at(key)[i], each.book_version, each.decision, {}});
    }
  }
  for (std::size_t i = 0; i < ledger_.size(); ++i) {
    const auto& line = ledger_[i];
    if (is_theirs(line.issue)) found.push_back({line.issue, line.at, static_cast<std::int64_t>(i) + 1, "", "", line});
  }
  const auto place = [](const HistoryEntry& entry) {
    return std::tuple(entry.at, entry.decision.empty(), entry.number);
  };
  if (after) std::erase_if(found, [&](const HistoryEntry& entry) { return place(entry) >= place(*after); });
  std::sort(found.begin(), found.end(),
            [&](const HistoryEntry& a, const HistoryEntry& b) { return place(a) > place(b); });
  if (static_cast<int>(found.size()) > limit) found.resize(static_cast<std::size_t>(limit));
  return found;
}

StoreCounts MemoryStore::counts(const std::string& tracker) {
  StoreCounts counts;
  for (const auto& [key, issue] : issues_) {
    if (key.tracker != tracker || issue.gone) continue;
    ++counts.issues;
    const auto outline = outlines_.find(key);
    if (outline != outlines_.end() && outline->second.finished) continue;
    ++counts.open;
    if (outline == outlines_.end()) continue;
    if (outline->second.billing == "undecided") ++counts.undecided;
    if (!outline->second.sla_state.empty()) ++counts.sla_states[outline->second.sla_state];
  }
  const auto of_tracker = [&](const auto& each) { return each.first.tracker == tracker; };
  counts.parked = static_cast<int>(std::count_if(parked_.begin(), parked_.end(), of_tracker));
  counts.woken = static_cast<int>(std::count_if(wakes_.begin(), wakes_.end(), of_tracker));
  counts.intended = static_cast<int>(open_intents(tracker).size());
  return counts;
}

int MemoryStore::woken(const std::string& tracker) {
  return static_cast<int>(
      std::count_if(wakes_.begin(), wakes_.end(), [&](const auto& each) { return each.first.tracker == tracker; }));
}

void MemoryStore::wake(const std::vector<IssueKey>& keys, const std::string& why, Instant at) {
  for (const auto& key : keys) wakes_[key] = {key, ++last_number_, why, at};
}

std::vector<Wake> MemoryStore::wakes(const std::string& tracker, Instant now, int limit) {
  std::vector<Wake> found;
  for (const auto& [key, wake] : wakes_) {
    if (static_cast<int>(found.size()) == limit) break;
    if (key.tracker == tracker && !waits(key, now)) found.push_back(wake);
  }
  return found;
}

std::int64_t MemoryStore::last_wake(const IssueKey& key) {
  const auto found = wakes_.find(key);
  return found == wakes_.end() ? 0 : found->second.number;
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
  for (const auto& each : intent.notifications) notifications_.try_emplace({each.id, each.target}, Sent{each, {}});
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
    decision_numbers_[record.key].push_back(++last_decision_);
  } else {
    decisions.back().book_version = record.book_version;
    decisions.back().decision = record.decision;
  }
  ledger_.insert(ledger_.end(), record.ledger.begin(), record.ledger.end());
  outlines_[record.key] = record.outline;
  for (const auto& each : record.notifications) notifications_.try_emplace({each.id, each.target}, Sent{each, {}});
  std::erase_if(open_, [&](const Intent& open) { return open.key == record.key; });
  parked_.erase(record.key);
  if (last_wake(record.key) <= record.seen_wake) wakes_.erase(record.key);
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

bool MemoryStore::retry(const IssueKey& key, Instant at) {
  const auto found = parked_.find(key);
  if (found == parked_.end()) return false;
  found->second.retry_at = std::min(found->second.retry_at, at);
  return true;
}

void MemoryStore::notify(const std::vector<Notification>& notifications) {
  for (const auto& each : notifications) notifications_.try_emplace({each.id, each.target}, Sent{each, {}});
}

bool MemoryStore::is_notified(const std::string& id) {
  return std::any_of(notifications_.begin(), notifications_.end(),
                     [&](const auto& each) { return each.first.first == id; });
}

void MemoryStore::unpark(const IssueKey& key) {
  parked_.erase(key);
}

std::vector<Notification> MemoryStore::notifications(const std::string& target, Instant now, int limit) {
  std::vector<Notification> found;
  for (const auto& [id, each] : notifications_) {
    const auto retry_at = each.notification.retry_at;
    const bool is_due = retry_at <= now || retry_at > now + k_longest_notification_wait;
    if (id.second == target && !each.sent_at && is_due) found.push_back(each.notification);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Notification& a, const Notification& b) { return a.retry_at < b.retry_at; });
  if (static_cast<int>(found.size()) > limit) found.erase(found.begin() + limit, found.end());
  return found;
}

std::map<std::string, Instant> MemoryStore::next_notifications() {
  std::map<std::string, Instant> next;
  for (const auto& [id, each] : notifications_) {
    if (each.sent_at) continue;
    const auto known = next.try_emplace(id.second, each.notification.retry_at).first;
    known->second = std::min(known->second, each.notification.retry_at);
  }
  return next;
}

// One that was withdrawn while it was being sent is passed over.
void MemoryStore::notification_sent(const std::string& id, const std::string& target, Instant at) {
  const auto found = notifications_.find({id, target});
  if (found == notifications_.end()) return;
  found->second.sent_at = at;
  found->second.notification.body.clear();
}

bool MemoryStore::notification_tried(const std::string& id, const std::string& target, Instant retry_at) {
  const auto found = notifications_.find({id, target});
  if (found == notifications_.end() || found->second.sent_at) return false;
  ++found->second.notification.attempts;
  found->second.notification.retry_at = retry_at;
  return true;
}

void MemoryStore::withdraw(const std::string& id, const std::optional<std::string>& target) {
  std::erase_if(notifications_, [&](const auto& each) {
    return each.first.first == id && (!target || each.first.second == *target) && !each.second.sent_at;
  });
}

void MemoryStore::notification_failed(const std::string& id, const std::string& target, const std::string& error,
                                      Instant retry_at) {
  const auto found = notifications_.find({id, target});
  if (found == notifications_.end()) return;
  found->second.notification.error = error;
  found->second.notification.retry_at = retry_at;
}

void MemoryStore::tidy(Instant before) {
  const auto told_before = before - k_told_is_kept_for;
  std::erase_if(notifications_,
                [&](const auto& each) { return each.second.sent_at && *each.second.sent_at < told_before; });
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
