#include "bridge/store/store_turns.hpp"

#include <algorithm>
#include <thread>

namespace cb {

namespace {

constexpr std::chrono::milliseconds k_pause{25};
constexpr std::chrono::milliseconds k_known_as_locked{1'000};

}  // namespace

StoreTurns::Turn::Turn(StoreTurns& turns, Asker asker, Steady::time_point began) : turns_(turns) {
  std::unique_lock lock(turns_.mutex_);
  const auto is_free = [&] { return !turns_.taken_; };
  if (asker == Asker::engine) {
    turns_.free_.wait(lock, is_free);
  } else if (!turns_.free_.wait_until(lock, began + turns_.waits_.web, is_free)) {
    throw StoreBusy("the store is busy with other work of the bridge; try again in a few seconds");
  }
  turns_.taken_ = true;
}

StoreTurns::Turn::~Turn() {
  {
    const std::lock_guard lock(turns_.mutex_);
    turns_.taken_ = false;
  }
  turns_.free_.notify_one();
}

bool StoreTurns::may_wait(Asker asker, Steady::time_point began) {
  const std::lock_guard lock(mutex_);
  const auto now = Steady::now();
  auto longest = asker == Asker::web ? waits_.web : waits_.engine;
  if (hurried_) longest = std::min(longest, waits_.in_a_hurry);
  if (asker == Asker::web && now < in_vain_) return false;
  if (now + k_pause < began + longest) return true;
  if (asker == Asker::web) in_vain_ = now + k_known_as_locked;
  return false;
}

void StoreTurns::pause() {
  std::this_thread::sleep_for(k_pause);
}

void StoreTurns::hurry(bool on) {
  const std::lock_guard lock(mutex_);
  hurried_ = on;
}

}  // namespace cb
