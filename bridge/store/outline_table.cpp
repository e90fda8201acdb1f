#include <limits>

#include "bridge/store/tables.hpp"

namespace cb::outline_table {
namespace {

std::vector<IssueKey> keys_in(const std::vector<Row>& rows) {
  std::vector<IssueKey> keys;
  keys.reserve(rows.size());
  for (const auto& row : rows) keys.push_back({text_in(row, 0), text_in(row, 1)});
  return keys;
}

}  // namespace

void put(Connection& connection, const IssueKey& key, const Outline& outline) {
  connection.run(
      "UPDATE issue SET customer = :customer, contract = :contract, billing = :billing, sla_state = :sla_state, "
      "finished = :finished, next_due = :next_due WHERE tracker = :tracker AND id = :id",
      {outline.customer, outline.contract, outline.billing, outline.sla_state, std::int64_t{outline.finished},
       value_of(outline.next_due), key.tracker, key.id});
}

std::vector<IssueKey> open_issues(Connection& connection, const ContractId& contract) {
  return keys_in(
      connection.query("SELECT tracker, id FROM issue WHERE contract = :contract AND finished = 0 AND gone_at IS NULL "
                       "AND contract <> '' "
                       "ORDER BY tracker, sort_key",
                       2, {contract.value}));
}

std::vector<IssueKey> of_customer(Connection& connection, const std::string& customer,
                                  const std::optional<IssueKey>& after, int limit) {
  return keys_in(connection.query(
      "SELECT tracker, id FROM issue WHERE customer = :customer AND (tracker, sort_key) > (:tracker, :after) "
      "ORDER BY tracker, sort_key LIMIT :limit",
      2,
      {customer, after ? after->tracker : std::string(), after ? sort_key(after->id) : std::string(),
       std::int64_t{limit}}));
}

std::vector<DueIssue> due(Connection& connection, Instant until, const std::optional<DueIssue>& after, int limit) {
  const auto from = after ? after->outline.next_due : std::optional<Instant>();
  const auto rows = connection.query(
      "SELECT tracker, id, customer, contract, billing, sla_state, next_due FROM issue WHERE next_due < :until AND "
      "(next_due, tracker, sort_key) > (:from, :tracker, :key) AND next_due IS NOT NULL AND finished = 0 AND gone_at "
      "IS NULL ORDER BY next_due, tracker, sort_key LIMIT :limit",
      7,
      {value_of(until), from ? value_of(*from) : std::numeric_limits<std::int64_t>::min(),
       after ? after->key.tracker : "", after ? sort_key(after->key.id) : "", std::int64_t{limit}});
  std::vector<DueIssue> found;
  found.reserve(rows.size());
  for (const auto& row : rows) {
    found.push_back(
        {{text_in(row, 0), text_in(row, 1)},
         {text_in(row, 2), text_in(row, 3), text_in(row, 4), text_in(row, 5), false, optional_instant_in(row, 6)}});
  }
  return found;
}

int count_due(Connection& connection, const std::string& tracker, Instant until) {
  const auto rows = connection.query(
      "SELECT count(*) FROM issue WHERE next_due < :until AND next_due IS NOT NULL AND finished = 0 AND gone_at IS "
      "NULL "
      "AND tracker = :tracker",
      1, {value_of(until), tracker});
  return rows.empty() ? 0 : static_cast<int>(number_in(rows.front(), 0));
}

std::optional<Instant> next_promise(Connection& connection, const std::string& tracker, Instant from) {
  const auto rows = connection.query(
      "SELECT min(next_due) FROM issue WHERE next_due >= :from AND next_due IS NOT NULL AND finished = 0 AND gone_at "
      "IS "
      "NULL AND tracker = :tracker",
      1, {value_of(from), tracker});
  return rows.empty() ? std::nullopt : optional_instant_in(rows.front(), 0);
}

StoreCounts counts(Connection& connection, const std::string& tracker) {
  StoreCounts counts;
  const auto number = [&](const std::string& sql) {
    const auto rows = connection.query(sql, 1, {tracker});
    return rows.empty() ? 0 : static_cast<int>(number_in(rows.front(), 0));
  };
  const auto rows = connection.query(
      "SELECT finished, billing, sla_state, count(*) FROM issue WHERE tracker = :tracker AND gone_at IS NULL GROUP BY "
      "finished, billing, sla_state",
      4, {tracker});
  for (const auto& row : rows) {
    const auto many = static_cast<int>(number_in(row, 3));
    counts.issues += many;
    if (number_in(row, 0) != 0) continue;
    counts.open += many;
    if (text_in(row, 1) == "undecided") counts.undecided += many;
    if (!text_in(row, 2).empty()) counts.sla_states[text_in(row, 2)] += many;
  }
  counts.parked = number("SELECT count(*) FROM parked WHERE tracker = :tracker");
  counts.woken = number("SELECT count(*) FROM wake WHERE tracker = :tracker");
  counts.intended = number("SELECT count(*) FROM outbox WHERE tracker = :tracker AND outcome IS NULL");
  return counts;
}

}  // namespace cb::outline_table
