// A line of execution that is left and resumed by hand, so that many run in one thread and chance alone decides whose
// turn it is. Only resume() and leave() switch; exceptions thrown and caught inside a fiber stay inside it, also across
// switches. One thread for all fibers that know each other.
#pragma once

#include <functional>
#include <memory>

namespace cb::simulation {

class Fiber {
 public:
  // `body` must not throw. The fiber begins with the first resume().
  explicit Fiber(std::function<void()> body);
  // Only of a fiber that has ended or never began.
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // From outside: runs until the fiber leaves or ends.
  void resume();
  // From inside: back to who resumed it.
  void leave();
  [[nodiscard]] bool ended() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace cb::simulation
