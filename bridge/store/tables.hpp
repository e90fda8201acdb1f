// The tables of the store, one namespace and one file for each group. These functions are single statements or run
// inside the transaction of their caller (sqlite_store.cpp).
#pragma once

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
std::vector<IssueKey> due(Connection& connection, const std::string& tracker, Instant now);
std::vector<PastDecision> decisions(Connection& connection, const IssueKey& key);
}  // namespace issue_table

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
}  // namespace outbox_table

namespace parked_table {
void put(Connection& connection, const Parked& parked);
void remove(Connection& connection, const IssueKey& key);
std::optional<Parked> find(Connection& connection, const IssueKey& key);
std::vector<Parked> all(Connection& connection, const std::string& tracker);
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
