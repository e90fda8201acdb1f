// The service in the simulated world: what `run` starts (bridge/service/whole_service.hpp), with fibers for its threads
// and wires for its network. A process that dies loses everything but the disk.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bridge/http/web_request.hpp"
#include "bridge/log.hpp"
#include "bridge/service/open_tracker.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"
#include "tests/simulation/wire.hpp"

namespace cb::simulation {

struct ProcessParts {
  Turns& turns;
  Trace& trace;
  Machine& machine;
  std::function<Store&()> disk;  // what outlives the process
  Log& log;
  std::uint64_t seed;
  std::map<std::string, Site*> sites;  // by name, as all that follows
  std::map<std::string, Weather>& weather;
  std::map<std::string, Traffic>& traffic;
  std::function<void(const std::string& site, const HttpRequest&)> after_effect;
  std::function<void(const std::string& site, const std::string& what)> impatient;
  OpenChannel channel;
  // What became of a start or a reload: the problems, and whether what is in use now is what it should be then.
  std::function<void(const std::shared_ptr<const Settings>&, const std::vector<std::string>& problems, bool in_use)>
      used;
};

class Service {
 public:
  explicit Service(ProcessParts parts);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  void start(std::shared_ptr<const Settings> settings);
  // As by SIGHUP: when it is asked several times meanwhile, the last one counts.
  void reload(std::shared_ptr<const Settings> settings);
  // What the process had in memory is gone; nothing runs.
  void die();
  [[nodiscard]] bool runs() const { return process_ != nullptr; }

  // As the web server asks it, in a thread of its own. Never answered when the process dies meanwhile.
  void request(WebRequest request, std::function<void(const WebAnswer&)> answered);
  // No loop is in the middle of a step, and no configuration waits.
  [[nodiscard]] bool is_at_rest() const;

 private:
  struct Process;
  void live(Process& process);
  void use(Process& process);
  Result<OpenTracker> open(Process& process, const TrackerSettings& tracker, const ContractBook& book, Clock& clock,
                           Chance& chance);

  ProcessParts parts_;
  std::unique_ptr<Process> process_;
  std::int64_t chances_ = 0, wires_ = 0;  // made since the world began
};

}  // namespace cb::simulation
