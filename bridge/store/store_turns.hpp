// Turns at one store, for several threads, and how long one waits for a file that another program keeps locked. SQLite
// is not left to wait for it: whoever waited there would hold up all the others for as long. Here each attempt is over
// at once (open_store with no busy wait), the others have their turn, and then it is tried again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "bridge/store/store.hpp"

namespace cb {

struct StoreWaits {
  std::chrono::milliseconds engine{10'000};
  std::chrono::milliseconds web{1'000};
  std::chrono::milliseconds in_a_hurry{1'000};
};

class StoreTurns {
 public:
  // engine: waits for its turn as long as it takes, and for a locked file for seconds. web: somebody waits for an
  // answer and can ask again, so it waits for both together about a second; and while somebody has just waited in vain,
  // not at all: it tries once.
  enum class Asker { engine, web };

  explicit StoreTurns(StoreWaits waits = {}) : waits_(waits) {}

  // Runs `work` when nobody else's runs. What throws StoreBusy did nothing, and is run again until the time is over.
  template <class Work>
  auto alone(Asker asker, const Work& work) {
    const auto began = Steady::now();
    for (;;) {
      try {
        const Turn turn(*this, asker, began);
        return work();
      } catch (const StoreBusy&) {
        if (!may_wait(asker, began)) throw;
      }
      pause();
    }
  }

  // From any thread: the loops are being ended. Nobody waits long for a locked file any more.
  void hurry(bool on = true);

 private:
  using Steady = std::chrono::steady_clock;
  class Turn {
   public:
    // Throws StoreBusy.
    Turn(StoreTurns& turns, Asker asker, Steady::time_point began);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    StoreTurns& turns_;
  };

  bool may_wait(Asker asker, Steady::time_point began);
  static void pause();

  StoreWaits waits_;
  std::mutex mutex_;
  std::condition_variable free_;
  bool taken_ = false;  // guarded, as all below
  bool hurried_ = false;
  Steady::time_point in_vain_{};  // until then the web does not wait
};

}  // namespace cb
