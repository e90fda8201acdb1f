// What a cycle did, for people: one row for each issue that was looked at, and the errors. Values are as the tracker
// shows them. A row whose `changes` are empty was decided and needs no write.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "rules/decision.hpp"

namespace cb {

struct CycleRow {
  IssueKey key;
  std::string summary;
  std::string customer;          // name; empty when nobody was found
  std::map<Slot, Shown> before;  // what the tracker showed
  std::map<std::string, std::string> flags_before{};
  std::string status_before{};
  std::map<Slot, Shown> after;       // what it shows now, or would show after a dry run
  Changes changes;                   // what was written, or would be
  std::optional<Decision> decision;  // empty when the issue could not be read
  bool written = false;
  std::string undecided;  // what stands in the way of a decision, for staff; empty when it is decided
  std::string error;      // why the issue was parked; empty when it was processed
};

struct CycleReport {
  std::string tracker;
  std::vector<CycleRow> rows;  // in the order of keys
  int fetched = 0;
  int written = 0;
  int unchanged = 0;
  int parked = 0;
  int settled = 0;                   // listed, and known to be unchanged
  bool listed = false;               // the tracker was asked for what changed, and told all of it
  std::optional<Instant> listed_at;  // when that was
  bool stopped = false;              // we were asked to stop
  bool unfinished = false;           // work is left that nothing keeps from being done now
  bool held = false;                 // we keep from working here, although the tracker may answer
  bool refused = false;              // the tracker refuses our account: it does not pass by itself
  std::string error;                 // why the whole cycle stopped; empty when it was complete
  std::optional<Seconds> wait;       // the tracker asked to be left alone for so long
  [[nodiscard]] bool complete() const { return error.empty(); }
};

}  // namespace cb
