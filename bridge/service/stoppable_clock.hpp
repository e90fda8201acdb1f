// The clock of a service that can be told to end: whoever sleeps is woken by stop(), and from then on nobody sleeps any
// more. now() is the inner clock's. Any number of threads.
#pragma once

#include <atomic>
#include <memory>

#include "bridge/ports/clock.hpp"
#include "bridge/ports/threads.hpp"

namespace cb {

class StoppableClock final : public Clock {
 public:
  // Both must outlive it; the sleep() of `inner` is not used.
  StoppableClock(Clock& inner, Threads& threads) : inner_(inner), ended_(threads.make_bell()) {}
  Instant now() override { return inner_.now(); }
  void sleep(Seconds duration) override;

  void stop();
  [[nodiscard]] bool stopped() const { return stopped_; }

 private:
  Clock& inner_;
  std::unique_ptr<Bell> ended_;
  std::atomic<bool> stopped_ = false;
};

}  // namespace cb
