#include "bridge/cli/compare_sla.hpp"

#include <ostream>

#include "bridge/cli/compare_sla_text.hpp"
#include "bridge/cli/options.hpp"
#include "bridge/sync/slot_values.hpp"

namespace cb {

int compare_sla(const CompareSlaOptions& options, const DecideParts& parts, std::ostream& out, std::ostream& err) {
  const auto asked = decide_issue(options.issue, options.now, parts, err);
  if (const auto* exit_code = std::get_if<int>(&asked)) return *exit_code;
  const auto& issue = std::get<DecidedIssue>(asked);
  const auto& key = issue.decision.issue;
  const auto theirs = issue.open.tracker->own_clocks(key);
  if (!theirs) {
    err << "contract-bridge: " << theirs.error().what << "\n";
    return k_exit_trouble;
  }
  const auto pairs = sla_pairs(issue.decision, *theirs);
  out << (options.json ? compare_sla_json(key, pairs)
                       : compare_sla_text(key, pairs, zone_of(issue.decision, parts.settings.book), options.columns));
  return compared(pairs) > 0 && all_agree(pairs) ? k_exit_ok : k_exit_wrong;
}

}  // namespace cb
