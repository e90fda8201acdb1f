// All chance of a seed. Each concern rolls dice of its own, named by a word, so that a change of one leaves the others'
// rolls as they were.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/virtual_clock.hpp"

namespace cb::simulation {

using Micros = std::chrono::microseconds;
using Moment = std::chrono::sys_time<Micros>;

class Dice {
 public:
  Dice(std::uint64_t seed, const std::string& concern) : chance_(mixed(seed, concern)) {}

  std::uint64_t roll() { return chance_.next(); }
  // From `least` to `most`, both included.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(roll() % static_cast<std::uint64_t>(most - least + 1));
  }
  // In so many of a thousand cases.
  bool happens(int per_mille) { return between(0, 999) < per_mille; }
  // Most near `least`, some far out: how long people and networks take. The mean is about a seventh of the way.
  std::int64_t mostly_near(std::int64_t least, std::int64_t most) {
    const auto part = static_cast<double>(between(0, 1000)) / 1000.0;
    return least +
           static_cast<std::int64_t>(part * part * part * part * part * part * static_cast<double>(most - least));
  }
  Micros seconds(std::int64_t least, std::int64_t most) { return Micros(between(least * 1'000'000, most * 1'000'000)); }
  template <class Value>
  const Value& one_of(const std::vector<Value>& values) {
    return values[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(values.size()) - 1))];
  }

 private:
  static std::uint64_t mixed(std::uint64_t seed, const std::string& concern) {
    std::uint64_t hash = 0xcbf29ce484222325U ^ (seed * 0x9e3779b97f4a7c15U);
    for (const char c : concern) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
  }
  SeededChance chance_;
};

}  // namespace cb::simulation
