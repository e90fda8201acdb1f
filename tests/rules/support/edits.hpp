// Further edits of an issue and of small_book, for tests of orders, categories and pools. Everything throws
// std::logic_error for a name that the book does not have.
#pragma once

#include <string>
#include <vector>

#include "tests/rules/support/small_book.hpp"

namespace cb::testing {

Customer& customer_of(ContractBook& book, const std::string& id);
Contract& contract_of(ContractBook& book, const std::string& id);
Plan& plan_of(ContractBook& book, const std::string& contract);

void add_label(Issue& issue, const std::string& when, const std::string& by, const std::string& label);
void take_label(Issue& issue, const std::string& when, const std::string& by, const std::string& label);
void change_type(Issue& issue, const std::string& when, const std::string& by, const std::string& to);
void change_resolution(Issue& issue, const std::string& when, const std::string& by, const std::string& to);

// What all of them ask of pools, as a store that saw them in this order would keep it.
LedgerView ledger_of(const std::vector<Issue>& issues, const ContractBook& book, Instant now);

}  // namespace cb::testing
