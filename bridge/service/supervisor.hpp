// What is told to systemd where it started us (Type=notify): that we are ready, reload or end, and that we are alive.
// Elsewhere every function does nothing.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace cb {

class Supervisor {
 public:
  Supervisor();
  void ready(const std::string& status);
  void reloading();
  void stopping();
  // Call it often: it tells no more than needed. Whoever is silent for longer than WatchdogSec is restarted.
  void alive();

 private:
  using Steady = std::chrono::steady_clock;
  std::optional<std::chrono::microseconds> watchdog_;
  Steady::time_point told_;
};

}  // namespace cb
