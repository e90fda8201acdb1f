#include "rules/clock.hpp"

#include <algorithm>

#include "rules/clock_bench.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

bool is_staff_for(const Issue& issue, Role role, const Author& who) {
  return role == Role::staff && !same_person(who, issue.reporter);
}

// When staff who did not report the issue answered: in public, or by solving it without a word (rulings 14, 28).
std::optional<Instant> answered(const Bench& bench) {
  std::optional<Instant> out;
  const auto& comments = bench.input.timeline.comments;
  const auto comment = std::find_if(comments.begin(), comments.end(), [&](const CommentMark& each) {
    return each.everybody && in_cycle(bench.cycle, each.at) && is_staff_for(bench.input.issue, each.by, *each.who);
  });
  if (comment != comments.end()) out = comment->at;
  const auto& solutions = bench.cycle.solutions;
  const auto solution = std::find_if(solutions.begin(), solutions.end(), [&](const PhaseChange* each) {
    return is_staff_for(bench.input.issue, each->by, *each->who);
  });
  if (solution != solutions.end() && (!out || (*solution)->at < *out)) out = (*solution)->at;
  const auto ended = bench.ended();
  return out && ended && *out > *ended ? std::nullopt : out;
}

// Solved by anybody else, or withdrawn, it needs no answer any more (rulings 14, 20, 60), unless it is reopened.
std::optional<ClockReading> first_response(const Bench& bench) {
  return read_clock(bench, ClockName::first_response,
                    {bench.cycle.start, answered(bench), bench.ended(), united(bench.cycle.solved)});
}

// Public staff comments from the first response on, or from the order on where that came later (ruling 13).
std::vector<Instant> updates(const Bench& bench, Instant answer) {
  std::vector<Instant> out;
  for (const auto& comment : bench.input.timeline.comments) {
    if (!comment.everybody || comment.by != Role::staff || comment.at < answer || !in_cycle(bench.cycle, comment.at)) {
      continue;
    }
    const auto at = std::max(comment.at, bench.start());
    if (out.empty() || at > out.back()) out.push_back(at);
  }
  return out;
}

std::optional<ClockReading> next_update(const Bench& bench) {
  const auto name = ClockName::next_update;
  const auto answer = answered(bench);
  if (!answer || bench.waits_for_order()) return read_not_started(bench, name);
  const auto starts = updates(bench, *answer);
  const auto ended = bench.ended();
  if (starts.empty() || (ended && starts.front() > *ended)) return read_not_started(bench, name);
  const auto pauses = pauses_of(bench);
  std::optional<ClockReading> out;
  bool late = false;
  for (std::size_t at = 0; at < starts.size(); ++at) {
    const bool last = at + 1 == starts.size() || (ended && starts[at + 1] > *ended);
    Course course{starts[at], bench.cycle.resolved, bench.dropped(), pauses};
    if (!last) course = {starts[at], starts[at + 1], {}, pauses};
    std::optional<Instant> ignored;
    const Bench part{bench.input, bench.cycle, last ? bench.recheck : ignored};
    // where the priority promises no further update, the one before stays to be seen
    if (auto reading = read_clock(part, name, course)) {
      late = late || reading->state == ClockState::breached;
      out = std::move(reading);
    }
    if (last) break;
  }
  if (late) out->state = ClockState::breached;  // for the rest of the cycle
  return out;
}

std::optional<ClockReading> workaround(const Bench& bench) {
  const auto name = ClockName::workaround;
  if (bench.waits_for_order()) return read_not_started(bench, name);
  Course course{bench.start(), bench.first_solution(), bench.dropped(),
                work_pauses(bench, bench.plan().pause_on_third_party)};
  const auto& wanted = bench.input.facts.workaround_value;
  for (const auto& change : bench.input.facts.workarounds) {
    const bool yes = !change.value.empty() && (wanted.empty() || same_name(wanted, change.value));
    if (!yes || !counts(change, bench.input.facts.workarounds) || !in_cycle(bench.cycle, change.at)) continue;
    const auto at = std::max(change.at, course.start);
    if (!course.stopped || at < *course.stopped) course.stopped = at;
    break;
  }
  return read_clock(bench, name, course);
}

std::optional<ClockReading> resolution(const Bench& bench) {
  const auto name = ClockName::resolution;
  if (bench.waits_for_order()) return read_not_started(bench, name);
  return read_clock(
      bench, name,
      {bench.start(), bench.cycle.resolved, bench.dropped(), work_pauses(bench, bench.plan().pause_on_third_party)});
}

bool takes_part(const ClockReading& clock) {
  return clock.state != ClockState::not_started && clock.state != ClockState::cancelled &&
         clock.name != ClockName::confirmation;
}

}  // namespace

std::vector<ClockReading> read_clocks(const ClockInput& input, const Cycle& cycle, std::optional<Instant>& recheck) {
  const Bench bench{input, cycle, recheck};
  std::vector<ClockReading> out;
  for (auto reading : {first_response(bench), next_update(bench), state_fix_date(bench), keep_fix_date(bench),
                       workaround(bench), resolution(bench), confirmation(bench)}) {
    if (reading) out.push_back(std::move(*reading));
  }
  return out;
}

SlaState sla_state_of(const std::vector<ClockReading>& clocks) {
  int finished = 0, paused = 0, running = 0;
  bool at_risk = false;
  for (const auto& clock : clocks) {
    if (!takes_part(clock)) continue;
    if (clock.state == ClockState::breached) return SlaState::breached;
    at_risk = at_risk || clock.state == ClockState::at_risk;
    finished += clock.state == ClockState::met;
    paused += clock.state == ClockState::paused;
    running += clock.state == ClockState::running;
  }
  if (at_risk) return SlaState::at_risk;
  if (running > 0) return SlaState::ok;
  if (paused > 0) return SlaState::paused;
  return finished > 0 ? SlaState::met : SlaState::none;
}

std::optional<Instant> next_due_of(const std::vector<ClockReading>& clocks) {
  std::optional<Instant> out;
  for (const auto& clock : clocks) {
    const bool open = !clock.stopped && takes_part(clock) && clock.state != ClockState::met;
    if (open && clock.due && (!out || *clock.due < *out)) out = clock.due;
  }
  return out;
}

}  // namespace cb
