#include "bridge/service/notifier_threads.hpp"

#include <algorithm>

namespace cb {

namespace {
constexpr std::chrono::seconds k_look{3};
}

// Tells every k-th target, from its number on.
struct NotifierThreads::Worker {
  std::size_t number;
  std::unique_ptr<Chance> chance;
  Notifier notifier;
  std::unique_ptr<Thread> thread{};
};

NotifierThreads::NotifierThreads(const Parts& parts) : log_(parts.log), changed_(parts.threads.make_bell()) {
  const auto many = std::clamp<std::size_t>(parts.routes.size(), 1, k_most_notifier_threads);
  for (std::size_t i = 0; i < many; ++i) {
    auto chance = parts.chance();
    auto& its_chance = *chance;
    workers_.push_back(std::make_unique<Worker>(
        Worker{i, std::move(chance), Notifier({parts.store, parts.clock, its_chance, parts.log, parts.routes}), {}}));
  }
  running_ = static_cast<int>(many);
  for (auto& worker : workers_)
    worker->thread =
        parts.threads.start([this, to = worker.get(), end = at_the_end([this] { --running_; })] { run(*to); });
}

NotifierThreads::~NotifierThreads() {
  ask_to_stop();
  for (auto& worker : workers_) worker->thread->join();
}

void NotifierThreads::ask_to_stop() {
  changed_->ring([this] { stop_ = true; });
}

void NotifierThreads::run(Worker& worker) {
  while (!stop_) {
    try {
      work(worker);
    } catch (const std::exception& error) {
      tell_once(worker, error.what());
    }
    changed_->wait(k_look, [this] { return stop_.load(); });
  }
}

void NotifierThreads::work(Worker& worker) {
  if (worker.number == 0) worker.notifier.give_up_unknown();
  const auto& routes = worker.notifier.routes();
  for (auto i = worker.number; i < routes.size(); i += workers_.size()) {
    worker.notifier.tell(routes[i], [this] { return stop_.load(); });
  }
  const std::lock_guard lock(mutex_);
  told_.erase(worker.number);
}

// The store, mostly: each loop tells that too, so here it is told once for all threads.
void NotifierThreads::tell_once(const Worker& worker, const std::string& error) {
  const std::lock_guard lock(mutex_);
  const bool known = std::any_of(told_.begin(), told_.end(), [&](const auto& each) { return each.second == error; });
  told_[worker.number] = error;
  if (!known) log_.error("notifications cannot be sent: " + error);
}

}  // namespace cb
