// How far a long run is: on a terminal one line that is written over, with a bar, rate and time left; elsewhere a plain
// line from time to time, so that logs stay readable. A value with a clock's instants put in; writes to one stream.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "bridge/sync/engine.hpp"

namespace cb {

class ProgressBar {
 public:
  // `what`: the tracker. `columns`: of the terminal.
  ProgressBar(std::ostream& out, std::string what, bool terminal, int columns = 80);
  void show(const ProgressStep& step, Instant now);
  // Leaves the terminal's line empty; elsewhere the last step is a line too.
  void end();

 private:
  [[nodiscard]] std::string text(const ProgressStep& step, Instant now) const;
  [[nodiscard]] std::string rate_and_left(const ProgressStep& step, Instant now) const;

  std::ostream& out_;
  std::string what_;
  bool terminal_;
  int columns_;
  std::optional<Instant> began_;  // with issues, not with the list
  int began_with_ = 0;
  std::optional<Instant> shown_at_;
  std::string shown_doing_;
  std::string unshown_;  // the last step, in words, when it was not shown
};

}  // namespace cb
