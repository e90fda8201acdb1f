// The decision as JSON for automation rules and searches of the tracker, kept on the issue itself: pure. Whoever sees
// the issue can read it, so it is made of listed facts that its customer may know, as fields are (slot_values.hpp): no
// other customer, no issue of anybody else, no contract that is not the customer's own, no rule, no advice and none of
// the reasons, which are for staff; in their place stands the code of the customer's text. Nothing in it moves while
// the state stands still: no time used or left of a clock that runs, and of a pool only its size and what this issue
// takes of it, because the rest moves with every other issue. Instants are UTC with `Z`, durations whole seconds.
#pragma once

#include <cstddef>
#include <string>

#include "rules/contract_book.hpp"
#include "rules/decision.hpp"

namespace cb {

// What a Jira takes as an issue property (trackers.md C6), in characters; bytes are never fewer.
inline constexpr std::size_t k_most_of_record = 32768;

// One line. What would be longer loses past rounds of clocks, the oldest first, then stated fix dates, then links, and
// says so under `shortened`.
std::string decision_record(const Decision& decision, const ContractBook& book, std::size_t most = k_most_of_record);

}  // namespace cb
