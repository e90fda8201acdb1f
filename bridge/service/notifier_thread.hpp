// The thread that drives a Notifier: it looks every few seconds, and sends what is due.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "bridge/service/notifier.hpp"

namespace cb {

class NotifierThread {
 public:
  // Begins at once. What `parts` refers to must outlive it.
  explicit NotifierThread(NotifierParts parts);
  // Ends after the request that is under way.
  ~NotifierThread();
  NotifierThread(const NotifierThread&) = delete;
  NotifierThread& operator=(const NotifierThread&) = delete;
  void ask_to_stop();

 private:
  void run();

  Log& log_;
  Notifier notifier_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace cb
