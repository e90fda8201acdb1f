#include <algorithm>

#include "bridge/store/tables.hpp"

namespace cb::audit_table {

void append(Connection& connection, Instant at, const std::string& what) {
  connection.run("INSERT INTO audit (at, what) VALUES (:at, :what)", {value_of(at), what});
}

std::vector<AuditLine> last(Connection& connection, int limit) {
  const auto rows = connection.query("SELECT at, what FROM audit ORDER BY seq DESC LIMIT :limit", 2,
                                     {std::int64_t{std::max(limit, 0)}});
  std::vector<AuditLine> lines;
  lines.reserve(rows.size());
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) lines.push_back({instant_in(*row, 0), text_in(*row, 1)});
  return lines;
}

}  // namespace cb::audit_table
