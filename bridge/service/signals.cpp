#include "bridge/service/signals.hpp"

#include <pthread.h>

#include <ctime>

namespace cb {

Signals::Signals() {
  sigemptyset(&set_);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set_, signal);
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
}

Told Signals::wait(std::chrono::milliseconds longest) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(longest);
  timespec timeout{};
  timeout.tv_sec = whole.count();
  timeout.tv_nsec = std::chrono::nanoseconds(longest - whole).count();
  switch (sigtimedwait(&set_, nullptr, &timeout)) {
    case SIGTERM:
    case SIGINT:
      return Told::to_stop;
    case SIGHUP:
      return Told::to_reload;
    default:
      return Told::nothing;
  }
}

bool Signals::has_come_to_stop() const {
  sigset_t come;
  return sigpending(&come) == 0 && (sigismember(&come, SIGTERM) == 1 || sigismember(&come, SIGINT) == 1);
}

}  // namespace cb
