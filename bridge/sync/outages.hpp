// What is told outside the tracker while it cannot be read, and when it can again. Nothing is decided without reading
// the issue, so a promise that is broken meanwhile is not told as a breach, which might be a lie; that the bridge is
// blind, and how many promises fall due so, is true and is told: after a while, once more for each day that it lasts,
// and at its end. The store remembers what was told by the last complete list, so that a restart tells nothing twice.
#pragma once

#include <string>
#include <vector>

#include "bridge/sync/engine.hpp"

namespace cb {

// How things stand after a step that failed.
struct Outage {
  Instant last_read;      // the last complete list
  Instant failing_since;  // no step was complete since: a list may be old because there was much to do
  Instant next;           // the tracker is not asked again before
  bool held = false;      // the bridge keeps from working there, although the tracker may answer
};

class Outages {
 public:
  // What `parts` refers to must outlive it.
  explicit Outages(const EngineParts& parts) : parts_(parts) {}
  void failed(const Outage& outage);
  // After a complete list, before the cursor moves; the one before was at `last_read`. What nobody has been told yet of
  // the outage is not told any more.
  void listed(Instant last_read, Instant now);

 private:
  [[nodiscard]] bool somebody_asks() const;
  [[nodiscard]] std::vector<std::string> told_days(Instant last_read, Instant now) const;
  const EngineParts& parts_;
};

}  // namespace cb
