// The threads that drive notifiers: each target has its own, so that one that is slow or dead keeps no other waiting;
// where there are very many, some share one. They look every few seconds, and send what is due.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bridge/ports/threads.hpp"
#include "bridge/service/notifier.hpp"

namespace cb {

// So many threads at most.
inline constexpr std::size_t k_most_notifier_threads = 16;

class NotifierThreads {
 public:
  struct Parts {
    Store& store;  // safe for several threads
    Clock& clock;
    Log& log;
    Threads& threads;
    std::function<std::unique_ptr<Chance>()> chance;  // one for each thread
    std::vector<NotificationRoute> routes;
  };
  // They begin at once, one also where nobody is to be told: what waits for somebody who is not configured any more is
  // given up. What `parts` refers to must outlive them.
  explicit NotifierThreads(const Parts& parts);
  // Ends after the requests that are under way.
  ~NotifierThreads();
  NotifierThreads(const NotifierThreads&) = delete;
  NotifierThreads& operator=(const NotifierThreads&) = delete;
  void ask_to_stop();
  [[nodiscard]] bool ended() const { return running_ == 0; }

 private:
  struct Worker;
  void run(Worker& worker);
  void work(Worker& worker);
  void tell_once(const Worker& worker, const std::string& error);

  Log& log_;
  std::unique_ptr<Bell> changed_;
  std::mutex mutex_;                         // guards told_
  std::map<std::size_t, std::string> told_;  // the error of each worker that failed last time
  std::atomic<bool> stop_ = false;
  std::atomic<int> running_ = 0;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace cb
