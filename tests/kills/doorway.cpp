#include "tests/kills/doorway.hpp"

namespace cb::kills {

namespace {

constexpr std::chrono::seconds k_longest_hold{5};

}  // namespace

void Doorway::hold_writes(Place place) {
  const std::lock_guard lock(mutex_);
  place_ = place;
}

bool Doorway::await(std::chrono::milliseconds longest, const int& count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, longest, [&] { return count > 0; });
}

bool Doorway::await_request(std::chrono::milliseconds longest) {
  return await(longest, came_);
}

bool Doorway::await_write(std::chrono::milliseconds longest) {
  return await(longest, written_);
}

bool Doorway::await_held(std::chrono::milliseconds longest) {
  return await(longest, held_);
}

void Doorway::reset() {
  {
    const std::lock_guard lock(mutex_);
    place_ = Place::nowhere;
    came_ = written_ = held_ = 0;
  }
  changed_.notify_all();
}

void Doorway::hold_at(Place place) {
  std::unique_lock lock(mutex_);
  if (place_ != place) return;
  ++held_;
  changed_.notify_all();
  changed_.wait_for(lock, k_longest_hold, [&] { return place_ == Place::nowhere; });
}

HttpResponse Doorway::answer(const HttpRequest& request) {
  const bool writes = request.method != "GET";
  {
    const std::lock_guard lock(mutex_);
    ++came_;
  }
  changed_.notify_all();
  if (writes) hold_at(Place::before_effect);
  auto response = inner_.handle(request);
  if (!writes) return response;
  {
    const std::lock_guard lock(mutex_);
    ++written_;
  }
  changed_.notify_all();
  hold_at(Place::before_answer);
  return response;
}

}  // namespace cb::kills
