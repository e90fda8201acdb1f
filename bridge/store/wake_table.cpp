#include "bridge/store/tables.hpp"

namespace cb::wake_table {

void put(Connection& connection, const IssueKey& key, const std::string& why, Instant at) {
  connection.run(
      "INSERT OR REPLACE INTO wake (tracker, id, sort_key, why, at) VALUES (:tracker, :id, :sort_key, :why, :at)",
      {key.tracker, key.id, sort_key(key.id), why, value_of(at)});
}

void remove(Connection& connection, const IssueKey& key, std::optional<std::int64_t> up_to) {
  connection.run(
      "DELETE FROM wake WHERE tracker = :tracker AND id = :id AND (:up_to IS NULL OR number <= CAST(:limit AS "
      "INTEGER))",
      {key.tracker, key.id, up_to ? Value(*up_to) : Value(nullptr), up_to ? Value(*up_to) : Value(nullptr)});
}

std::vector<Wake> all(Connection& connection, const std::string& tracker, Instant now, int limit) {
  const auto rows = connection.query(
      "SELECT w.id, w.number, w.why, w.at FROM wake w WHERE w.tracker = :tracker AND NOT EXISTS (SELECT 1 FROM parked "
      "p "
      "WHERE p.tracker = w.tracker AND p.id = w.id AND p.retry_at > :now) ORDER BY w.sort_key LIMIT :limit",
      4, {tracker, value_of(now), std::int64_t{limit}});
  std::vector<Wake> found;
  found.reserve(rows.size());
  for (const auto& row : rows)
    found.push_back({{tracker, text_in(row, 0)}, number_in(row, 1), text_in(row, 2), instant_in(row, 3)});
  return found;
}

std::int64_t last(Connection& connection, const IssueKey& key) {
  const auto rows =
      connection.query("SELECT number FROM wake WHERE tracker = :tracker AND id = :id", 1, {key.tracker, key.id});
  return rows.empty() ? 0 : number_in(rows.front(), 0);
}

int count(Connection& connection, const std::string& tracker) {
  const auto rows = connection.query("SELECT count(*) FROM wake WHERE tracker = :tracker", 1, {tracker});
  return rows.empty() ? 0 : static_cast<int>(number_in(rows.front(), 0));
}

}  // namespace cb::wake_table
