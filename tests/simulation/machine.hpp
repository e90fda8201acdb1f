// The machine that the service runs on: its clock, which may be wrong, its disk, which may be full, and the moment at
// which its process dies. A call to a port is where any of that happens.
#pragma once

#include "bridge/ports/clock.hpp"
#include "tests/simulation/trace.hpp"
#include "tests/simulation/turns.hpp"
#include "tests/support/failing.hpp"

namespace cb::simulation {

class Machine {
 public:
  Machine(Turns& turns, Trace& trace, Dice dice);

  // The clock of the machine: true time and its error. sleep() lets other loops run.
  Clock& clock() { return clock_; }
  Seconds clock_error{0};
  bool disk_full = false;

  // The process dies at the n-th call from now, before or after what that call does.
  void die_at_call(int nth, bool after);
  [[nodiscard]] bool died() const { return died_; }
  void revive();

  // A call over the network begins or has ended; throws Crash where the process dies.
  void network_call(const std::string& call);
  // For two FailingStores: the one below the lock that all loops share fails, the one above it gives turns away.
  FaultPlan& store_plan() { return plan_; }
  FaultPlan& turn_plan() { return turn_plan_; }

 private:
  class OwnClock final : public Clock {
   public:
    explicit OwnClock(Machine& machine) : machine_(machine) {}
    Instant now() override;
    void sleep(Seconds duration) override;

   private:
    Machine& machine_;
  };
  bool store_call(FaultPlan& plan, const std::string& call);
  void give_turn_away(const std::string& call);
  [[nodiscard]] bool dies_now();

  Turns& turns_;
  Trace& trace_;
  Dice dice_;
  OwnClock clock_{*this};
  FaultPlan plan_, turn_plan_;
  int calls_left_ = 0;  // 0: it does not die
  bool dies_after_ = false;
  bool died_ = false;
};

}  // namespace cb::simulation
