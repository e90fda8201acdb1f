// The bridge with its real HTTP client before a fake tracker on a socket, and the fault proxy between them, on virtual
// time. Six issues of the demo's customers wait at the start: two consultations of a pool (the first and the third),
// two defects whose first answer is at risk from 45 minutes on and due 75 and 85 minutes later (the second and the
// fourth), another defect, and one that must be paid for. What the tracker and the store show at the end is a text, so
// that two runs can be compared.
#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "bridge/http/client.hpp"
#include "bridge/http/pace.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/sync/tracker_loop.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/virtual_clock.hpp"
#include "tests/trackers/fake_server.hpp"
#include "tests/trackers/fault_proxy.hpp"

namespace cb::faults {

inline const TrackerKind k_kinds[] = {TrackerKind::redmine, TrackerKind::bugzilla, TrackerKind::jira};
const char* name_of(TrackerKind kind);

// Monday, 8 June 2026, 08:00 UTC.
Instant start();

// Virtual time that the threads of proxy and fake may read.
class SharedClock final : public Clock {
 public:
  Instant now() override { return Instant(Seconds(seconds_.load())); }
  void sleep(Seconds duration) override { seconds_ += duration.count(); }
  void set(Instant now) { seconds_ = now.time_since_epoch().count(); }

 private:
  std::atomic<Seconds::rep> seconds_{start().time_since_epoch().count()};
};

// What the bridge sent, and when.
struct Sent {
  Instant at;
  std::string method, target;
  int status = 0;  // 0: no answer
};

struct WorldOptions {
  TrackerKind kind = TrackerKind::redmine;
  Seconds tracker_ahead{0};   // the tracker's clock before ours
  bool tells_time = false;    // answers bear a Date by the tracker's clock
  std::string certificate{};  // PEM: the proxy speaks https
  std::string ca_file{};
  Store* store = nullptr;  // null: one in memory
};

class FaultWorld {
 public:
  explicit FaultWorld(WorldOptions options);
  ~FaultWorld();

  // One step of the service's loop, now.
  CycleReport step();
  // Steps whenever the loop wants one, until then.
  void run_until(Instant end);
  // The tracker's issues, in order.
  std::vector<IssueKey> issues();
  // Asks for or writes that issue, alone or with others.
  [[nodiscard]] std::function<bool(const HttpRequest&)> about(const IssueKey& key) const;
  // Our fields, labels and comments as the tracker shows them, and the ledger.
  std::string end_state();
  // The same of one issue, as the tracker shows it now.
  Fetched shown(const IssueKey& key);
  FakeTracker& fake();
  FaultProxy& proxy() { return *proxy_; }
  Store& store() { return *store_; }
  // From now on the bridge remembers there, and starts anew.
  void use_store(Store& store);
  // The one in memory.
  Store& spare() { return memory_; }
  // The command of that name on the same store; its exit code.
  int backfill(std::ostream& out);
  TrackerLoop& loop() { return *loop_; }
  [[nodiscard]] const std::string& tracker() const { return settings_.trackers.front().name; }

  // Another start of the program: what it remembered is gone, but for the store.
  void restart();

  SharedClock clock;
  std::vector<Sent> sent;
  std::ostringstream log_text;

 private:
  struct Site;
  WorldOptions options_;
  Settings settings_;
  TextBook texts_;
  SeededChance chance_{7};
  Log log_{LogLevel::error, Log::Form::human, log_text};
  MemoryStore memory_;
  Store* store_;
  std::unique_ptr<Site> site_;
  std::unique_ptr<FakeServer> server_;
  std::unique_ptr<FaultProxy> proxy_;
  std::unique_ptr<HttpClient> client_;
  std::unique_ptr<Http> recorded_, paced_;
  Http* http_ = nullptr;  // the outermost of them
  Paces paces_;
  std::unique_ptr<Tracker> tracker_;
  std::unique_ptr<TrackerLoop> loop_;
};

// The run that nothing disturbs; made once for each kind.
struct Undisturbed {
  std::string end_state;
  int requests = 0;
};
const Undisturbed& undisturbed(TrackerKind kind);
// What the two texts do not have in common, line by line; empty: they are equal.
std::string difference(const std::string& wanted, const std::string& got);
// When runs that are compared end: everything that falls due in them has, and nothing else does soon.
Instant the_end();

}  // namespace cb::faults
