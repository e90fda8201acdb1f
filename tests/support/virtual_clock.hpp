// Time and chance for tests: time stands still until somebody sleeps or sets it, and every roll can be had again.
#pragma once

#include <vector>

#include "bridge/ports/clock.hpp"

namespace cb {

class VirtualClock : public Clock {
 public:
  explicit VirtualClock(Instant start) : now_(start) {}
  Instant now() override { return now_; }
  void sleep(Seconds duration) override {
    sleeps.push_back(duration);
    now_ += duration;
  }
  void set(Instant now) { now_ = now; }

  std::vector<Seconds> sleeps;  // what was asked for

 private:
  Instant now_;
};

// splitmix64: the same seed rolls the same numbers on any machine.
class SeededChance : public Chance {
 public:
  explicit SeededChance(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() override {
    state_ += 0x9e3779b97f4a7c15U;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }

 private:
  std::uint64_t state_;
};

}  // namespace cb
