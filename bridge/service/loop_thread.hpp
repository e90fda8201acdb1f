// A thread that drives one TrackerLoop: a step, then a rest until the next one is due, the loop is woken, or it is
// stopped. What goes wrong in a step is told in the log and does not end the thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "bridge/ports/threads.hpp"
#include "bridge/sync/tracker_loop.hpp"

namespace cb {

class LoopThread {
 public:
  // Makes the loop with what asks whether to stop, and with the progress that shows that the thread is alive.
  using MakeLoop = std::function<std::unique_ptr<TrackerLoop>(std::function<bool()> stop_asked, Progress progress)>;

  // `clock`, `log` and `threads` must outlive it. The thread begins with start().
  LoopThread(const MakeLoop& make, Clock& clock, Log& log, Threads& threads);
  ~LoopThread();
  LoopThread(const LoopThread&) = delete;
  LoopThread& operator=(const LoopThread&) = delete;

  void start();
  // From any thread: something was woken in the store.
  void wake();
  // From any thread: the tracker may have something new.
  void list_soon();
  // From any thread: the loop ends after the issue that it is at. join() waits for that.
  void ask_to_stop();
  void join();
  // For who starts it: whether it was started, and whether no thread is at work, also where none was started.
  [[nodiscard]] bool started() const { return thread_ != nullptr; }
  [[nodiscard]] bool ended() const { return !thread_ || ended_; }
  // Whether it waits for its next step.
  [[nodiscard]] bool rests() const { return resting_; }

  [[nodiscard]] LoopStatus status() const { return loop_->status(); }
  // By a clock that only goes forward: how long ago the thread last showed that it is alive. Not told while it rests.
  [[nodiscard]] std::chrono::seconds silent_for() const;

 private:
  void run();
  void step();
  void rest();
  void look();
  void beat();

  Clock& clock_;
  Log& log_;
  Threads& threads_;
  std::unique_ptr<TrackerLoop> loop_;
  std::unique_ptr<Bell> changed_;
  bool woken_ = false;  // under the bell's lock
  std::atomic<bool> stop_ = false;
  std::atomic<bool> ended_ = false;
  std::atomic<bool> resting_ = true;
  std::atomic<Threads::Moment::rep> beat_at_ = 0;
  std::unique_ptr<Thread> thread_;
};

}  // namespace cb
