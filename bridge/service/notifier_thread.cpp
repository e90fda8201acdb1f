#include "bridge/service/notifier_thread.hpp"

namespace cb {

namespace {
constexpr std::chrono::seconds k_look{3};
}

NotifierThread::NotifierThread(NotifierParts parts)
    : log_(parts.log), notifier_(std::move(parts)), thread_([this] { run(); }) {}

NotifierThread::~NotifierThread() {
  ask_to_stop();
  thread_.join();
}

void NotifierThread::ask_to_stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
}

void NotifierThread::run() {
  std::string told;
  while (!stop_) {
    try {
      notifier_.step([this] { return stop_.load(); });
      told.clear();
    } catch (const std::exception& error) {
      // The store, mostly: each loop tells that too, so here it is told once.
      if (told != error.what()) log_.error(std::string("notifications cannot be sent: ") + error.what());
      told = error.what();
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, k_look, [this] { return stop_.load(); });
  }
}

}  // namespace cb
