// New lines for the append-only ledger: what changed in an issue's pool unit and billing class since its last lines.
// Pure. Written again after a crash they come out empty, so no unit is counted twice.
#pragma once

#include <vector>

#include "bridge/store/store.hpp"
#include "rules/decision.hpp"

namespace cb {

// `before` are the issue's own lines, oldest first.
std::vector<LedgerLine> new_ledger_lines(const Decision& decision, const std::vector<LedgerLine>& before, Instant now);
// Does a line change what others of the pool may count on?
bool moves_pool(const LedgerLine& line);

}  // namespace cb
