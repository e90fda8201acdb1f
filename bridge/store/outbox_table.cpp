#include "bridge/store/tables.hpp"

namespace cb::outbox_table {
namespace {

void end(Connection& connection, const IssueKey& key, const std::string& outcome) {
  connection.run("UPDATE outbox SET outcome = :outcome WHERE tracker = :tracker AND id = :id AND outcome IS NULL",
                 {outcome, key.tracker, key.id});
}

}  // namespace

void open(Connection& connection, const Intent& intent) {
  end(connection, intent.key, "intended again");
  connection.run("INSERT INTO outbox (tracker, id, intended_at, changes) VALUES (:tracker, :id, :at, :changes)",
                 {intent.key.tracker, intent.key.id, value_of(intent.at), intent.changes});
}

void close(Connection& connection, const IssueKey& key) {
  end(connection, key, "recorded");
}

std::vector<Intent> all_open(Connection& connection, const std::string& tracker) {
  const auto rows = connection.query(
      "SELECT id, intended_at, changes FROM outbox WHERE tracker = :tracker AND outcome IS NULL ORDER BY seq", 3,
      {tracker});
  std::vector<Intent> found;
  found.reserve(rows.size());
  for (const auto& row : rows) found.push_back({{tracker, text_in(row, 0)}, instant_in(row, 1), text_in(row, 2)});
  return found;
}

void forget(Connection& connection, Instant before) {
  connection.run("DELETE FROM outbox WHERE outcome IS NOT NULL AND intended_at < :before", {value_of(before)});
}

}  // namespace cb::outbox_table
