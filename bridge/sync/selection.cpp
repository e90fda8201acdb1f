#include "bridge/sync/selection.hpp"

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

}  // namespace cb
