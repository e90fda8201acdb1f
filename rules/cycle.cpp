#include "rules/cycle.hpp"

#include <algorithm>

namespace cb {
namespace {

// A run of phases in which nobody waits.
struct Run {
  std::optional<Instant> done;
  std::optional<Instant> withdrawn;
  [[nodiscard]] std::optional<Instant> from() const {
    if (done && withdrawn) return std::min(*done, *withdrawn);
    return done ? done : withdrawn;
  }
};

}  // namespace

bool is_done(Phase phase) {
  return phase == Phase::resolved || phase == Phase::closed;
}
bool is_waiting(Phase phase) {
  return !is_done(phase) && phase != Phase::withdrawn;
}

std::vector<Cycle> cycles_of(const Timeline& timeline, Instant created, Seconds reopen_window) {
  std::vector<Cycle> out(1);
  out.back().start = created;
  Run run;
  const auto finish = [&](Cycle& cycle) {
    cycle.resolved = run.done;
    cycle.withdrawn = run.withdrawn;
  };
  for (const auto& change : timeline.phases) {
    if (is_done(change.phase)) {
      if (run.from()) continue;  // closed after it was solved, or after it was withdrawn
      run.done = change.at;
      out.back().solutions.push_back(&change);
    } else if (change.phase == Phase::withdrawn) {
      if (!run.withdrawn) run.withdrawn = change.at;
    } else if (const auto from = run.from()) {
      if (change.at - *from <= reopen_window) {
        out.back().solved.push_back({*from, change.at});
      } else {
        finish(out.back());
        out.back().end = change.at;
        Cycle next;
        next.number = out.back().number + 1;
        next.start = change.at;
        out.push_back(next);
      }
      run = {};
    }
  }
  finish(out.back());
  return out;
}

std::vector<Span> spans_in(const Timeline& timeline, const Cycle& cycle, const std::vector<Phase>& phases) {
  std::vector<Span> out;
  for (std::size_t at = 0; at < timeline.phases.size(); ++at) {
    const auto& change = timeline.phases[at];
    if (std::find(phases.begin(), phases.end(), change.phase) == phases.end()) continue;
    const auto until = at + 1 < timeline.phases.size() ? timeline.phases[at + 1].at : k_never;
    const Span span{std::max(change.at, cycle.start), std::min(until, cycle.end)};
    if (span.from < span.to) out.push_back(span);
  }
  return out;
}

}  // namespace cb
