#include "bridge/service/stoppable_clock.hpp"

namespace cb {

void StoppableClock::sleep(Seconds duration) {
  ended_->wait(duration, [this] { return stopped_.load(); });
}

void StoppableClock::stop() {
  ended_->ring([this] { stopped_ = true; });
}

}  // namespace cb
