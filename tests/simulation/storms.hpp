// What goes wrong in the simulated world, and when: weather of the network, deaths of the process, a full disk, clocks
// that jump, a machine that sleeps, configurations that change. Which of it a seed knows at all is drawn first.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/simulation/machine.hpp"
#include "tests/simulation/wire.hpp"

namespace cb::simulation {

struct StormParts {
  Turns& turns;
  Trace& trace;
  Machine& machine;
  std::map<std::string, Weather>& weather;
  std::function<void()> change_configuration;
  Moment until;  // by then everything is well again
};

class Storms {
 public:
  Storms(StormParts parts, Dice dice) : parts_(std::move(parts)), dice_(dice) {}

  void begin();
  // Until so long after the last trouble nothing can be expected to be in order.
  [[nodiscard]] Moment last_trouble() const { return last_trouble_; }
  void trouble() { last_trouble_ = std::max(last_trouble_, parts_.turns.now()); }

 private:
  void plan(int a_week, const std::function<void()>& happen);
  // Until then, but not longer than the storms last.
  void for_a_while(Micros time, const std::string& what, const std::function<void()>& begin_it,
                   const std::function<void()>& end_it);
  void bad_network();
  void outage();
  void slow_network();
  void death();
  void full_disk();
  void clock_jump();
  void sleep();

  StormParts parts_;
  Dice dice_;
  Moment last_trouble_{};
};

}  // namespace cb::simulation
