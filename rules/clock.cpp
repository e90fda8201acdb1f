#include "rules/clock.hpp"

#include <algorithm>

#include "rules/eras.hpp"
#include "rules/reading.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

// One cycle of one issue, with what its clocks share.
struct Bench {
  const ClockInput& input;
  const Cycle& cycle;
  std::optional<Instant>& recheck;

  [[nodiscard]] const Plan& plan() const { return *input.terms.plan; }
  [[nodiscard]] EraRules era_rules() const {
    return {plan().on_priority_change == OnPriorityChange::restart, plan().raise_share};
  }
  // The instant the cycle was first solved, reopened later or not.
  [[nodiscard]] std::optional<Instant> first_solved() const {
    return cycle.solved.empty() ? cycle.resolved : std::optional(cycle.solved.front().from);
  }
  [[nodiscard]] bool waits_for_order() const { return input.terms.needs_order && !input.terms.order_approved; }
  // Where clocks other than the first response start (E9, ruling 34).
  [[nodiscard]] Instant start() const {
    return input.terms.needs_order ? std::max(cycle.start, *input.terms.order_approved) : cycle.start;
  }
};

bool in_cycle(const Cycle& cycle, Instant at) {
  return cycle.start <= at && at < cycle.end;
}

std::vector<Span> pauses_of(const Bench& bench, std::vector<Phase> phases) {
  auto out = spans_in(bench.input.timeline, bench.cycle, phases);
  return united(std::move(out));
}

// waiting_for_order pauses until the order is there, whatever the status still says.
std::vector<Span> work_pauses(const Bench& bench, bool third_party) {
  auto out = spans_in(bench.input.timeline, bench.cycle, {Phase::waiting_for_customer});
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

// Promised at all: by the terms of any priority the issue had in this cycle.
bool promised(const std::vector<Era>& eras) {
  return std::any_of(eras.begin(), eras.end(), [](const Era& era) { return era.target.has_value(); });
}

std::optional<ClockReading> read(const Bench& bench, ClockName name, const Course& course) {
  const auto eras = eras_of(name, bench.input, course.start);
  if (!promised(eras)) return std::nullopt;
  auto out = read_course(name, eras, bench.era_rules(), course, bench.plan().warn_at, bench.input.now, bench.recheck);
  out.cycle = bench.cycle.number;
  return out;
}

std::optional<ClockReading> read_not_started(const Bench& bench, ClockName name) {
  const auto eras = eras_of(name, bench.input, bench.cycle.start);
  if (eras.empty() || !eras.back().target) return std::nullopt;
  return not_started(name, bench.input.terms.calendar, bench.cycle.number);
}

bool is_staff_for(const Issue& issue, Role role, const Author& who) {
  return role == Role::staff && !same_person(who, issue.reporter);
}

// Public comment of staff who did not report the issue, or solved by them; solved by anybody else needs no answer
// any more (rulings 14, 28, 60).
std::optional<ClockReading> first_response(const Bench& bench) {
  Course course{bench.cycle.start, {}, bench.cycle.withdrawn, {}};
  for (const auto& comment : bench.input.timeline.comments) {
    if (comment.everybody && in_cycle(bench.cycle, comment.at) &&
        is_staff_for(bench.input.issue, comment.by, *comment.who)) {
      course.stopped = comment.at;
      break;
    }
  }
  if (const auto solved = bench.first_solved(); solved && (!course.stopped || *solved < *course.stopped)) {
    const auto* by = bench.cycle.resolver;
    if (by && is_staff_for(bench.input.issue, by->by, *by->who)) {
      course.stopped = solved;
    } else if (!course.cancelled || *solved < *course.cancelled) {
      course.stopped.reset();
      course.cancelled = solved;
    }
  }
  return read(bench, ClockName::first_response, course);
}

// Public staff comments from the first response on (ruling 13).
std::vector<Instant> updates(const Bench& bench, Instant from) {
  std::vector<Instant> out;
  for (const auto& comment : bench.input.timeline.comments) {
    if (comment.everybody && comment.by == Role::staff && comment.at >= from && in_cycle(bench.cycle, comment.at)) {
      out.push_back(comment.at);
    }
  }
  return out;
}

std::optional<ClockReading> next_update(const Bench& bench, const std::optional<ClockReading>& response) {
  const auto name = ClockName::next_update;
  // without a promised first response the first public answer of staff starts the updates
  auto answered = response && (response->state == ClockState::met || response->state == ClockState::breached)
                      ? response->stopped
                      : std::nullopt;
  if (!response) {
    const auto all = updates(bench, bench.cycle.start);
    if (!all.empty()) answered = all.front();
  }
  if (!answered || bench.waits_for_order()) return read_not_started(bench, name);
  auto starts = updates(bench, std::max(*answered, bench.start()));
  if (starts.empty()) starts.push_back(std::max(*answered, bench.start()));
  const auto ended = bench.cycle.resolved;
  // while it was solved nothing is owed
  auto pauses = spans_in(bench.input.timeline, bench.cycle, {Phase::waiting_for_customer});
  pauses.insert(pauses.end(), bench.cycle.solved.begin(), bench.cycle.solved.end());
  pauses = united(std::move(pauses));
  std::optional<ClockReading> out;
  bool late = false;
  for (std::size_t at = 0; at < starts.size(); ++at) {
    const bool last = at + 1 == starts.size() || (ended && starts[at + 1] > *ended);
    Course course{starts[at], {}, {}, pauses};
    if (!last) {
      course.stopped = starts[at + 1];
    } else {
      course.stopped = ended && *ended >= starts[at] ? ended : std::nullopt;
      course.cancelled = bench.cycle.withdrawn;
    }
    std::optional<Instant> ignored;
    const Bench part{bench.input, bench.cycle, last ? bench.recheck : ignored};
    out = read(part, name, course);
    if (!out) return out;
    late = late || out->state == ClockState::breached;
    if (last) break;
  }
  if (late) out->state = ClockState::breached;  // for the rest of the cycle
  return out;
}

// Set by staff or robots of ours; what the reporter filled when he registered counts too (ruling 39).
bool counts(const ValueChange& change, const std::vector<ValueChange>& all) {
  return &change == &all.front() || is_ours(change.by);
}

std::optional<ClockReading> state_fix_date(const Bench& bench) {
  const auto name = ClockName::state_fix_date;
  if (bench.waits_for_order()) return read_not_started(bench, name);
  Course course{bench.start(), bench.first_solved(), bench.cycle.withdrawn, work_pauses(bench, false)};
  for (const auto& change : bench.input.facts.fix_dates) {
    if (change.value.empty() || !counts(change, bench.input.facts.fix_dates) || change.at >= bench.cycle.end) continue;
    const auto at = std::max(change.at, course.start);
    if (!course.stopped || at < *course.stopped) course.stopped = at;
    break;
  }
  return read(bench, name, course);
}

std::optional<ClockReading> workaround(const Bench& bench) {
  const auto name = ClockName::workaround;
  if (bench.waits_for_order()) return read_not_started(bench, name);
  Course course{bench.start(), bench.first_solved(), bench.cycle.withdrawn,
                work_pauses(bench, bench.plan().pause_on_third_party)};
  const auto& wanted = bench.input.facts.workaround_value;
  for (const auto& change : bench.input.facts.workarounds) {
    const bool yes = !change.value.empty() && (wanted.empty() || same_name(wanted, change.value));
    if (!yes || !counts(change, bench.input.facts.workarounds) || !in_cycle(bench.cycle, change.at)) continue;
    const auto at = std::max(change.at, course.start);
    if (!course.stopped || at < *course.stopped) course.stopped = at;
    break;
  }
  return read(bench, name, course);
}

std::optional<ClockReading> resolution(const Bench& bench) {
  const auto name = ClockName::resolution;
  if (bench.waits_for_order()) return read_not_started(bench, name);
  auto pauses = work_pauses(bench, bench.plan().pause_on_third_party);
  pauses.insert(pauses.end(), bench.cycle.solved.begin(), bench.cycle.solved.end());
  return read(bench, name, {bench.start(), bench.cycle.resolved, bench.cycle.withdrawn, united(std::move(pauses))});
}

// A stated date is kept when the issue is solved by closing time of that day (ruling 48). Each move is a new promise;
// one already missed stays missed. Emptied, the last date stays.
std::optional<ClockReading> keep_fix_date(const Bench& bench) {
  const auto name = ClockName::keep_fix_date;
  const auto calendar = bench.input.book.calendars.find(bench.input.terms.calendar);
  if (calendar == bench.input.book.calendars.end() || bench.waits_for_order()) return std::nullopt;
  struct Stated {
    Instant at;
    Instant due;
  };
  std::vector<Stated> stated;
  for (const auto& change : bench.input.facts.fix_dates) {
    if (!counts(change, bench.input.facts.fix_dates) || change.at >= bench.cycle.end) continue;
    const auto date = date_from_iso(change.value.substr(0, 10));
    const auto due = date ? calendar->second.closing_of(*date) : std::nullopt;
    if (due) stated.push_back({std::max(change.at, bench.start()), *due});
  }
  if (stated.empty()) return std::nullopt;
  const auto pauses = pauses_of(bench, {Phase::waiting_for_customer});
  std::optional<ClockReading> out;
  std::optional<Instant> missed;
  for (std::size_t at = 0; at < stated.size(); ++at) {
    const bool last = at + 1 == stated.size();
    const auto promised_time = calendar->second.between(stated[at].at, stated[at].due);
    const Era era{stated[at].at, Target{Target::Unit::open_time, promised_time.amount, 0}, &calendar->second,
                  calendar->first, false};
    Course course{stated[at].at, bench.cycle.resolved, bench.cycle.withdrawn, pauses};
    if (!last && !(course.stopped && *course.stopped < stated[at + 1].at)) course.stopped = stated[at + 1].at;
    std::optional<Instant> ignored;
    out = read_course(name, {era}, {}, course, bench.plan().warn_at, bench.input.now, last ? bench.recheck : ignored);
    // a date in the past was missed when it was stated
    const auto end = out->stopped ? *out->stopped : bench.input.now;
    if (stated[at].due < stated[at].at && end > stated[at].due) {
      out->state = ClockState::breached;
      out->due = stated[at].due;
    }
    if (out->state == ClockState::breached && !missed) missed = out->due;
  }
  if (missed && out->state != ClockState::breached) out->state = ClockState::breached;
  out->moves = static_cast<int>(stated.size()) - 1;
  out->cycle = bench.cycle.number;
  return out;
}

// Drives reminders and the mark 'closed without confirmation' (ruling 16); takes no part in the SLA state.
std::optional<ClockReading> confirmation(const Bench& bench) {
  const auto name = ClockName::confirmation;
  const auto& terms = bench.plan().confirmation;
  const auto calendar = bench.input.book.calendars.find(bench.input.terms.calendar);
  if (!terms || calendar == bench.input.book.calendars.end()) return std::nullopt;
  if (!bench.cycle.resolved) return not_started(name, calendar->first, bench.cycle.number);
  std::optional<Instant> closed;
  bool confirmed = false;
  for (const auto& change : bench.input.timeline.phases) {
    if (change.phase != Phase::closed || change.at < *bench.cycle.resolved || change.at >= bench.cycle.end) continue;
    closed = change.at;
    confirmed = change.by == Role::customer || change.by == Role::partner;
    break;
  }
  Course course{*bench.cycle.resolved, {}, bench.cycle.withdrawn, {}};
  if (closed) (confirmed ? course.stopped : course.cancelled) = closed;
  const Era era{course.start, terms->close_after, &calendar->second, calendar->first, false};
  if (!era.target) {
    auto out = not_started(name, calendar->first, bench.cycle.number);
    out.start = course.start;
    out.stopped = closed;
    out.state = !closed ? ClockState::running : confirmed ? ClockState::met : ClockState::cancelled;
    return out;
  }
  auto out = read_course(name, {era}, {}, course, {}, bench.input.now, bench.recheck);
  out.cycle = bench.cycle.number;
  if (out.state == ClockState::breached) {  // nobody reacted, or too late
    out.state = confirmed ? ClockState::met : ClockState::cancelled;
    if (!closed) out.stopped = out.due;
  }
  return out;
}

bool takes_part(const ClockReading& clock) {
  return clock.state != ClockState::not_started && clock.state != ClockState::cancelled &&
         clock.name != ClockName::confirmation;
}

}  // namespace

std::vector<ClockReading> read_clocks(const ClockInput& input, const Cycle& cycle, std::optional<Instant>& recheck) {
  const Bench bench{input, cycle, recheck};
  const auto response = first_response(bench);
  std::vector<ClockReading> out;
  for (auto reading : {response, next_update(bench, response), state_fix_date(bench), keep_fix_date(bench),
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
