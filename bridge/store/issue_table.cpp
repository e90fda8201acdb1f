#include <algorithm>

#include "bridge/store/tables.hpp"

namespace cb {

std::string sort_key(const std::string& id) {
  const bool number = !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!number) return "~" + id;  // after every digit
  const auto digits = id.substr(std::min(id.find_first_not_of('0'), id.size() - 1));
  constexpr std::size_t k_width = 6;
  auto length = std::to_string(digits.size());
  length.insert(0, k_width - std::min(k_width, length.size()), '0');
  return length + digits + " " + id;  // `07` before `7`, as IssueKey has it
}

namespace issue_table {
namespace {

const std::string k_not_waiting =
    "NOT EXISTS (SELECT 1 FROM parked p WHERE p.tracker = i.tracker AND p.id = i.id AND p.retry_at > :waiting)";

std::vector<IssueKey> keys_in(const std::string& tracker, const std::vector<Row>& rows) {
  std::vector<IssueKey> keys;
  keys.reserve(rows.size());
  for (const auto& row : rows) keys.push_back({tracker, text_in(row, 0)});
  return keys;
}

}  // namespace

std::optional<StoredIssue> find(Connection& connection, const IssueKey& key) {
  const auto rows = connection.query(
      "SELECT i.updated, i.fetched_at, i.revision, i.snapshot, d.decision, d.book_version, i.recheck_at, i.gone_at "
      "FROM issue i LEFT JOIN decision d ON d.seq = i.current_decision WHERE i.tracker = :tracker AND i.id = :id",
      8, {key.tracker, key.id});
  if (rows.empty()) return std::nullopt;
  const auto& row = rows.front();
  StoredIssue issue;
  issue.key = key;
  issue.updated = instant_in(row, 0);
  issue.fetched_at = instant_in(row, 1);
  issue.revision.value = text_in(row, 2);
  issue.snapshot = text_in(row, 3);
  issue.decision = text_in(row, 4);
  issue.book_version = text_in(row, 5);
  issue.recheck_at = optional_instant_in(row, 6);
  issue.gone = optional_instant_in(row, 7).has_value();
  return issue;
}

void require(Connection& connection, const IssueKey& key) {
  if (connection.single("SELECT 1 FROM issue WHERE tracker = :tracker AND id = :id", {key.tracker, key.id})) return;
  throw StoreError("store " + connection.path() + ": it does not know " + to_text(key) +
                   ", so nothing can be recorded for it; this is a fault of the program, please report it");
}

void put_fetched(Connection& connection, const StoredIssue& fetched) {
  connection.run(
      "INSERT INTO issue (tracker, id, sort_key, updated, fetched_at, revision, snapshot) "
      "VALUES (:tracker, :id, :sort_key, :updated, :fetched_at, :revision, :snapshot) "
      "ON CONFLICT (tracker, id) DO UPDATE SET updated = excluded.updated, fetched_at = excluded.fetched_at, "
      "revision = excluded.revision, snapshot = excluded.snapshot, gone_at = NULL",
      {fetched.key.tracker, fetched.key.id, sort_key(fetched.key.id), value_of(fetched.updated),
       value_of(fetched.fetched_at), fetched.revision.value, fetched.snapshot});
}

void put_decision(Connection& connection, const Record& record) {
  const auto current = connection.single("SELECT current_decision FROM issue WHERE tracker = :tracker AND id = :id",
                                         {record.key.tracker, record.key.id});
  if (record.changed || !current) {
    connection.run(
        "INSERT INTO decision (tracker, id, decided_at, book_version, decision) "
        "VALUES (:tracker, :id, :at, :book, :decision)",
        {record.key.tracker, record.key.id, value_of(record.at), record.book_version, record.decision});
    connection.run("UPDATE issue SET current_decision = last_insert_rowid() WHERE tracker = :tracker AND id = :id",
                   {record.key.tracker, record.key.id});
  } else {
    connection.run("UPDATE decision SET book_version = :book, decision = :decision WHERE seq = CAST(:seq AS INTEGER)",
                   {record.book_version, record.decision, *current});
  }
  connection.run("UPDATE issue SET recheck_at = :recheck, book_version = :book WHERE tracker = :tracker AND id = :id",
                 {value_of(record.recheck_at), record.book_version, record.key.tracker, record.key.id});
}

void mark_gone(Connection& connection, const IssueKey& key, Instant at) {
  connection.run("UPDATE issue SET gone_at = :at WHERE tracker = :tracker AND id = :id AND gone_at IS NULL",
                 {value_of(at), key.tracker, key.id});
}

std::vector<IssueKey> page(Connection& connection, const std::string& tracker, const std::optional<IssueKey>& after,
                           int limit) {
  return keys_in(
      tracker, connection.query("SELECT id FROM issue WHERE tracker = :tracker AND sort_key > :after ORDER BY sort_key "
                                "LIMIT :limit",
                                1, {tracker, after ? sort_key(after->id) : std::string(), std::int64_t{limit}}));
}

std::vector<IssueKey> due(Connection& connection, const std::string& tracker, Instant now, int limit) {
  return keys_in(tracker,
                 connection.query("SELECT i.id FROM issue i WHERE i.tracker = :tracker AND i.recheck_at <= :now "
                                  "AND i.recheck_at IS NOT NULL AND i.gone_at IS NULL AND " +
                                      k_not_waiting + " ORDER BY i.recheck_at, i.sort_key LIMIT :limit",
                                  1, {tracker, value_of(now), value_of(now), std::int64_t{limit}}));
}

std::optional<Instant> next_due(Connection& connection, const std::string& tracker, Instant after) {
  const auto rows = connection.query(
      "SELECT min(at) FROM (SELECT min(recheck_at) AS at FROM issue WHERE tracker = :tracker AND recheck_at > :after "
      "AND "
      "recheck_at IS NOT NULL AND gone_at IS NULL UNION ALL SELECT min(retry_at) AS at FROM parked WHERE tracker = "
      ":same "
      "AND retry_at > :later)",
      1, {tracker, value_of(after), tracker, value_of(after)});
  return rows.empty() ? std::nullopt : optional_instant_in(rows.front(), 0);
}

// Two ranges of the index by version, so that the cost is that of what is found.
std::vector<IssueKey> decided_otherwise(Connection& connection, const std::string& tracker, const std::string& version,
                                        Instant now, int limit) {
  const auto range = [](const std::string& sign, const std::string& names) {
    return "SELECT i.id AS id, i.sort_key AS sort_key FROM issue i WHERE i.tracker = :tracker" + names +
           " AND i.book_version " + sign + " :version" + names +
           " AND i.gone_at IS NULL AND NOT EXISTS (SELECT 1 FROM parked p WHERE p.tracker = i.tracker AND p.id = i.id "
           "AND p.retry_at > :waiting" +
           names + ")";
  };
  return keys_in(
      tracker,
      connection.query("SELECT id FROM (" + range("<", "_below") + " UNION ALL " + range(">", "_above") +
                           ") ORDER BY sort_key LIMIT :limit",
                       1, {tracker, version, value_of(now), tracker, version, value_of(now), std::int64_t{limit}}));
}

std::vector<PastDecision> decisions(Connection& connection, const IssueKey& key) {
  const auto rows = connection.query(
      "SELECT decided_at, book_version, decision FROM decision WHERE tracker = :tracker AND id = :id ORDER BY seq", 3,
      {key.tracker, key.id});
  std::vector<PastDecision> found;
  found.reserve(rows.size());
  for (const auto& row : rows) found.push_back({instant_in(row, 0), text_in(row, 1), text_in(row, 2)});
  return found;
}

}  // namespace issue_table
}  // namespace cb
