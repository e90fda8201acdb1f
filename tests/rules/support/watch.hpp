// One clock while it is walked: started, counting or paused, its deadline reached or not, stopped. It counts open time
// only when told to go on to an instant, so whoever holds it must call run_to() before anything changes.
#pragma once

#include <optional>

#include "rules/time.hpp"
#include "tests/rules/support/office.hpp"

namespace cb::testing {

class Watch {
 public:
  // Without an allowance there is no promise yet, but the time passes all the same (ruling 8).
  void start(Instant at, const Office& office, std::optional<Seconds> allowed);
  void run_to(Instant at);
  void pause(bool paused) { paused_ = paused; }
  // A new allowance and calendar; what was used is kept. No allowance: the promise ends here.
  void change(Instant at, const Office& office, std::optional<Seconds> allowed);
  void missed(Instant due);              // a date that had passed when it was stated
  void drop(std::optional<Instant> at);  // withdrawn before it started
  void stop();
  void cancel();
  void go_on(Instant at);    // after a reopening
  void skip_to(Instant at);  // the time until then does not count
  void move_start(Instant at);

  [[nodiscard]] bool started() const { return started_; }
  [[nodiscard]] bool promised() const { return promised_; }
  [[nodiscard]] bool running() const { return started_ && !stopped_; }
  [[nodiscard]] bool late() const { return late_; }
  [[nodiscard]] bool paused() const { return paused_; }
  [[nodiscard]] bool cancelled() const { return !late_ && (cancelled_ || !allowed_); }
  [[nodiscard]] Seconds counted() const { return used_; }
  [[nodiscard]] Instant begun() const { return start_; }
  [[nodiscard]] Seconds used() const { return without_ && !late_ ? used_then_ : used_; }
  [[nodiscard]] std::optional<Seconds> allowed() const { return allowed_ ? allowed_ : allowed_then_; }
  [[nodiscard]] std::optional<Instant> stopped() const { return without_ && !late_ ? without_ : stopped_; }
  [[nodiscard]] Instant due() const;  // of a clock that is not paused

 private:
  bool started_ = false;
  bool promised_ = false;
  bool paused_ = false;
  bool cancelled_ = false;
  bool late_ = false;
  Instant start_, cursor_;
  const Office* office_ = nullptr;
  Seconds used_{0};
  std::optional<Seconds> allowed_;
  std::optional<Instant> reached_;  // the deadline, once it was reached
  std::optional<Instant> stopped_;
  std::optional<Instant> without_;  // since when there is no promise any more
  std::optional<Seconds> allowed_then_;
  Seconds used_then_{0};
};

}  // namespace cb::testing
