// Time and chance come from outside, so that a test can run the engine on virtual time and replay every roll.
#pragma once

#include <cstdint>

#include "rules/time.hpp"

namespace cb {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
  virtual void sleep(Seconds duration) = 0;
};

class Chance {
 public:
  virtual ~Chance() = default;
  virtual std::uint64_t next() = 0;  // any 64 bits
};

}  // namespace cb
