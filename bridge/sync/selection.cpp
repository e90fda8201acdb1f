#include "bridge/sync/selection.hpp"

#include <algorithm>

namespace cb {

IssueKey writing_stop(const std::string& tracker) {
  return {tracker, "writing"};
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
  return key == writing_stop(key.tracker) || is_assigning_stop(key);
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
