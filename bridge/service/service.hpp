// The service: for each tracker of the configuration an engine of its own with its own thread, all over one store. A
// generation is everything that was made from one configuration; a new one takes its place when the loops of the old
// one have ended at a border between two issues. Of one that cannot be broken off the new generation does not wait: it
// is kept aside with all that it uses, and only the new loop of its own tracker begins after it. Any number of threads
// may ask and wake; start, reload, looking after and stop are for one.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bridge/log.hpp"
#include "bridge/ports/clock.hpp"
#include "bridge/ports/threads.hpp"
#include "bridge/service/loop_thread.hpp"
#include "bridge/service/notifier.hpp"
#include "bridge/service/open_tracker.hpp"
#include "bridge/service/stoppable_clock.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"

namespace cb {

// All must outlive the service.
struct ServiceParts {
  Store& store;  // safe for several threads
  Clock& clock;
  Log& log;
  Threads& threads;
  std::function<std::unique_ptr<Chance>()> chance;  // one for each thread
  std::function<Result<OpenTracker>(const TrackerSettings&, const ContractBook&, Clock&, Chance&)> open;
  OpenChannel channel{};  // to who is told outside the trackers
  // So long a loop that makes place for a new configuration may go on with what it asks of its tracker.
  std::chrono::milliseconds grace_of_reload{5'000};
};

class BridgeService {
 public:
  explicit BridgeService(const ServiceParts& parts);
  ~BridgeService();
  BridgeService(const BridgeService&) = delete;
  BridgeService& operator=(const BridgeService&) = delete;

  // Opens every tracker and who is told outside of them, then begins. The problems in words, one for each that cannot
  // be opened; then nothing has changed. Also for a configuration that takes the place of the present one: `enough` is
  // asked again and again while that ends, and true breaks the wait off.
  std::vector<std::string> use(std::shared_ptr<const Settings> settings, const std::function<bool()>& enough = {});
  // Ends every loop after its issue, and after `grace` breaks off what is still asked of a tracker. Nothing is half
  // done: what is not known to be written is looked at by the next start. false: somebody has not ended a while later,
  // and may still use everything that he was given; then only the process can end him.
  [[nodiscard]] bool stop(std::chrono::milliseconds grace);

  // A tracker of which issues were woken in the store; and one that may have something new.
  void wake(const std::string& tracker);
  void list_soon(const std::string& tracker);
  [[nodiscard]] std::vector<LoopStatus> status() const;
  [[nodiscard]] std::shared_ptr<const Settings> settings() const;
  // To be called every second or so: what has been asked of somebody for too long is broken off, and a loop that
  // waits for the one before it begins when that has ended.
  void look_after();
  // How long the most silent of the threads that are at work has shown no sign of life.
  [[nodiscard]] std::chrono::seconds silent_for() const;
  // Nobody of a configuration before is still at work.
  [[nodiscard]] bool settled() const;
  // That, and every tracker's thread waits for its next step.
  [[nodiscard]] bool rests() const;

 private:
  struct Generation;
  using Generations = std::vector<std::shared_ptr<Generation>>;
  [[nodiscard]] std::shared_ptr<Generation> present() const;
  // The present one and those that are kept aside.
  [[nodiscard]] Generations all() const;
  std::vector<std::string> open_all(Generation& next) const;
  void make_loops(Generation& next, const std::vector<LoopStatus>& before) const;
  // Breaks off after the grace, and gives up `patience` later, without one never; or as soon as it is enough.
  bool end(const Generations& ending, std::chrono::milliseconds grace,
           std::optional<std::chrono::milliseconds> patience, const std::function<bool()>& enough = {});
  void replace(const std::shared_ptr<Generation>& before, std::shared_ptr<Generation> next);
  void tell_kept_aside(const Generation& before) const;
  void drop_ended();
  void begin_where_free(Generation& generation) const;

  ServiceParts parts_;
  mutable std::mutex mutex_;  // guards all that follows
  std::shared_ptr<Generation> present_;
  Generations kept_aside_;  // who did not end in time for the next one
};

}  // namespace cb
