#include "bridge/store/tables.hpp"

namespace cb::config_version_table {

void use(Connection& connection, const std::string& version, Instant at) {
  const auto last = connection.single("SELECT version FROM config_version ORDER BY seq DESC LIMIT 1");
  if (last == version) return;
  connection.run("INSERT INTO config_version (version, since) VALUES (:version, :since)", {version, value_of(at)});
}

std::vector<ConfigVersion> all(Connection& connection) {
  std::vector<ConfigVersion> found;
  for (const auto& row : connection.query("SELECT version, since FROM config_version ORDER BY seq", 2)) {
    found.push_back({text_in(row, 0), instant_in(row, 1)});
  }
  return found;
}

}  // namespace cb::config_version_table
