#include "rules/clock_bench.hpp"

#include "rules/eras.hpp"

namespace cb {
namespace {

std::optional<Instant> earliest(std::optional<Instant> a, std::optional<Instant> b) {
  return a && b ? std::min(*a, *b) : a ? a : b;
}

}  // namespace

std::optional<Instant> Bench::dropped() const {
  const auto declined = waits_for_order() ? input.terms.order_declined : std::nullopt;
  return earliest(earliest(cycle.withdrawn, declined), input.terms.service_ends);
}

std::optional<Instant> Bench::ended() const {
  return earliest(cycle.resolved, dropped());
}

std::optional<Instant> Bench::first_solution() const {
  const auto first = std::find_if(cycle.solutions.begin(), cycle.solutions.end(),
                                  [&](const PhaseChange* each) { return each->at >= start(); });
  return first == cycle.solutions.end() ? cycle.resolved : std::optional((*first)->at);
}

bool in_cycle(const Cycle& cycle, Instant at) {
  return cycle.start <= at && at < cycle.end;
}

std::vector<Span> pauses_of(const Bench& bench) {
  auto out = spans_in(bench.input.timeline, bench.cycle, {Phase::waiting_for_customer});
  out.insert(out.end(), bench.cycle.solved.begin(), bench.cycle.solved.end());
  return united(std::move(out));
}

std::vector<Span> work_pauses(const Bench& bench, bool third_party) {
  auto out = pauses_of(bench);
  for (auto span : spans_in(bench.input.timeline, bench.cycle, {Phase::waiting_for_order})) {
    if (const auto& approved = bench.input.terms.order_approved) span.to = std::min(span.to, *approved);
    if (span.from < span.to) out.push_back(span);
  }
  if (third_party) {
    const auto spans = spans_in(bench.input.timeline, bench.cycle, {Phase::waiting_for_third_party});
    out.insert(out.end(), spans.begin(), spans.end());
  }
  return united(std::move(out));
}

bool counts(const ValueChange& change, const std::vector<ValueChange>& all) {
  return &change == &all.front() || is_ours(change.by);
}

std::optional<ClockReading> read_clock(const Bench& bench, ClockName name, const Course& course) {
  const auto eras = eras_of(name, bench.input, course.start);
  auto out = read_course(name, eras, bench.era_rules(), course, bench.plan().warn_at, bench.input.now, bench.recheck);
  if (out) out->cycle = bench.cycle.number;
  return out;
}

ClockReading not_started(ClockName name, const Bench& bench) {
  auto out = not_started(name, bench.input.terms.calendar, bench.cycle.number);
  if (const auto dropped = bench.dropped()) {
    out.state = ClockState::cancelled;
    out.stopped = dropped;
  }
  return out;
}

std::optional<ClockReading> read_not_started(const Bench& bench, ClockName name) {
  const auto eras = eras_of(name, bench.input, bench.cycle.start);
  if (eras.empty() || !eras.back().target) return std::nullopt;
  auto out = not_started(name, bench);
  if (const auto target = open_time_of(*eras.back().target, *eras.back().calendar, bench.cycle.start)) {
    out.target = target;
    out.used = BusinessTime{};
    out.left = target;
  }
  return out;
}

}  // namespace cb
