#include "bridge/http/web_workers.hpp"

#include <exception>

namespace cb {

WebWorkers::WebWorkers(Limits limits, Handler handler, Fault fault, Done done)
    : limits_(limits), handler_(std::move(handler)), fault_(std::move(fault)), done_(std::move(done)) {
  for (unsigned i = 0; i < limits_.threads; ++i) threads_.emplace_back([this] { work(); });
}

bool WebWorkers::take(std::uint64_t connection, WebRequest request) {
  {
    const std::lock_guard lock(mutex_);
    if (over_ || jobs_.size() >= limits_.waiting) return false;
    jobs_.push_back({connection, std::move(request)});
  }
  changed_.notify_one();
  return true;
}

void WebWorkers::stop() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
    jobs_.clear();
  }
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void WebWorkers::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return over_ || !jobs_.empty(); });
    if (over_) return;
    const auto job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    done_(job.connection, answer_to(job.request));
  }
}

// Whatever a handler throws, the service goes on: this is the boundary of one request.
WebAnswer WebWorkers::answer_to(const WebRequest& request) {
  try {
    return handler_(request);
  } catch (const std::exception& problem) {
    fault_(problem.what());
  } catch (...) {
    fault_("an exception without words");
  }
  return plain_answer(500, "Something went wrong here; the log of contract-bridge tells what.");
}

}  // namespace cb
