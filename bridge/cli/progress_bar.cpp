#include "bridge/cli/progress_bar.hpp"

#include <algorithm>
#include <cstdio>
#include <ostream>

namespace cb {

namespace {

constexpr Seconds k_between_lines{30};
constexpr int k_bar = 24;
constexpr int k_smallest_bar = 4;

// What the words leave of the line; empty where that is too little to be seen.
std::string bar(int done, int total, int room) {
  const auto width = std::min(room - 3, k_bar);  // its ends and a blank
  if (width < k_smallest_bar) return {};
  const auto full = std::clamp(static_cast<int>(static_cast<long long>(width) * done / std::max(total, 1)), 0, width);
  std::string text = "[";
  for (int i = 0; i < width; ++i) text += i < full ? '#' : '.';
  return text + "] ";
}

std::string one_decimal(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", number);
  return text;
}

}  // namespace

ProgressBar::ProgressBar(std::ostream& out, std::string what, bool terminal, int columns)
    : out_(out), what_(std::move(what)), terminal_(terminal), columns_(columns) {}

void ProgressBar::show(const ProgressStep& step, Instant now) {
  if (step.total > 0 && !began_) {
    began_ = now;
    began_with_ = step.done;
  }
  const bool of_new_kind =
      shown_doing_.empty() != step.doing.empty() || ((shown_doing_ == "listing") != (step.doing == "listing"));
  // A terminal is written each second, a log every half minute, and when something else begins.
  const auto pause = terminal_ ? Seconds{1} : k_between_lines;
  if (!of_new_kind && shown_at_ && now - *shown_at_ < pause) {
    if (!terminal_) unshown_ = text(step, now);
    return;
  }
  unshown_.clear();
  shown_at_ = now;
  shown_doing_ = step.doing;
  auto line = text(step, now);
  if (!terminal_) {
    out_ << line << '\n' << std::flush;
    return;
  }
  if (static_cast<int>(line.size()) >= columns_) line.resize(static_cast<std::size_t>(std::max(columns_ - 1, 1)));
  out_ << "\r\x1b[K" << line << std::flush;
}

void ProgressBar::end() {
  if (terminal_ && shown_at_) out_ << "\r\x1b[K" << std::flush;
  if (!unshown_.empty()) out_ << unshown_ << '\n' << std::flush;
}

std::string ProgressBar::text(const ProgressStep& step, Instant now) const {
  if (step.total == 0) return what_ + ": listing, " + std::to_string(step.done) + " issues so far";
  const auto percent = static_cast<int>(100LL * step.done / step.total);
  const auto head = what_ + ": ";
  const auto words = std::to_string(step.done) + " of " + std::to_string(step.total) + " issues (" +
                     std::to_string(percent) + " %)" +
                     (step.done == began_with_ && step.read > 0 ? ", " + std::to_string(step.read) + " read" : "") +
                     rate_and_left(step, now);
  const auto room = columns_ - 1 - static_cast<int>(head.size() + words.size());
  return head + (terminal_ ? bar(step.done, step.total, room) : "") + words;
}

std::string ProgressBar::rate_and_left(const ProgressStep& step, Instant now) const {
  const auto seconds = began_ ? (now - *began_).count() : 0;
  const auto done = step.done - began_with_;
  if (seconds <= 0 || done <= 0) return {};
  const auto rate = static_cast<double>(done) / static_cast<double>(seconds);
  const auto left = static_cast<double>(step.total - step.done) / rate;
  return ", " + one_decimal(rate) + " a second, " + duration_text(Seconds(static_cast<Seconds::rep>(left))) + " left";
}

}  // namespace cb
