#include "tests/simulation/turns.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "tests/support/failing.hpp"

namespace cb::simulation {

void Turns::at(Moment when, std::function<void()> action) {
  events_.emplace(std::pair(std::max(when, now_), ++planned_), std::move(action));
}

void Turns::run_until(Moment end, const std::function<bool()>& stop) {
  while (!events_.empty() && events_.begin()->first.first <= end && !stop()) {
    auto next = events_.extract(events_.begin());
    at_once_ = next.key().first == now_ ? at_once_ + 1 : 0;
    most_at_once_ = std::max(most_at_once_, at_once_);
    now_ = next.key().first;
    next.mapped()();
  }
  if (!stop()) now_ = std::max(now_, end);
}

FiberId Turns::spawn(std::function<void()> body) {
  const auto id = ++last_id_;
  auto& line = lines_[id];
  line.fiber = std::make_unique<Fiber>([this, body = std::move(body), id] {
    try {
      if (!lines_.at(id).killed) body();
    } catch (const Crash&) {
      // Whoever threw it has told.
    }
  });
  plan_resume(id, line, now_);
  return id;
}

void Turns::plan_resume(FiberId id, Line& line, Moment when) {
  const auto ticket = ++line.ticket;
  at(when, [this, id, ticket] { resume(id, ticket); });
}

void Turns::resume(FiberId id, std::int64_t ticket) {
  const auto found = lines_.find(id);
  if (found == lines_.end() || found->second.ticket != ticket) return;
  if (is_frozen()) {
    plan_resume(id, found->second, frozen_until_);
    return;
  }
  ++found->second.ticket;
  run(id, found->second);
}

void Turns::run(FiberId id, Line& line) {
  auto* const line_before = std::exchange(running_, &line);
  const auto id_before = std::exchange(running_id_, id);
  line.fiber->resume();
  running_ = line_before;
  running_id_ = id_before;
  if (line.fiber->ended()) lines_.erase(id);
}

void Turns::wait(Micros time, bool may_be_nudged) {
  auto& line = *running_;
  // While an exception passes by, nobody may wait.
  if (line.killed && std::uncaught_exceptions() > 0) return;
  if (line.killed) throw Crash{"the process ended"};
  line.may_be_nudged = may_be_nudged;
  plan_resume(running_id_, line, now_ + std::max(time, Micros{0}));
  line.fiber->leave();
  line.may_be_nudged = false;
  if (line.killed) throw Crash{"the process ended"};
}

void Turns::pause(Micros time) {
  wait(time, false);
}

void Turns::rest(Micros time) {
  wait(time, true);
}

void Turns::nudge(FiberId fiber) {
  const auto found = lines_.find(fiber);
  if (found != lines_.end() && found->second.may_be_nudged) plan_resume(fiber, found->second, now_);
}

void Turns::join(FiberId fiber) {
  constexpr Micros k_look{10'000};
  while (lines_.count(fiber) > 0) {
    if (running_ == nullptr || running_->killed) return kill(fiber);
    plan_resume(running_id_, *running_, now_ + k_look);
    running_->fiber->leave();
  }
}

void Turns::kill(FiberId id) {
  auto& line = lines_.at(id);
  line.killed = true;
  ++line.ticket;
  run(id, line);
}

void Turns::kill_all() {
  while (!lines_.empty()) kill(lines_.begin()->first);
}

}  // namespace cb::simulation
