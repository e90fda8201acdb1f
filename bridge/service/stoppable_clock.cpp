#include "bridge/service/stoppable_clock.hpp"

namespace cb {

void StoppableClock::sleep(Seconds duration) {
  std::unique_lock lock(mutex_);
  ended_.wait_for(lock, duration, [this] { return stopped_; });
}

void StoppableClock::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  ended_.notify_all();
}

bool StoppableClock::stopped() {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

}  // namespace cb
