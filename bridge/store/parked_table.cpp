#include "bridge/store/tables.hpp"

namespace cb::parked_table {
namespace {

Parked parked_in(const std::string& tracker, const Row& row) {
  return {{tracker, text_in(row, 0)},
          text_in(row, 1),
          instant_in(row, 2),
          instant_in(row, 3),
          static_cast<int>(number_in(row, 4))};
}

}  // namespace

void put(Connection& connection, const Parked& parked) {
  connection.run(
      "INSERT INTO parked (tracker, id, sort_key, error, since, retry_at, attempts) "
      "VALUES (:tracker, :id, :sort_key, :error, :since, :retry_at, :attempts) "
      "ON CONFLICT (tracker, id) DO UPDATE SET error = excluded.error, since = excluded.since, "
      "retry_at = excluded.retry_at, attempts = excluded.attempts",
      {parked.key.tracker, parked.key.id, sort_key(parked.key.id), parked.error, value_of(parked.since),
       value_of(parked.retry_at), std::int64_t{parked.attempts}});
}

void remove(Connection& connection, const IssueKey& key) {
  connection.run("DELETE FROM parked WHERE tracker = :tracker AND id = :id", {key.tracker, key.id});
}

std::optional<Parked> find(Connection& connection, const IssueKey& key) {
  const auto rows =
      connection.query("SELECT id, error, since, retry_at, attempts FROM parked WHERE tracker = :tracker AND id = :id",
                       5, {key.tracker, key.id});
  if (rows.empty()) return std::nullopt;
  return parked_in(key.tracker, rows.front());
}

std::vector<Parked> all(Connection& connection, const std::string& tracker) {
  const auto rows = connection.query(
      "SELECT id, error, since, retry_at, attempts FROM parked WHERE tracker = :tracker ORDER BY retry_at, sort_key", 5,
      {tracker});
  std::vector<Parked> found;
  found.reserve(rows.size());
  for (const auto& row : rows) found.push_back(parked_in(tracker, row));
  return found;
}

bool retry(Connection& connection, const IssueKey& key, Instant at) {
  return connection
      .single("UPDATE parked SET retry_at = min(retry_at, :at) WHERE tracker = :tracker AND id = :id RETURNING 1",
              {value_of(at), key.tracker, key.id})
      .has_value();
}

}  // namespace cb::parked_table
