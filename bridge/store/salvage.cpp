#include "bridge/store/salvage.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "bridge/store/store_errors.hpp"
#include "bridge/store/tables.hpp"

namespace cb {
namespace {

constexpr int k_together = 200;  // rows of one reading, while nothing is damaged
// Read one by one; a damaged page may tell of rows with any number.
constexpr int k_most_alone = 2'000'000;

struct Table {
  const char* name;
  const char* what;
  int since;             // the version of the store that made it
  bool of_issue;         // its rows belong to an issue
  const char* sensible;  // a condition, for what SQLite cannot see to be damaged
};

// In the order in which they are written: who is referred to comes first.
constexpr Table k_tables[] = {
    {"issue", "issues", 1, false, "tracker <> '' AND id <> ''"},
    {"decision", "past decisions", 1, true, "json_valid(decision)"},
    {"ledger", "ledger lines", 1, true,
     "action <> '' AND action NOT GLOB '*[^a-z_]*' AND at BETWEEN 0 AND 99999999999"},
    {"claim", "claims on pools", 1, true, "contract <> ''"},
    {"parked", "parked issues", 1, false, "tracker <> '' AND id <> ''"},
    {"notification", "notifications", 3, false, "id <> '' AND target <> ''"},
    {"audit", "audit lines", 1, false, "at BETWEEN 0 AND 99999999999"},
    {"config_version", "configurations", 1, false, "version <> ''"},
};

// What a table has in both files; the old one may be of an earlier version.
std::vector<std::string> columns_of(Connection& connection, const std::string& table) {
  std::vector<std::string> names;
  for (const auto& row : connection.query("SELECT name FROM pragma_table_info(:table)", 1, {table}))
    names.push_back(text_in(row, 0));
  return names;
}

std::vector<std::string> shared_columns(Connection& from, Connection& to, const std::string& table) {
  const auto old = columns_of(from, table);
  auto names = columns_of(to, table);
  std::erase_if(names, [&](const auto& name) { return std::find(old.begin(), old.end(), name) == old.end(); });
  return names;
}

std::string joined(const std::vector<std::string>& names, const std::string& before) {
  std::string text;
  for (const auto& name : names) text.append(text.empty() ? "" : ", ").append(before).append(name);
  return text;
}

class TableCopy {
 public:
  TableCopy(Connection& from, Connection& to, const Table& table) : from_(from), to_(to), table_(table) {
    saved_.what = table.what;
  }

  // `version` is that of the old file.
  SavedTable run(std::int64_t version) {
    if (!find_columns()) {
      saved_.lost = version >= table_.since;
      return saved_;
    }
    const auto last = last_row();
    int alone = 0;
    while (last && at_ < *last && alone < k_most_alone) {
      if (copy_some()) continue;
      copy_one();
      ++alone;
    }
    saved_.lost = !last || alone == k_most_alone;
    return saved_;
  }

 private:
  // False: the old file has no such table.
  bool find_columns() {
    try {
      columns_ = shared_columns(from_, to_, table_.name);
    } catch (const StoreDamaged&) {
      columns_.clear();
    }
    return !columns_.empty();
  }

  std::optional<std::int64_t> number(const std::string& sql, const std::vector<Value>& values = {}) {
    try {
      const auto found = from_.single(sql, values);
      return found ? std::optional(number_in({found}, 0)) : std::nullopt;
    } catch (const StoreDamaged&) {
      return {};
    }
  }

  // The greatest number of a row, by whichever way to it is not damaged.
  std::optional<std::int64_t> last_row() {
    if (const auto found = number("SELECT coalesce(max(rowid), 0) FROM " + std::string(table_.name))) return found;
    return number("SELECT seq FROM sqlite_sequence WHERE name = :name", {std::string(table_.name)});
  }

  std::vector<Row> rows(const std::string& where, const std::vector<Value>& values) {
    return from_.query("SELECT rowid, (" + std::string(table_.sensible) + "), " + joined(columns_, "") + " FROM " +
                           table_.name + " WHERE " + where,
                       static_cast<int>(columns_.size()) + 2, values);
  }

  // False: something among the next rows is damaged.
  bool copy_some() {
    std::vector<Row> some;
    try {
      some = rows("rowid > :at ORDER BY rowid LIMIT " + std::to_string(k_together), {at_});
    } catch (const StoreDamaged&) {
      return false;
    }
    if (some.empty()) {
      at_ = std::numeric_limits<std::int64_t>::max();
      return true;
    }
    to_.atomically([&] {
      for (const auto& row : some) put(row);
    });
    at_ = number_in(some.back(), 0);
    return true;
  }

  void copy_one() {
    ++at_;
    std::vector<Row> one;
    try {
      one = rows("rowid = :at", {at_});
    } catch (const StoreDamaged&) {
      ++saved_.damaged;
    }
    if (!one.empty()) to_.atomically([&] { put(one.front()); });
  }

  void put(const Row& row) {
    if (row.at(1) != "1") {
      ++saved_.damaged;
      return;
    }
    std::vector<Value> values;
    for (std::size_t i = 2; i < row.size(); ++i) values.push_back(row[i] ? Value(*row[i]) : Value(nullptr));
    if (table_.of_issue) put_issue_of(row);
    try {
      to_.run("INSERT INTO " + std::string(table_.name) + " (" + joined(columns_, "") + ") VALUES (" +
                  joined(columns_, ":") + ")",
              values);
      ++saved_.saved;
    } catch (const StoreRefused&) {
      ++saved_.damaged;  // a number that is none, or a row that is there twice
    }
  }

  // Its own row may have been damaged.
  void put_issue_of(const Row& row) {
    const auto at = [&](const char* column) {
      const auto found = std::find(columns_.begin(), columns_.end(), column);
      return text_in(row, static_cast<int>(found - columns_.begin()) + 2);
    };
    to_.run(
        "INSERT OR IGNORE INTO issue (tracker, id, sort_key, updated, fetched_at, revision, snapshot) VALUES "
        "(:tracker, :id, :sort_key, 0, 0, '', '')",
        {at("tracker"), at("id"), sort_key(at("id"))});
  }

  Connection& from_;
  Connection& to_;
  const Table& table_;
  std::vector<std::string> columns_;
  SavedTable saved_;
  std::int64_t at_ = 0;
};

}  // namespace

std::unique_ptr<Connection> open_damaged(const std::string& path) {
  auto connection = std::make_unique<Connection>(path, StoreAccess::read);
  // Without it a file that is shorter than its header says is refused as a whole. Nothing can be written all the same.
  connection->run("PRAGMA writable_schema = ON");
  static_cast<void>(connection->query("SELECT name FROM sqlite_master", 1));
  return connection;
}

bool is_of_another_program(Connection& connection) {
  const auto names = connection.query("SELECT name FROM sqlite_master WHERE type = 'table'", 1);
  const auto is_ours = [](const Row& row) {
    return std::any_of(std::begin(k_tables), std::end(k_tables),
                       [&](const Table& table) { return text_in(row, 0) == table.name; });
  };
  return !names.empty() && std::none_of(names.begin(), names.end(), is_ours);
}

std::vector<SavedTable> salvage(Connection& from, Connection& to) {
  // A store has a version; where it reads as none, it is of the first at least.
  const auto version = std::max(number_in({from.single("PRAGMA user_version")}, 0), std::int64_t{1});
  std::vector<SavedTable> saved;
  // Decisions and issues refer to each other: the reference is made when both are there.
  to.run("PRAGMA foreign_keys = OFF");
  for (const auto& table : k_tables) saved.push_back(TableCopy(from, to, table).run(version));
  to.run(
      "UPDATE issue SET fetched_at = 0, current_decision = (SELECT max(seq) FROM decision WHERE decision.tracker = "
      "issue.tracker AND decision.id = issue.id)");
  to.run("PRAGMA foreign_keys = ON");
  return saved;
}

}  // namespace cb
