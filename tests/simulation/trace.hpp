// What happened, step by step: each line is a step, and a hash over all of them tells whether two runs were the same.
// Counts say what a seed has been through.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>

#include "tests/simulation/dice.hpp"

namespace cb::simulation {

class Trace {
 public:
  // Null: lines are hashed and not shown. `out` must outlive it.
  explicit Trace(std::ostream* out) : out_(out) {}

  void step(Moment at, const std::string& line);
  // Shown beside the steps, and no part of them.
  void remark(const std::string& line);
  [[nodiscard]] bool is_shown() const { return out_ != nullptr; }
  [[nodiscard]] std::uint64_t hash() const { return hash_; }
  [[nodiscard]] std::int64_t steps() const { return steps_; }

  void count(const std::string& what, std::int64_t by = 1) { counts_[what] += by; }
  [[nodiscard]] const std::map<std::string, std::int64_t>& counts() const { return counts_; }

 private:
  std::ostream* out_;
  std::uint64_t hash_ = 0xcbf29ce484222325U;
  std::int64_t steps_ = 0;
  std::map<std::string, std::int64_t> counts_;
};

// 2026-06-08T08:00:00.000250Z
std::string text_of(Moment at);

}  // namespace cb::simulation
