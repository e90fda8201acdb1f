// The tables of the store, one namespace and one file for each group. These functions are single statements or run
// inside the transaction of their caller (sqlite_store.cpp).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bridge/store/connection.hpp"

namespace cb {

// Sorts as text in the order of IssueKey inside one tracker: numbers by value and first, the rest as text.
std::string sort_key(const std::string& id);

namespace cursor_table {
std::optional<CursorState> find(Connection& connection, const std::string& tracker);
void put(Connection& connection, const CursorState& cursor);
}  // namespace cursor_table

namespace issue_table {
std::optional<StoredIssue> find(Connection& connection, const IssueKey& key);
// Throws StoreError when the issue was never saved: the engine saves before it decides.
void require(Connection& connection, const IssueKey& key);
void put_fetched(Connection& connection, const StoredIssue& fetched);
void put_decision(Connection& connection, const Record& record);
void mark_gone(Connection& connection, const IssueKey& key, Instant at);
std::vector<IssueKey> page(Connection& connection, const std::string& tracker, const std::optional<IssueKey>& after,
                           int limit);
std::vector<IssueKey> due(Connection& connection, const std::string& tracker, Instant now, int limit);
std::optional<Instant> next_due(Connection& connection, const std::string& tracker, Instant after);
std::vector<IssueKey> decided_otherwise(Connection& connection, const std::string& tracker, const std::string& version,
                                        Instant now, int limit);
std::vector<PastDecision> decisions(Connection& connection, const IssueKey& key);
}  // namespace issue_table

// What outlines of current decisions are asked for.
namespace outline_table {
void put(Connection& connection, const IssueKey& key, const Outline& outline);
std::vector<IssueKey> open_issues(Connection& connection, const ContractId& contract);
std::vector<IssueKey> of_customer(Connection& connection, const std::string& customer,
                                  const std::optional<IssueKey>& after, int limit);
std::vector<DueIssue> due(Connection& connection, Instant until, const std::optional<DueIssue>& after, int limit);
int count_due(Connection& connection, const std::string& tracker, Instant until);
std::optional<Instant> next_promise(Connection& connection, const std::string& tracker, Instant from);
StoreCounts counts(Connection& connection, const std::string& tracker);
}  // namespace outline_table

// What decisions and ledger are asked for together.
namespace history_tables {
std::vector<HistoryEntry> of_customer(Connection& connection, const std::string& customer,
                                      const std::optional<HistoryEntry>& after, int limit);
StoreTotals totals(Connection& connection);
}  // namespace history_tables

namespace wake_table {
void put(Connection& connection, const IssueKey& key, const std::string& why, Instant at);
void remove(Connection& connection, const IssueKey& key, std::optional<std::int64_t> up_to);
std::vector<Wake> all(Connection& connection, const std::string& tracker, Instant now, int limit);
std::int64_t last(Connection& connection, const IssueKey& key);
int count(Connection& connection, const std::string& tracker);
}  // namespace wake_table

namespace notification_table {
void put(Connection& connection, const Notification& notification);
bool is_known(Connection& connection, const std::string& id);
std::vector<Notification> due(Connection& connection, const std::string& target, Instant now, int limit);
std::map<std::string, Instant> next(Connection& connection);
void sent(Connection& connection, const std::string& id, const std::string& target, Instant at);
bool tried(Connection& connection, const std::string& id, const std::string& target, Instant retry_at);
void failed(Connection& connection, const std::string& id, const std::string& target, const std::string& error,
            Instant retry_at);
void withdraw(Connection& connection, const std::string& id, const std::optional<std::string>& target);
void forget(Connection& connection, Instant before);
}  // namespace notification_table

namespace ledger_table {
std::vector<Claim> claims(Connection& connection, const ContractId& contract);
void replace_claims(Connection& connection, const IssueKey& key, const std::vector<Claim>& claims);
void append(Connection& connection, const LedgerLine& line);
std::vector<LedgerLine> lines(Connection& connection, const IssueKey& key);
}  // namespace ledger_table

namespace outbox_table {
void open(Connection& connection, const Intent& intent);
void close(Connection& connection, const IssueKey& key);
std::vector<Intent> all_open(Connection& connection, const std::string& tracker);
void forget(Connection& connection, Instant before);
}  // namespace outbox_table

namespace parked_table {
void put(Connection& connection, const Parked& parked);
void remove(Connection& connection, const IssueKey& key);
std::optional<Parked> find(Connection& connection, const IssueKey& key);
std::vector<Parked> all(Connection& connection, const std::string& tracker);
bool retry(Connection& connection, const IssueKey& key, Instant at);
}  // namespace parked_table

namespace audit_table {
void append(Connection& connection, Instant at, const std::string& what);
std::vector<AuditLine> last(Connection& connection, int limit);
}  // namespace audit_table

namespace config_version_table {
void use(Connection& connection, const std::string& version, Instant at);
std::vector<ConfigVersion> all(Connection& connection);
}  // namespace config_version_table

}  // namespace cb
