#include "bridge/store/tables.hpp"

namespace cb::cursor_table {

std::optional<CursorState> find(Connection& connection, const std::string& tracker) {
  const auto rows = connection.query("SELECT since, completed_at FROM cursor WHERE tracker = :tracker", 2, {tracker});
  if (rows.empty()) return std::nullopt;
  return CursorState{tracker, instant_in(rows.front(), 0), instant_in(rows.front(), 1)};
}

void put(Connection& connection, const CursorState& cursor) {
  connection.run(
      "INSERT INTO cursor (tracker, since, completed_at) VALUES (:tracker, :since, :completed) "
      "ON CONFLICT (tracker) DO UPDATE SET since = excluded.since, completed_at = excluded.completed_at",
      {cursor.tracker, value_of(cursor.since), value_of(cursor.completed_at)});
}

}  // namespace cb::cursor_table
