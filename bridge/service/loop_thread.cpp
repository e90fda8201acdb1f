#include "bridge/service/loop_thread.hpp"

#include <algorithm>

namespace cb {

namespace {

// Longer rests are taken in pieces, so that a clock that was set, or a machine that slept, is noticed soon.
constexpr Seconds k_longest_rest{15};
// After a step that failed in a way nobody foresaw.
constexpr Seconds k_after_surprise{60};

}  // namespace

LoopThread::LoopThread(const MakeLoop& make, Clock& clock, Log& log)
    : clock_(clock), log_(log), loop_(make([this] { return stop_.load(); }, [this](const ProgressStep&) { beat(); })) {
  beat();
}

LoopThread::~LoopThread() {
  ask_to_stop();
  join();
}

void LoopThread::start() {
  thread_ = std::thread([this] { run(); });
}

void LoopThread::wake() {
  loop_->wake();
  look();
}

void LoopThread::list_soon() {
  loop_->list_soon();
  look();
}

void LoopThread::look() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

void LoopThread::ask_to_stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
}

void LoopThread::join() {
  if (thread_.joinable()) thread_.join();
}

std::chrono::seconds LoopThread::silent_for() const {
  if (resting_ || ended_) return std::chrono::seconds{0};
  const auto beat_at = Steady::time_point(Steady::duration(beat_at_.load()));
  return std::chrono::duration_cast<std::chrono::seconds>(Steady::now() - beat_at);
}

void LoopThread::beat() {
  beat_at_ = Steady::now().time_since_epoch().count();
}

void LoopThread::run() {
  while (!stop_) {
    step();
    rest();
  }
  ended_ = true;
}

void LoopThread::step() {
  beat();
  resting_ = false;
  try {
    loop_->step();
  } catch (const std::exception& error) {
    log_.error(std::string("a step failed in a way that nobody foresaw: ") + error.what(),
               {{"tracker", loop_->status().tracker}});
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, k_after_surprise, [this] { return stop_.load(); });
  }
  resting_ = true;
}

void LoopThread::rest() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    const auto left = loop_->next_at() - clock_.now();
    if (left <= Seconds{0}) break;
    changed_.wait_for(lock, std::min(left, k_longest_rest), [this] { return stop_ || woken_; });
    woken_ = false;
  }
}

}  // namespace cb
