// The signals that tell a service what to do, taken one by one instead of interrupting somebody: SIGTERM and SIGINT end
// it, SIGHUP reloads its configuration.
#pragma once

#include <csignal>

#include <chrono>

namespace cb {

enum class Told { nothing, to_stop, to_reload };

class Signals {
 public:
  // From here on this thread and those that it starts are not interrupted by these signals. Make it before any thread.
  Signals();
  // The next signal; `nothing` after `longest`.
  Told wait(std::chrono::milliseconds longest);
  // One that ends the service has come; wait() still gives it.
  [[nodiscard]] bool has_come_to_stop() const;

 private:
  sigset_t set_{};
};

}  // namespace cb
