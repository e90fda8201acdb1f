#include "bridge/cli/system_ports.hpp"

#include <chrono>
#include <random>
#include <thread>

namespace cb {
namespace {

class SystemClock final : public Clock {
 public:
  Instant now() override { return std::chrono::floor<Seconds>(std::chrono::system_clock::now()); }
  void sleep(Seconds duration) override { std::this_thread::sleep_for(duration); }
};

class SystemChance final : public Chance {
 public:
  std::uint64_t next() override { return engine_(); }

 private:
  std::mt19937_64 engine_{std::random_device{}()};
};

}  // namespace

std::unique_ptr<Clock> make_system_clock() {
  return std::make_unique<SystemClock>();
}
std::unique_ptr<Chance> make_system_chance() {
  return std::make_unique<SystemChance>();
}

}  // namespace cb
