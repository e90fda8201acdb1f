// The parts of an issue's page as HTML, everything in them escaped: what stands above all, what was decided, why, the
// clocks, the ledger. For staff: they name contracts and people. Used by issue_page.cpp alone.
#pragma once

#include <string>
#include <vector>

#include "bridge/store/store.hpp"
#include "rules/contract_book.hpp"
#include "rules/decision.hpp"

namespace cb {

std::string heading_of(const Issue& issue);
std::string facts_of(const Decision& decision, const ContractBook& book, Instant now);
std::string reasons_of(const Decision& decision);
std::string clocks_of(const Decision& decision, const ContractBook& book);
std::string ledger_of(const std::vector<LedgerLine>& lines);  // empty when there is none

}  // namespace cb
