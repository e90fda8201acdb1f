#include "tests/rules/support/edits.hpp"

#include <algorithm>
#include <stdexcept>

namespace cb::testing {
namespace {

void change(Issue& issue, const std::string& when, const std::string& by, const FieldChange& made) {
  Event event;
  event.id = std::to_string(issue.history.size() + 1);
  event.at = at(when);
  event.by = person(by);
  event.changes = {made};
  issue.history.push_back(event);
}

}  // namespace

Customer& customer_of(ContractBook& book, const std::string& id) {
  for (auto& customer : book.customers) {
    if (customer.id.value == id) return customer;
  }
  throw std::logic_error("no customer " + id);
}

Contract& contract_of(ContractBook& book, const std::string& id) {
  for (auto& customer : book.customers) {
    for (auto& contract : customer.contracts) {
      if (contract.id.value == id) return contract;
    }
  }
  throw std::logic_error("no contract " + id);
}

Plan& plan_of(ContractBook& book, const std::string& contract) {
  return contract_of(book, contract).plan;
}

void add_label(Issue& issue, const std::string& when, const std::string& by, const std::string& label) {
  change(issue, when, by, {Attribute::label, "", "", label});
  issue.labels.push_back(label);
}

void take_label(Issue& issue, const std::string& when, const std::string& by, const std::string& label) {
  change(issue, when, by, {Attribute::label, "", label, ""});
  std::erase(issue.labels, label);
}

void change_type(Issue& issue, const std::string& when, const std::string& by, const std::string& to) {
  change(issue, when, by, {Attribute::type, "", issue.type, to});
  issue.type = to;
}

void change_resolution(Issue& issue, const std::string& when, const std::string& by, const std::string& to) {
  change(issue, when, by, {Attribute::resolution, "", issue.resolution, to});
  issue.resolution = to;
}

LedgerView ledger_of(const std::vector<Issue>& issues, const ContractBook& book, Instant now) {
  LedgerView out;
  for (const auto& issue : issues) {
    for (auto& claim : claims_of(issue, book, now)) out.claims.push_back(std::move(claim));
  }
  return out;
}

}  // namespace cb::testing
