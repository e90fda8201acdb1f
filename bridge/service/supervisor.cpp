#include "bridge/service/supervisor.hpp"

#include <systemd/sd-daemon.h>

namespace cb {

Supervisor::Supervisor() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) > 0) watchdog_ = std::chrono::microseconds(microseconds);
}

void Supervisor::ready(const std::string& status) {
  sd_notify(0, ("READY=1\nSTATUS=" + status).c_str());
}

void Supervisor::reloading() {
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now().time_since_epoch());
  sd_notify(0, ("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now.count())).c_str());
}

void Supervisor::stopping() {
  sd_notify(0, "STOPPING=1");
}

void Supervisor::alive() {
  const auto now = Steady::now();
  if (!watchdog_ || now - told_ < *watchdog_ / 3) return;
  told_ = now;
  sd_notify(0, "WATCHDOG=1");
}

}  // namespace cb
