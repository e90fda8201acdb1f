#include "bridge/sync/selection.hpp"

namespace cb {

namespace {

constexpr int k_page = 500;

void add_decided_otherwise(std::set<IssueKey>& keys, const EngineParts& parts) {
  const auto& tracker = parts.settings.name;
  std::optional<IssueKey> after;
  for (auto page = parts.store.issues(tracker, after, k_page); !page.empty();
       page = parts.store.issues(tracker, after, k_page)) {
    for (const auto& key : page) {
      const auto stored = parts.store.issue(key);
      if (stored && !stored->gone && stored->book_version != parts.book.version) keys.insert(key);
    }
    after = page.back();
  }
}

}  // namespace

IssueKey writing_stop(const std::string& tracker) {
  return {tracker, "writing"};
}

namespace {
const std::string k_assigning = "assigning ";
}

IssueKey assigning_stop(const Issue& issue, const PersonRef& person) {
  return {issue.key.tracker, k_assigning + to_text(person) + " in " + issue.project};
}

bool is_stop(const IssueKey& key) {
  return key == writing_stop(key.tracker) || key.id.rfind(k_assigning, 0) == 0;
}

bool is_settled(const StoredIssue& stored, const IssueRef& ref, const Capabilities& capabilities,
                const std::string& book_version) {
  return !stored.gone && stored.updated == ref.updated && stored.book_version == book_version &&
         stored.fetched_at > stored.updated + capabilities.granularity + k_commit_delay;
}

std::set<IssueKey> waiting_for_retry(const EngineParts& parts, Instant clock_now) {
  std::set<IssueKey> keys;
  for (const auto& parked : parts.store.all_parked(parts.settings.name)) {
    if (parked.retry_at > clock_now) keys.insert(parked.key);
  }
  return keys;
}

std::set<IssueKey> known_work(const EngineParts& parts, Instant decide_at, Instant clock_now) {
  std::set<IssueKey> keys;
  const auto& tracker = parts.settings.name;
  for (const auto& key : parts.store.due(tracker, decide_at)) keys.insert(key);
  for (const auto& intent : parts.store.open_intents(tracker)) {
    const auto stored = parts.store.issue(intent.key);
    if (stored && !stored->gone) keys.insert(intent.key);
  }
  add_decided_otherwise(keys, parts);
  for (const auto& key : waiting_for_retry(parts, clock_now)) keys.erase(key);
  for (const auto& parked : parts.store.all_parked(tracker)) {
    if (parked.retry_at <= clock_now && !is_stop(parked.key)) keys.insert(parked.key);
  }
  return keys;
}

}  // namespace cb
