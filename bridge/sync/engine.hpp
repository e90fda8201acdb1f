// The engine: one cycle over one tracker, issue by issue in a straight line: list, fetch, decide, plan, intend, write,
// record (design.md 1 and 9). It promises that no change is missed, no comment written and no unit counted twice,
// wherever it dies, and that a broken issue blocks only itself. What a list names is woken in the store before the
// cursor moves, and work is taken from there in portions, so that a stop loses nothing and memory does not grow with
// the tracker. Everything that is not a value comes from outside; one thread at a time. Instants are UTC; the cursor
// goes by the tracker's time, or by our clock less the allowed skew.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "adapters/tracker.hpp"
#include "bridge/log.hpp"
#include "bridge/ports/clock.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"
#include "bridge/sync/cycle_report.hpp"
#include "bridge/texts/text_book.hpp"

namespace cb {

// All must outlive the engine.
struct EngineParts {
  Tracker& tracker;
  Store& store;
  Clock& clock;
  Chance& chance;
  Log& log;
  const TrackerSettings& settings;
  const ContractBook& book;
  const TextBook& texts;
  const std::vector<NotificationTarget>* notifications = nullptr;  // who is told outside the tracker; null: nobody
  Seconds outage_after{900};  // a tracker that was last read completely longer ago is told outside
};

struct EngineOptions {
  bool dry_run = false;             // the same line without intend, apply and record: nothing is written anywhere
  std::optional<Instant> now;       // decide as of then; cursor and back-off still go by the clock
  bool keep_decisions = false;      // rows of the report hold their decision
  bool keep_rows = true;            // false: the report only counts
  bool sweep = false;               // list everything, whatever the cursor says
  bool serve_while_listing = true;  // what falls due goes before the next page of a list
  std::optional<Instant> until{};   // no portion is begun after this one from then on: what is left waits in the store
  bool list = true;                 // false: only what the store knows to be due, woken or left over
  std::function<bool()> stop_asked{};  // asked between two issues; the cycle then ends with nothing half done
};

struct ProgressStep {
  std::string doing;  // listing, reading, deciding
  int done = 0;       // issues: listed, or finished with
  int total = 0;      // that this run will be finished with, as far as known; 0: not known yet
  int read = 0;       // of the others: read, and not finished with
};
using Progress = std::function<void(const ProgressStep&)>;

// How far our clock may be off the tracker's where the tracker does not tell its time.
inline constexpr Seconds k_allowed_skew{60};
// Clocks further apart than this would turn into false breaches: nothing is decided until one of them is set right.
inline constexpr Seconds k_greatest_skew{1800};
// How late a change may become visible after the time it bears.
inline constexpr Seconds k_commit_delay{5};

class Engine {
 public:
  explicit Engine(const EngineParts& parts, EngineOptions options = {}, Progress progress = {});
  // A store that fails ends the cycle with an error in the report; whatever was recorded stays.
  CycleReport run_cycle();

 private:
  EngineParts parts_;
  EngineOptions options_;
  Progress progress_;
};

}  // namespace cb
