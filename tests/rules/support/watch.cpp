#include "tests/rules/support/watch.hpp"

namespace cb::testing {

void Watch::start(Instant at, const Office& office, std::optional<Seconds> allowed) {
  const bool paused = paused_;
  *this = Watch{};
  paused_ = paused;
  started_ = true;
  start_ = cursor_ = at;
  office_ = &office;
  allowed_ = allowed;
  promised_ = allowed.has_value();
}

void Watch::run_to(Instant at) {
  if (!running() || at <= cursor_) return;
  const auto open = paused_ ? Seconds{0} : office_->open_between(cursor_, at);
  if (allowed_ && !reached_ && used_ + open >= *allowed_) reached_ = office_->after(cursor_, *allowed_ - used_);
  used_ += open;
  cursor_ = at;
  if (reached_ && at > *reached_) late_ = true;
}

void Watch::change(Instant at, const Office& office, std::optional<Seconds> allowed) {
  office_ = &office;
  if (late_) return;  // a lowered priority never un-breaches
  if (!allowed && allowed_) {
    without_ = at;
    used_then_ = used_;
    allowed_then_ = allowed_;
  }
  if (allowed) {
    without_.reset();
    promised_ = true;
  }
  allowed_ = allowed;
  const bool kept = !allowed_ && reached_ && at <= *reached_;  // ended at the very deadline
  if (kept || (allowed_ && *allowed_ > used_)) reached_.reset();
}

void Watch::missed(Instant due) {
  reached_ = due;
  late_ = true;
}

void Watch::drop(std::optional<Instant> at) {
  if (!started_ && (!at || !stopped_)) stopped_ = at;
}

void Watch::stop() {
  if (running()) stopped_ = cursor_;
}

void Watch::cancel() {
  if (!running()) return;
  stopped_ = cursor_;
  cancelled_ = true;
}

void Watch::go_on(Instant at) {
  stopped_.reset();
  cancelled_ = false;
  cursor_ = at;
}

void Watch::skip_to(Instant at) {
  if (running()) cursor_ = at;
}

void Watch::move_start(Instant at) {
  start_ = cursor_ = at;
  used_ = Seconds{0};
}

Instant Watch::due() const {
  if (reached_) return *reached_;
  return office_->after(cursor_, *allowed_ - used_);
}

}  // namespace cb::testing
