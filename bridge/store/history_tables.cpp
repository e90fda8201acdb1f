#include "bridge/store/tables.hpp"

namespace cb::history_tables {
namespace {

// A ledger line ranks behind a decision of the same instant, so that newest first shows it before that decision.
constexpr std::int64_t k_decision = 0;
constexpr std::int64_t k_line = 1;

// Everything of a customer in one order. Only the columns that are asked for are read from a kind.
const std::string k_entries =
    "SELECT 0 AS kind, d.tracker AS tracker, d.id AS id, d.decided_at AS at, d.seq AS seq, d.book_version AS version, "
    "d.decision AS decision, '' AS action, '' AS contract, '' AS period, '' AS note FROM issue i "
    "JOIN decision d ON d.tracker = i.tracker AND d.id = i.id WHERE i.customer = :customer "
    "UNION ALL "
    "SELECT 1, l.tracker, l.id, l.at, l.seq, '', '', l.action, l.contract, l.period, l.note FROM issue i "
    "JOIN ledger l ON l.tracker = i.tracker AND l.id = i.id WHERE i.customer = :same_customer";

HistoryEntry entry_in(const Row& row) {
  HistoryEntry entry;
  entry.issue = {text_in(row, 1), text_in(row, 2)};
  entry.at = instant_in(row, 3);
  entry.number = number_in(row, 4);
  if (number_in(row, 0) == k_decision) {
    entry.book_version = text_in(row, 5);
    entry.decision = text_in(row, 6);
  } else {
    entry.line = {entry.issue,     entry.at,        text_in(row, 7), ContractId{text_in(row, 8)},
                  text_in(row, 9), text_in(row, 10)};
  }
  return entry;
}

}  // namespace

std::vector<HistoryEntry> of_customer(Connection& connection, const std::string& customer,
                                      const std::optional<HistoryEntry>& after, int limit) {
  const std::string order = " ORDER BY at DESC, kind DESC, seq DESC LIMIT :limit";
  const auto rows =
      after
          ? connection.query("SELECT * FROM (" + k_entries + ") WHERE (at, kind, seq) < (:at, :kind, :seq)" + order, 11,
                             {customer, customer, value_of(after->at), after->decision.empty() ? k_line : k_decision,
                              after->number, std::int64_t{limit}})
          : connection.query("SELECT * FROM (" + k_entries + ")" + order, 11,
                             {customer, customer, std::int64_t{limit}});
  std::vector<HistoryEntry> found;
  found.reserve(rows.size());
  for (const auto& row : rows) found.push_back(entry_in(row));
  return found;
}

StoreTotals totals(Connection& connection) {
  StoreTotals totals;
  for (const auto& row : connection.query("SELECT name, number FROM total", 2)) {
    const auto name = text_in(row, 0);
    if (name == "decisions") {
      totals.decisions = number_in(row, 1);
    } else {
      totals.ledger_lines[name.substr(name.find(' ') + 1)] = number_in(row, 1);
    }
  }
  for (const auto& row : connection.query(
           "SELECT count(*), count(CASE WHEN error <> '' THEN 1 END) FROM notification WHERE retry_at IS NOT NULL",
           2)) {
    totals.notifications_waiting = static_cast<int>(number_in(row, 0));
    totals.notifications_failing = static_cast<int>(number_in(row, 1));
  }
  return totals;
}

}  // namespace cb::history_tables
