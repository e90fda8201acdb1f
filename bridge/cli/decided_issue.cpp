#include "bridge/cli/decided_issue.hpp"

#include <ostream>

#include "bridge/cli/named_issue.hpp"
#include "bridge/cli/options.hpp"
#include "bridge/sync/claims.hpp"
#include "bridge/texts/language.hpp"

namespace cb {
namespace {

// What the store knows of the other issues of these pools.
LedgerView ledger_view(const Issue& issue, const DecideParts& parts, Instant now) {
  LedgerView ledger;
  const auto contracts = pools_around(issue, parts.settings.book, now);
  if (contracts.empty()) return ledger;
  const auto store = parts.open_store();
  for (const auto& contract : contracts)
    for (auto& claim : store->claims(contract)) ledger.claims.push_back(std::move(claim));
  return ledger;
}

int trouble(const Error& error, int exit_code, std::ostream& err) {
  err << "contract-bridge: " << error.what << "\n";
  return exit_code;
}

}  // namespace

std::variant<DecidedIssue, int> decide_issue(const std::string& issue, Instant now, const DecideParts& parts,
                                             std::ostream& err) {
  const auto asked = named_issue(issue, parts.settings, err);
  if (!asked) return k_exit_usage;
  auto open = parts.open(*asked->tracker);
  if (!open) return trouble(open.error(), k_exit_wrong, err);
  // What this account may write is known once it is known who it is.
  if (const auto who = open->tracker->who_am_i(); !who) return trouble(who.error(), k_exit_trouble, err);
  auto fetched = open->tracker->fetch(asked->key);
  if (!fetched) return trouble(fetched.error(), k_exit_trouble, err);
  auto& read = fetched->issue;
  if (read.language.empty()) read.detected_language = detect_language(read.summary, read.description);
  auto decision = evaluate(read, parts.settings.book, ledger_view(read, parts, now), now);
  return DecidedIssue{asked->tracker, std::move(*open), std::move(*fetched), std::move(decision)};
}

}  // namespace cb
