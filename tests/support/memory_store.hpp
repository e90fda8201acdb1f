// A store in plain memory for tests of what stands above it. The table of cases in tests/bridge/store runs over it and
// over SQLite, so that both mean the same. Only record(), replace_claims() and intend() of an issue that was never
// saved throw (StoreError), as the real one does.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "bridge/store/store.hpp"

namespace cb {

class MemoryStore : public Store {
 public:
  std::optional<CursorState> cursor(const std::string& tracker) override;
  void set_cursor(const CursorState& cursor) override;
  std::optional<StoredIssue> issue(const IssueKey& key) override;
  void save_fetched(const StoredIssue& fetched, const std::vector<Claim>& claims) override;
  void mark_gone(const IssueKey& key, Instant at) override;
  std::vector<IssueKey> issues(const std::string& tracker, const std::optional<IssueKey>& after, int limit) override;
  std::vector<IssueKey> due(const std::string& tracker, Instant now, int limit) override;
  std::optional<Instant> next_due(const std::string& tracker, Instant after) override;
  std::vector<IssueKey> decided_otherwise(const std::string& tracker, const std::string& book_version, Instant now,
                                          int limit) override;
  std::vector<IssueKey> open_issues(const ContractId& contract) override;
  std::vector<IssueKey> customer_issues(const std::string& customer, const std::optional<IssueKey>& after,
                                        int limit) override;
  std::vector<DueIssue> due_issues(Instant until, const std::optional<DueIssue>& after, int limit) override;
  int count_due(const std::string& tracker, Instant until) override;
  std::optional<Instant> next_promise(const std::string& tracker, Instant from) override;
  StoreCounts counts(const std::string& tracker) override;
  int woken(const std::string& tracker) override;
  StoreTotals totals() override;
  void wake(const std::vector<IssueKey>& keys, const std::string& why, Instant at) override;
  std::vector<Wake> wakes(const std::string& tracker, Instant now, int limit) override;
  std::int64_t last_wake(const IssueKey& key) override;
  std::vector<Claim> claims(const ContractId& contract) override;
  void replace_claims(const IssueKey& key, const std::vector<Claim>& claims) override;
  void intend(const Intent& intent) override;
  std::vector<Intent> open_intents(const std::string& tracker) override;
  void record(const Record& record) override;
  std::vector<LedgerLine> ledger(const IssueKey& key) override;
  std::vector<PastDecision> decisions(const IssueKey& key) override;
  std::vector<HistoryEntry> customer_history(const std::string& customer, const std::optional<HistoryEntry>& after,
                                             int limit) override;
  void park(const Parked& parked) override;
  std::optional<Parked> parked(const IssueKey& key) override;
  std::vector<Parked> all_parked(const std::string& tracker) override;
  bool retry(const IssueKey& key, Instant at) override;
  void unpark(const IssueKey& key) override;
  void notify(const std::vector<Notification>& notifications) override;
  bool is_notified(const std::string& id) override;
  std::vector<Notification> notifications(const std::string& target, Instant now, int limit) override;
  std::map<std::string, Instant> next_notifications() override;
  void notification_sent(const std::string& id, const std::string& target, Instant at) override;
  bool notification_tried(const std::string& id, const std::string& target, Instant retry_at) override;
  void withdraw(const std::string& id, const std::optional<std::string>& target) override;
  void notification_failed(const std::string& id, const std::string& target, const std::string& error,
                           Instant retry_at) override;
  void audit(Instant at, const std::string& what) override;
  std::vector<AuditLine> audit_lines(int limit) override;
  void use_config(const std::string& version, Instant at) override;
  std::vector<ConfigVersion> configs() override;
  void tidy(Instant before) override;

 private:
  struct Sent {
    Notification notification;
    std::optional<Instant> sent_at;
  };
  StoredIssue& saved(const IssueKey& key);
  [[nodiscard]] bool waits(const IssueKey& key, Instant now) const;

  std::map<std::string, CursorState> cursors_;
  std::map<IssueKey, StoredIssue> issues_;
  std::map<IssueKey, std::vector<Claim>> claims_;
  std::map<IssueKey, std::vector<PastDecision>> decisions_;
  std::map<IssueKey, std::vector<std::int64_t>> decision_numbers_;
  std::int64_t last_decision_ = 0;
  std::map<IssueKey, Parked> parked_;
  std::map<IssueKey, Outline> outlines_;
  std::map<IssueKey, Wake> wakes_;
  std::int64_t last_number_ = 0;
  std::map<std::pair<std::string, std::string>, Sent> notifications_;
  std::vector<Intent> open_;
  std::vector<LedgerLine> ledger_;
  std::vector<AuditLine> audit_;
  std::vector<ConfigVersion> configs_;
};

}  // namespace cb
