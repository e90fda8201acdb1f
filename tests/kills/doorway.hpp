// The way into a fake tracker, where a write can be held: then whoever sent it may be killed while it is on its way.
// Any number of threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "tests/trackers/fake_tracker.hpp"

namespace cb::kills {

class Doorway final : public FakeTracker {
 public:
  // Where a write is held: when it has come and is not done yet, or when it is done and not answered yet.
  enum class Place { nowhere, before_effect, before_answer };

  // `inner` must outlive it.
  explicit Doorway(FakeTracker& inner) : inner_(inner) {}

  // From now on; a write that is held goes on at the latest after five seconds.
  void hold_writes(Place place);
  // Waits until a request has come, any one or a write, or until a write is held there: false when none did.
  bool await_request(std::chrono::milliseconds longest);
  bool await_write(std::chrono::milliseconds longest);
  bool await_held(std::chrono::milliseconds longest);
  // Forgets what came, and lets go what is held.
  void reset();
  // As long as it is held, nobody gets in.
  [[nodiscard]] std::unique_lock<std::mutex> closed() const { return hold(); }

 private:
  HttpResponse answer(const HttpRequest& request) override;
  void hold_at(Place place);
  bool await(std::chrono::milliseconds longest, const int& count);

  FakeTracker& inner_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Place place_ = Place::nowhere;
  int came_ = 0, written_ = 0, held_ = 0;
};

}  // namespace cb::kills
