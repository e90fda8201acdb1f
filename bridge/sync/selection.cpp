#include "bridge/sync/selection.hpp"

#include <algorithm>

#include "bridge/sync/retry.hpp"

namespace cb {

IssueKey writing_stop(const std::string& tracker) {
  return {tracker, "writing"};
}

IssueKey asking_stop(const std::string& tracker) {
  return {tracker, "asking"};
}

namespace {
const std::string k_assigning = "assigning ";
}

IssueKey assigning_stop(const Issue& issue, const PersonRef& person) {
  return {issue.key.tracker, k_assigning + to_text(person) + " in " + issue.project};
}

bool is_assigning_stop(const IssueKey& key) {
  return key.id.starts_with(k_assigning);
}

bool is_assigning_stop(const IssueKey& key, const std::vector<PersonRef>& people) {
  return std::any_of(people.begin(), people.end(), [&](const PersonRef& person) {
    return key.id.starts_with(k_assigning + to_text(person) + " in ");
  });
}

bool is_stop(const IssueKey& key) {
  return key == writing_stop(key.tracker) || key == asking_stop(key.tracker) || is_assigning_stop(key);
}

Instant earliest_retry(Store& store, const IssueKey& key, Instant now) {
  for (const auto& intent : store.open_intents(key.tracker)) {
    if (intent.key == key && intent.changes != k_only_read)
      return std::max(now, std::min(intent.at, now) + k_until_written);
  }
  return now;
}

bool is_settled(const StoredIssue& stored, const IssueRef& ref, const Capabilities& capabilities,
                const std::string& book_version, Instant now) {
  return !stored.gone && stored.updated == ref.updated && stored.book_version == book_version &&
         stored.fetched_at <= now + k_allowed_skew &&
         stored.fetched_at > stored.updated + capabilities.granularity + k_commit_delay;
}

std::set<IssueKey> waiting_for_retry(const EngineParts& parts, Instant clock_now) {
  std::set<IssueKey> keys;
  for (const auto& parked : parts.store.all_parked(parts.settings.name)) {
    if (parked.retry_at > clock_now) keys.insert(parked.key);
  }
  return keys;
}

}  // namespace cb
