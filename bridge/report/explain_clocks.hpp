// The part of explain that shows clocks: a table, and below each line what counted and what did not.
#pragma once

#include <string>

#include "rules/contract_book.hpp"
#include "rules/decision.hpp"

namespace cb {

// `2026-06-11 14:00 CEST (12:00Z)`; the UTC date too where it is another one.
std::string both_times(Instant instant, const Zone& zone);

std::string clocks_text(const Decision& decision, const ContractBook& book, const Zone& customer_zone);

}  // namespace cb
