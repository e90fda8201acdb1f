#include "bridge/service/real_threads.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace cb {

namespace {

class RealBell final : public Bell {
 public:
  void wait(std::chrono::milliseconds longest, const std::function<bool()>& over) override {
    std::unique_lock lock(mutex_);
    rung_.wait_for(lock, longest, over);
  }
  void ring(const std::function<void()>& change) override {
    {
      const std::lock_guard lock(mutex_);
      change();
    }
    rung_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable rung_;
};

class RealThread final : public Thread {
 public:
  explicit RealThread(std::function<void()> body) : thread_(std::move(body)) {}
  void join() override {
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::thread thread_;
};

class RealThreads final : public Threads {
 public:
  std::unique_ptr<Bell> make_bell() override { return std::make_unique<RealBell>(); }
  std::unique_ptr<Thread> start(std::function<void()> body) override {
    return std::make_unique<RealThread>(std::move(body));
  }
  void pause(std::chrono::milliseconds time) override { std::this_thread::sleep_for(time); }
  [[nodiscard]] Moment now() const override { return std::chrono::steady_clock::now(); }
};

}  // namespace

std::unique_ptr<Threads> make_real_threads() {
  return std::make_unique<RealThreads>();
}

}  // namespace cb
