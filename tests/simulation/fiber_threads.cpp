#include "tests/simulation/fiber_threads.hpp"

#include <set>

namespace cb::simulation {

namespace {

class FiberBell final : public Bell {
 public:
  explicit FiberBell(Turns& turns) : turns_(turns) {}

  void wait(std::chrono::milliseconds longest, const std::function<bool()>& over) override {
    const auto until = turns_.now() + Micros(longest);
    while (!over() && turns_.now() < until) {
      const auto self = turns_.running();
      waiting_.insert(self);
      turns_.rest(until - turns_.now());
      waiting_.erase(self);
      if (turns_.is_killed()) return;
    }
  }
  void ring(const std::function<void()>& change) override {
    change();
    for (const auto fiber : waiting_) turns_.nudge(fiber);
  }

 private:
  Turns& turns_;
  std::set<FiberId> waiting_;
};

class FiberThread final : public Thread {
 public:
  FiberThread(Turns& turns, std::function<void()> body) : turns_(turns), fiber_(turns.spawn(std::move(body))) {}
  void join() override { turns_.join(fiber_); }

 private:
  Turns& turns_;
  FiberId fiber_;
};

}  // namespace

std::unique_ptr<Bell> FiberThreads::make_bell() {
  return std::make_unique<FiberBell>(turns_);
}

std::unique_ptr<Thread> FiberThreads::start(std::function<void()> body) {
  return std::make_unique<FiberThread>(turns_, std::move(body));
}

Threads::Moment FiberThreads::now() const {
  return Moment(std::chrono::duration_cast<Moment::duration>(turns_.now().time_since_epoch()));
}

}  // namespace cb::simulation
