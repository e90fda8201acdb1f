// Threads as the service needs them, so that a test can run it on virtual time, where chance alone decides whose turn
// it is: real ones in the program (bridge/service/real_threads.hpp). Any thread may call anything here.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace cb {

// Where threads wait until something is so: what a mutex and a condition variable are together.
class Bell {
 public:
  virtual ~Bell() = default;
  // Until `over` says so, for `longest` at most. It is asked under the bell's lock: at once, after each ring(), and
  // when the time is over.
  virtual void wait(std::chrono::milliseconds longest, const std::function<bool()>& over) = 0;
  // Does `change` under the bell's lock, so that nobody who is about to wait misses it, and wakes all who wait.
  virtual void ring(const std::function<void()>& change) = 0;
};

// A thread that was started; join() it before it goes.
class Thread {
 public:
  virtual ~Thread() = default;
  virtual void join() = 0;
};

class Threads {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  virtual ~Threads() = default;
  virtual std::unique_ptr<Bell> make_bell() = 0;
  // `body` must not throw.
  virtual std::unique_ptr<Thread> start(std::function<void()> body) = 0;
  // The calling thread waits.
  virtual void pause(std::chrono::milliseconds time) = 0;
  // Goes on evenly, however the machine's clock is set.
  [[nodiscard]] virtual Moment now() const = 0;
};

// Does `act` when the last copy goes: a body that holds one tells its end so, also when it is left by an exception or
// never began because its process died.
inline std::shared_ptr<void> at_the_end(std::function<void()> act) {
  return {static_cast<void*>(nullptr), [act = std::move(act)](void*) { act(); }};
}

}  // namespace cb
