// The clock of a service that can be told to end: whoever sleeps is woken by stop(), and from then on nobody sleeps any
// more. now() is the inner clock's. Any number of threads.
#pragma once

#include <condition_variable>
#include <mutex>

#include "bridge/ports/clock.hpp"

namespace cb {

class StoppableClock final : public Clock {
 public:
  // `inner` must outlive it; its sleep() is not used.
  explicit StoppableClock(Clock& inner) : inner_(inner) {}
  Instant now() override { return inner_.now(); }
  void sleep(Seconds duration) override;

  void stop();
  [[nodiscard]] bool stopped();

 private:
  Clock& inner_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool stopped_ = false;
};

}  // namespace cb
