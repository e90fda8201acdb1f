// The service in the simulated world: what bridge/service does with threads is done here with fibers, over the same
// loops, adapters and store. A process that dies loses everything but the store.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bridge/http/pace.hpp"
#include "bridge/log.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/sync/tracker_loop.hpp"
#include "tests/simulation/wire.hpp"
#include "tests/support/memory_store.hpp"

namespace cb::simulation {

struct ServiceParts {
  Turns& turns;
  Trace& trace;
  Machine& machine;
  Store& disk;  // what outlives the process
  Log& log;
  std::uint64_t seed;
  std::map<std::string, Site*> sites;  // by name, as all that follows
  std::map<std::string, Weather>& weather;
  std::map<std::string, Traffic>& traffic;
  std::function<void(const std::string& site, const HttpRequest&)> after_effect;
  std::function<void(const std::string& what)> surprise;  // a step threw
};

class Service {
 public:
  explicit Service(ServiceParts parts);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  void start(std::shared_ptr<const Settings> settings);
  // All loops end after their issue, then begin anew under the new configuration.
  void reload(std::shared_ptr<const Settings> settings);
  // What the process had in memory is gone; nothing runs.
  void die();
  [[nodiscard]] bool runs() const { return process_ != nullptr; }

  // What the handler of webhooks does; throws StoreError.
  void webhook(const IssueKey& key);
  // The machine's clock was set, or it slept: threads that rest notice within seconds.
  void look_at_the_clock();
  [[nodiscard]] std::vector<LoopStatus> status() const;
  // Steps of all loops since the world began.
  [[nodiscard]] std::int64_t steps() const { return steps_; }
  // No loop is in the middle of a step.
  [[nodiscard]] bool is_at_rest() const;

 private:
  struct Lane;
  struct Generation;
  struct Process;
  void begin(std::shared_ptr<const Settings> settings);
  void live(Lane& lane);
  void swap_when_ended();

  ServiceParts parts_;
  std::unique_ptr<Process> process_;
  std::int64_t steps_ = 0, generations_ = 0;
};

}  // namespace cb::simulation
