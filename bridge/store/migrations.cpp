#include "bridge/store/migrations.hpp"

namespace cb {
namespace {

constexpr std::int64_t k_application_id = 0x63627231;  // "cbr1"

std::int64_t pragma_number(Connection& connection, const std::string& name) {
  const auto rows = connection.query("PRAGMA " + name, 1);
  return rows.empty() ? 0 : number_in(rows.front(), 0);
}

}  // namespace

int checked_version(Connection& connection, std::span<const Migration> known) {
  const auto mark = pragma_number(connection, "application_id");
  const auto version = pragma_number(connection, "user_version");
  const bool empty = connection.query("SELECT name FROM sqlite_master LIMIT 1", 1).empty();
  if (empty && version == 0) return 0;
  if (mark != k_application_id) {
    throw StoreError("store " + connection.path() +
                     ": this is the database of another program; name another file in `store:` of bridge.yaml");
  }
  refuse_newer(connection, known);
  return static_cast<int>(version);
}

void refuse_newer(Connection& connection, std::span<const Migration> known) {
  const auto version = pragma_number(connection, "user_version");
  if (pragma_number(connection, "application_id") != k_application_id) return;
  if (version <= static_cast<std::int64_t>(known.size())) return;
  throw StoreError("store " + connection.path() + ": it was written by a newer contract-bridge (version " +
                   std::to_string(version) + " of the store, this program knows " + std::to_string(known.size()) +
                   "); start the newer program, or put back the copy that it left beside the file");
}

void migrate(Connection& connection, std::span<const Migration> known,
             const std::function<void(int from, int to)>& before_change) {
  const auto from = checked_version(connection, known);
  const auto to = static_cast<int>(known.size());
  if (from > 0 && from < to) before_change(from, to);
  for (int step = from + 1; step <= to; ++step) {
    const auto& migration = known[static_cast<std::size_t>(step - 1)];
    try {
      connection.atomically([&] {
        for (const auto& statement : migration.statements) connection.run(statement);
        connection.run("PRAGMA application_id = " + std::to_string(k_application_id));
        connection.run("PRAGMA user_version = " + std::to_string(step));
      });
    } catch (const StoreError& error) {
      throw StoreError("store " + connection.path() + ": bringing it up to date failed at step " +
                       std::to_string(step) + " (" + migration.title + "), it stays at version " +
                       std::to_string(step - 1) + ": " + error.what());
    }
  }
}

}  // namespace cb
