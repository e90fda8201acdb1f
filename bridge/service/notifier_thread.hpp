// The thread that drives a Notifier: it looks every few seconds, and sends what is due.
#pragma once

#include <atomic>
#include <memory>

#include "bridge/ports/threads.hpp"
#include "bridge/service/notifier.hpp"

namespace cb {

class NotifierThread {
 public:
  // Begins at once. `threads` and what `parts` refers to must outlive it.
  NotifierThread(NotifierParts parts, Threads& threads);
  // Ends after the request that is under way.
  ~NotifierThread();
  NotifierThread(const NotifierThread&) = delete;
  NotifierThread& operator=(const NotifierThread&) = delete;
  void ask_to_stop();

 private:
  void run();

  Log& log_;
  Notifier notifier_;
  std::unique_ptr<Bell> changed_;
  std::atomic<bool> stop_ = false;
  std::unique_ptr<Thread> thread_;
};

}  // namespace cb
