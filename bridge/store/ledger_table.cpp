#include <algorithm>
#include <tuple>

#include "bridge/store/tables.hpp"

namespace cb::ledger_table {
namespace {

std::string text_of(Hold hold) {
  return hold == Hold::consumed ? "consumed" : "reserved";
}

}  // namespace

std::vector<Claim> claims(Connection& connection, const ContractId& contract) {
  const auto rows = connection.query(
      "SELECT tracker, id, place, cycle, period_from, period_to, hold, approved_at, rank, budget, "
      "logged_seconds, promised, ended_at FROM claim WHERE contract = :contract ORDER BY place, tracker, id, position",
      13, {contract.value});
  std::vector<Claim> found;
  found.reserve(rows.size());
  for (const auto& row : rows) {
    Claim claim;
    claim.issue = {text_in(row, 0), text_in(row, 1)};
    claim.place = instant_in(row, 2);
    claim.cycle = static_cast<int>(number_in(row, 3));
    claim.contract = contract;
    claim.period = {instant_in(row, 4), instant_in(row, 5)};
    claim.hold = text_in(row, 6) == text_of(Hold::consumed) ? Hold::consumed : Hold::reserved;
    claim.approved_at = optional_instant_in(row, 7);
    claim.rank = static_cast<int>(number_in(row, 8));
    claim.budget = CategoryId{text_in(row, 9)};
    claim.logged = Seconds{number_in(row, 10)};
    claim.promised = number_in(row, 11) != 0;
    claim.ended_at = optional_instant_in(row, 12);
    found.push_back(std::move(claim));
  }
  std::stable_sort(found.begin(), found.end(), [](const Claim& a, const Claim& b) {
    return std::tie(a.place, a.issue) < std::tie(b.place, b.issue);
  });
  return found;
}

void replace_claims(Connection& connection, const IssueKey& key, const std::vector<Claim>& claims) {
  connection.run("DELETE FROM claim WHERE tracker = :tracker AND id = :id", {key.tracker, key.id});
  std::int64_t position = 0;
  for (const auto& claim : claims) {
    connection.run(
        "INSERT INTO claim (tracker, id, position, contract, place, cycle, period_from, period_to, hold, "
        "order_approved, rank, budget, logged_seconds, promised, approved_at, ended_at) VALUES (:tracker, :id, "
        ":position, :contract, :place, "
        ":cycle, :period_from, :period_to, :hold, :order_approved, :rank, :budget, :logged_seconds, :promised, "
        ":approved_at, :ended_at)",
        {key.tracker, key.id, position++, claim.contract.value, value_of(claim.place), std::int64_t{claim.cycle},
         value_of(claim.period.from), value_of(claim.period.to), text_of(claim.hold),
         std::int64_t{claim.approved_at.has_value()}, std::int64_t{claim.rank}, claim.budget.value,
         std::int64_t{claim.logged.count()}, std::int64_t{claim.promised}, value_of(claim.approved_at),
         value_of(claim.ended_at)});
  }
}

void append(Connection& connection, const LedgerLine& line) {
  connection.run(
      "INSERT INTO ledger (tracker, id, at, action, contract, period, note) "
      "VALUES (:tracker, :id, :at, :action, :contract, :period, :note)",
      {line.issue.tracker, line.issue.id, value_of(line.at), line.action, line.contract.value, line.period, line.note});
}

std::vector<LedgerLine> lines(Connection& connection, const IssueKey& key) {
  const auto rows = connection.query(
      "SELECT at, action, contract, period, note FROM ledger WHERE tracker = :tracker AND id = :id ORDER BY seq", 5,
      {key.tracker, key.id});
  std::vector<LedgerLine> found;
  found.reserve(rows.size());
  for (const auto& row : rows) {
    found.push_back({key, instant_in(row, 0), text_in(row, 1), {text_in(row, 2)}, text_in(row, 3), text_in(row, 4)});
  }
  return found;
}

}  // namespace cb::ledger_table
