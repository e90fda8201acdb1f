#include "bridge/sync/pending_writes.hpp"

#include <algorithm>

namespace cb {

namespace {

// Waiting issues are kept in memory with their history.
constexpr std::size_t k_most_waiting = 500;

}  // namespace

bool PendingWrites::may_share(const Changes& changes) {
  return changes.comments.empty() && changes.assign.empty() && changes.copy.empty() && changes.status.empty();
}

Changes PendingWrites::shared_part(const Changes& changes) {
  auto shared = changes;
  shared.record.clear();
  shared.links.clear();
  return shared;
}

std::vector<PendingWrite> PendingWrites::add(PendingWrite write, std::size_t most) {
  const auto shared = shared_part(write.planned.changes);
  auto group = std::find_if(groups_.begin(), groups_.end(), [&](const std::vector<PendingWrite>& each) {
    return shared_part(each.front().planned.changes) == shared;
  });
  if (group == groups_.end()) group = groups_.insert(group, std::vector<PendingWrite>{});
  group->push_back(std::move(write));
  ++waiting_;
  if (group->size() < most) return waiting_ < k_most_waiting ? std::vector<PendingWrite>{} : next();
  auto full = std::move(*group);
  groups_.erase(group);
  waiting_ -= full.size();
  return full;
}

std::vector<PendingWrite> PendingWrites::next() {
  if (groups_.empty()) return {};
  auto first = std::move(groups_.front());
  groups_.erase(groups_.begin());
  waiting_ -= first.size();
  return first;
}

std::optional<Fetched> PendingWrites::take_back(const IssueKey& key) {
  for (auto group = groups_.begin(); group != groups_.end(); ++group) {
    const auto found = std::find_if(group->begin(), group->end(),
                                    [&](const PendingWrite& each) { return each.decision.issue == key; });
    if (found == group->end()) continue;
    auto fetched = std::move(found->fetched);
    group->erase(found);
    if (group->empty()) groups_.erase(group);
    --waiting_;
    return fetched;
  }
  return {};
}

}  // namespace cb
