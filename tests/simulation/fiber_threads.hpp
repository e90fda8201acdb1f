// The service's threads in the simulated world: fibers on virtual time. Only one runs at a time, and only where it
// waits another gets its turn. Whoever waits when its process dies is unwound by Crash (Turns::kill_all).
#pragma once

#include "bridge/ports/threads.hpp"
#include "tests/simulation/turns.hpp"

namespace cb::simulation {

class FiberThreads final : public Threads {
 public:
  // `turns` must outlive it and all that it makes.
  explicit FiberThreads(Turns& turns) : turns_(turns) {}
  std::unique_ptr<Bell> make_bell() override;
  std::unique_ptr<Thread> start(std::function<void()> body) override;
  // From inside a fiber.
  void pause(std::chrono::milliseconds time) override { turns_.pause(time); }
  [[nodiscard]] Moment now() const override;

 private:
  Turns& turns_;
};

}  // namespace cb::simulation
