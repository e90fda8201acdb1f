#include "bridge/cli/decided_issue.hpp"

#include <algorithm>
#include <ostream>

#include "bridge/cli/options.hpp"
#include "bridge/sync/claims.hpp"
#include "bridge/texts/language.hpp"

namespace cb {
namespace {

struct Asked {
  IssueKey key;
  const TrackerSettings* tracker = nullptr;
};

std::string tracker_names(const Settings& settings) {
  std::string names;
  for (const auto& tracker : settings.trackers) names += (names.empty() ? "" : ", ") + tracker.name;
  return names;
}

std::optional<Asked> asked_for(const std::string& issue, const Settings& settings, std::ostream& err) {
  const auto mark = issue.find('#');
  const auto name = mark == std::string::npos ? std::string() : issue.substr(0, mark);
  const auto id = mark == std::string::npos ? issue : issue.substr(mark + 1);
  const auto refuse = [&](const std::string& why) {
    err << "contract-bridge: '" << issue << "' " << why << "; the trackers are: " << tracker_names(settings) << "\n";
    return std::nullopt;
  };
  if (id.empty()) return refuse("is not an issue; expected TRACKER#ID, as support#123");
  if (mark == std::string::npos) {
    if (settings.trackers.size() != 1) return refuse("does not say which tracker; expected TRACKER#ID");
    return Asked{{settings.trackers.front().name, id}, &settings.trackers.front()};
  }
  const auto tracker = std::find_if(settings.trackers.begin(), settings.trackers.end(),
                                    [&](const auto& each) { return each.name == name; });
  if (tracker == settings.trackers.end()) return refuse("names a tracker that is not configured");
  return Asked{{name, id}, &*tracker};
}

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
  const auto asked = asked_for(issue, parts.settings, err);
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
