// Virtual time: what happens next is whatever is planned earliest, and nothing else runs meanwhile. Things planned for
// the same microsecond happen in the order in which they were planned, so that a run is the same every time. A fiber
// lets time pass by pause() and rest(); everything else is done at once, at its instant.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "tests/simulation/dice.hpp"
#include "tests/simulation/fiber.hpp"

namespace cb::simulation {

using FiberId = int;

class Turns {
 public:
  explicit Turns(Moment start) : now_(start) {}
  ~Turns() { kill_all(); }
  Turns(const Turns&) = delete;
  Turns& operator=(const Turns&) = delete;

  [[nodiscard]] Moment now() const { return now_; }
  // What is in the past is done as soon as possible.
  void at(Moment when, std::function<void()> action);
  void in(Micros time, std::function<void()> action) { at(now_ + time, std::move(action)); }
  // Until then, or until `stop` says so, which is asked after each event.
  void run_until(Moment end, const std::function<bool()>& stop);

  // A fiber begins as soon as possible. Its body may throw Crash (tests/support/failing.hpp), and nothing else.
  FiberId spawn(std::function<void()> body);
  // From inside a fiber, as rest() and join(); throws Crash when the fiber was killed meanwhile.
  void pause(Micros time);
  // The same, but nudge() ends it early.
  void rest(Micros time);
  void nudge(FiberId fiber);
  // Until that one has ended. Never throws, for destructors: whoever is killed meanwhile, or is no fiber, unwinds it.
  void join(FiberId fiber);
  [[nodiscard]] bool in_fiber() const { return running_ != nullptr; }
  [[nodiscard]] FiberId running() const { return running_id_; }
  [[nodiscard]] bool is_killed() const { return running_ != nullptr && running_->killed; }
  // All fibers unwind, at once and in their order; from outside of them.
  void kill_all();
  // No fiber runs before then: the machine sleeps.
  void freeze_until(Moment end) { frozen_until_ = std::max(frozen_until_, end); }
  [[nodiscard]] bool is_frozen() const { return now_ < frozen_until_; }

  // How many events came after each other without time passing, at most: more than there is work for is a hot loop.
  [[nodiscard]] int most_at_once() const { return most_at_once_; }

 private:
  struct Line {
    std::unique_ptr<Fiber> fiber;
    std::int64_t ticket = 0;  // of the one event that may resume it
    bool killed = false;
    bool may_be_nudged = false;
  };
  void plan_resume(FiberId id, Line& line, Moment when);
  void resume(FiberId id, std::int64_t ticket);
  void run(FiberId id, Line& line);
  void wait(Micros time, bool may_be_nudged);
  void kill(FiberId id);

  Moment now_;
  Moment frozen_until_{};
  std::int64_t planned_ = 0;
  std::map<std::pair<Moment, std::int64_t>, std::function<void()>> events_;
  std::map<FiberId, Line> lines_;
  FiberId last_id_ = 0;
  Line* running_ = nullptr;
  FiberId running_id_ = 0;
  int at_once_ = 0, most_at_once_ = 0;
};

}  // namespace cb::simulation
