// What `explain ISSUE` prints for people (design.md 8): what was decided, why, step by step, and each clock with the
// time that counted and the time that did not. For staff: it names contracts, rules and rulings. No colours, at most
// 100 columns where the words allow. Instants stand in the customer's local time and in UTC; a clock's spans in the
// zone of its calendar.
#pragma once

#include <string>

#include "rules/contract_book.hpp"
#include "rules/decision.hpp"

namespace cb {

std::string explain_text(const Decision& decision, const Issue& issue, const ContractBook& book);

}  // namespace cb
