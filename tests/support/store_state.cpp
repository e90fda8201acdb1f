#include "tests/support/store_state.hpp"

#include <sstream>

namespace cb {
namespace {

void add_issue(std::ostringstream& out, Store& store, const IssueKey& key) {
  const auto issue = store.issue(key);
  if (!issue) return;
  out << to_text(key) << (issue->gone ? " gone" : "") << " updated " << to_iso(issue->updated) << " revision "
      << issue->revision.value << " recheck " << (issue->recheck_at ? to_iso(*issue->recheck_at) : "-")
      << "\n  snapshot " << issue->snapshot << "\n  decision " << issue->decision << "\n";
  for (const auto& line : store.ledger(key)) {
    out << "  ledger " << line.action << ' ' << line.contract.value << ' ' << line.period << ' ' << line.note << '\n';
  }
  for (const auto& past : store.decisions(key))
    out << "  decided " << past.book_version << ' ' << past.decision << '\n';
}

}  // namespace

std::string state_text(Store& store, const std::string& tracker, const std::vector<ContractId>& contracts) {
  constexpr int k_page = 100;
  std::ostringstream out;
  std::optional<IssueKey> after;
  for (auto page = store.issues(tracker, after, k_page); !page.empty(); page = store.issues(tracker, after, k_page)) {
    for (const auto& key : page) add_issue(out, store, key);
    after = page.back();
  }
  for (const auto& contract : contracts) {
    for (const auto& claim : store.claims(contract)) {
      out << "claim " << contract.value << ' ' << to_text(claim.issue) << " cycle " << claim.cycle << " place "
          << to_iso(claim.place) << (claim.hold == Hold::consumed ? " consumed" : " reserved")
          << (claim.approved_at ? " approved" : "") << (claim.ended_at ? " ended" : "")
          << (claim.promised ? " promised" : "") << " rank " << claim.rank << " budget " << claim.budget.value << ' '
          << duration_text(claim.logged) << '\n';
    }
  }
  for (const auto& parked : store.all_parked(tracker))
    out << "parked " << to_text(parked.key) << ' ' << parked.error << '\n';
  for (const auto& intent : store.open_intents(tracker)) {
    out << "intends " << to_text(intent.key) << ' ' << intent.changes << '\n';
  }
  return out.str();
}

}  // namespace cb
