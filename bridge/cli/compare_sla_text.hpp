// What `compare-sla` prints, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "bridge/report/sla_pairs.hpp"
#include "rules/zone.hpp"

namespace cb {

// A table, ours on the left and the tracker's beside it, and a sentence for each pair. Instants in `zone`.
std::string compare_sla_text(const IssueKey& issue, const std::vector<SlaPair>& pairs, const Zone& zone, int columns);

// One object: issue, compared (how many pairs), agree, pairs with ours, theirs, differences and reasons. Instants are
// UTC with `Z`, durations whole seconds; null stands for what is absent.
std::string compare_sla_json(const IssueKey& issue, const std::vector<SlaPair>& pairs);

bool all_agree(const std::vector<SlaPair>& pairs);  // also where nothing is compared
int compared(const std::vector<SlaPair>& pairs);

}  // namespace cb
