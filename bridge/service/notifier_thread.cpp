#include "bridge/service/notifier_thread.hpp"

namespace cb {

namespace {
constexpr std::chrono::seconds k_look{3};
}

NotifierThread::NotifierThread(NotifierParts parts, Threads& threads)
    : log_(parts.log),
      notifier_(std::move(parts)),
      changed_(threads.make_bell()),
      thread_(threads.start([this] { run(); })) {}

NotifierThread::~NotifierThread() {
  ask_to_stop();
  thread_->join();
}

void NotifierThread::ask_to_stop() {
  changed_->ring([this] { stop_ = true; });
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
    changed_->wait(k_look, [this] { return stop_.load(); });
  }
}

}  // namespace cb
