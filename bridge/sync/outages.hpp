// What is told outside the tracker while it cannot be read, and when it can again. Nothing is decided without reading
// the issue, so a promise that is broken meanwhile is not told as a breach, which might be a lie; that the bridge is
// blind, and how many promises fall due so, is true and is told: after a while, once more for each day that it lasts,
// and at its end. The store remembers what was told by the last complete list, so that a restart tells nothing twice.
#pragma once

#include <optional>

#include "bridge/sync/engine.hpp"

namespace cb {

class Outages {
 public:
  // What `parts` refers to must outlive it.
  explicit Outages(const EngineParts& parts) : parts_(parts) {}
  // After a step that failed: `last_list` is the last complete list, and the tracker is not asked again before `next`.
  // Before the first list nothing is promised, and nobody is told.
  void failed(const std::optional<Instant>& last_list, Instant next);
  // After a complete list, when the one before was at `last_list`.
  void listed(const std::optional<Instant>& last_list);

 private:
  [[nodiscard]] bool somebody_asks() const;
  [[nodiscard]] bool was_told(Instant last_list, Instant now) const;
  const EngineParts& parts_;
};

}  // namespace cb
