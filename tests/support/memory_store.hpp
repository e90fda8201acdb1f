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
  std::vector<IssueKey> due(const std::string& tracker, Instant now) override;
  std::vector<Claim> claims(const ContractId& contract) override;
  void replace_claims(const IssueKey& key, const std::vector<Claim>& claims) override;
  void intend(const Intent& intent) override;
  std::vector<Intent> open_intents(const std::string& tracker) override;
  void record(const Record& record) override;
  std::vector<LedgerLine> ledger(const IssueKey& key) override;
  std::vector<PastDecision> decisions(const IssueKey& key) override;
  void park(const Parked& parked) override;
  std::optional<Parked> parked(const IssueKey& key) override;
  std::vector<Parked> all_parked(const std::string& tracker) override;
  void audit(Instant at, const std::string& what) override;
  std::vector<AuditLine> audit_lines(int limit) override;
  void use_config(const std::string& version, Instant at) override;
  std::vector<ConfigVersion> configs() override;

 private:
  StoredIssue& saved(const IssueKey& key);

  std::map<std::string, CursorState> cursors_;
  std::map<IssueKey, StoredIssue> issues_;
  std::map<IssueKey, std::vector<Claim>> claims_;
  std::map<IssueKey, std::vector<PastDecision>> decisions_;
  std::map<IssueKey, Parked> parked_;
  std::vector<Intent> open_;
  std::vector<LedgerLine> ledger_;
  std::vector<AuditLine> audit_;
  std::vector<ConfigVersion> configs_;
};

}  // namespace cb
