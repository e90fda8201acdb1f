// Decided writes that wait for others with the same changes, so that one request does for all (Tracker::apply_all).
// Nothing of a waiting one is intended, written or recorded yet: it can be taken back as if it had not been decided.
#pragma once

#include <optional>
#include <vector>

#include "bridge/sync/plan.hpp"

namespace cb {

struct PendingWrite {
  Decision decision;
  Fetched fetched;
  PlannedWrite planned;
};

class PendingWrites {
 public:
  // Whether several issues may get these changes in one request: comments bear a reference of their own issue, and who
  // is assigned or put in copy, or which way leads to a status, depends on how it stands there.
  static bool may_share(const Changes& changes);

  // What the issues of a group have in common: everything but the record and the links, which are each issue's own and
  // travel in its WriteTarget.
  static Changes shared_part(const Changes& changes);

  // The whole group, which is then not waiting any more, once it has `most` of them; of all groups the oldest where
  // too many are kept in memory; else empty.
  std::vector<PendingWrite> add(PendingWrite write, std::size_t most);
  // The oldest group, whatever its size; empty when nothing waits.
  std::vector<PendingWrite> next();
  // What was read of an issue that waits; it does not wait any more.
  std::optional<Fetched> take_back(const IssueKey& key);

 private:
  std::vector<std::vector<PendingWrite>> groups_;  // of equal shared parts, in the order in which they began
  std::size_t waiting_ = 0;
};

}  // namespace cb
