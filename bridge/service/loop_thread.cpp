#include "bridge/service/loop_thread.hpp"

#include <algorithm>
#include <utility>

namespace cb {

namespace {

// Longer rests are taken in pieces, so that a clock that was set, or a machine that slept, is noticed soon.
constexpr Seconds k_longest_rest{15};
// After a step that failed in a way nobody foresaw.
constexpr Seconds k_after_surprise{60};

}  // namespace

LoopThread::LoopThread(const MakeLoop& make, Clock& clock, Log& log, Threads& threads)
    : clock_(clock),
      log_(log),
      threads_(threads),
      loop_(make([this] { return stop_.load(); }, [this](const ProgressStep&) { beat(); })),
      changed_(threads.make_bell()) {
  beat();
}

LoopThread::~LoopThread() {
  ask_to_stop();
  join();
}

void LoopThread::start() {
  thread_ = threads_.start([this, end = at_the_end([this] { ended_ = true; })] { run(); });
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
  changed_->ring([this] { woken_ = true; });
}

void LoopThread::ask_to_stop() {
  changed_->ring([this] { stop_ = true; });
}

void LoopThread::join() {
  if (thread_) thread_->join();
}

std::chrono::seconds LoopThread::silent_for() const {
  if (resting_ || ended_) return std::chrono::seconds{0};
  const auto beat_at = Threads::Moment(Threads::Moment::duration(beat_at_.load()));
  return std::chrono::duration_cast<std::chrono::seconds>(threads_.now() - beat_at);
}

void LoopThread::beat() {
  beat_at_ = threads_.now().time_since_epoch().count();
}

void LoopThread::run() {
  while (!stop_) {
    step();
    rest();
  }
}

void LoopThread::step() {
  beat();
  resting_ = false;
  try {
    loop_->step();
  } catch (const std::exception& error) {
    log_.error(std::string("a step failed in a way that nobody foresaw: ") + error.what(),
               {{"tracker", loop_->status().tracker}});
    changed_->wait(k_after_surprise, [this] { return stop_.load(); });
  }
  resting_ = true;
}

// Whoever wakes the loop tells it first and rings then: what comes after the question for the next step is not missed.
void LoopThread::rest() {
  while (!stop_) {
    const auto left = loop_->next_at() - clock_.now();
    if (left <= Seconds{0}) break;
    changed_->wait(std::min(left, k_longest_rest), [this] { return stop_ || std::exchange(woken_, false); });
  }
}

}  // namespace cb
