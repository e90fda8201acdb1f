// What an issue asks of pools, as the store keeps it: with what its customer was told already.
#pragma once

#include <set>
#include <vector>

#include "bridge/store/store.hpp"
#include "rules/contract_book.hpp"
#include "rules/decision.hpp"
#include "rules/issue.hpp"

namespace cb {

// claims_of(), marked as promised where a receipt of ours said that a free request is used (ruling 35). Read from the
// issue's own history, so that a rebuilt store knows it too.
std::vector<Claim> told_claims_of(const Issue& issue, const ContractBook& book, Instant now);

// The contracts on which an issue asks for other units than `before`, and its ledger will not tell the others: they may
// have been decided while the store said that it asks, and no line says that it took or gave back a unit.
std::set<ContractId> untold_contracts(const std::vector<Claim>& before, const std::vector<Claim>& now,
                                      const std::vector<LedgerLine>& ledger);

// Every pool that the issue may take from, or that is shown on it: those of the customer and of its partner.
std::set<ContractId> pools_around(const Issue& issue, const ContractBook& book, Instant now);

}  // namespace cb
