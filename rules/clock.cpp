#include "rules/clock.hpp"

#include <algorithm>

#include "rules/eras.hpp"
#include "rules/reading.hpp"
#include "rules/roles.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

std::optional<Instant> earliest(std::optional<Instant> a, std::optional<Instant> b) {
  return a && b ? std::min(*a, *b) : a ? a : b;
}

// One cycle of one issue, with what its clocks share.
struct Bench {
  const ClockInput& input;
  const Cycle& cycle;
  std::optional<Instant>& recheck;

  [[nodiscard]] const Plan& plan() const { return *input.terms.plan; }
  [[nodiscard]] EraRules era_rules() const {
    return {plan().on_priority_change == OnPriorityChange::restart, plan().raise_share};
  }
  [[nodiscard]] bool waits_for_order() const { return input.terms.needs_order && !input.terms.order_approved; }
  // Withdrawn and not reopened, its order declined, or no longer served: nobody owes anything from then on.
  [[nodiscard]] std::optional<Instant> dropped() const {
    const auto declined = waits_for_order() ? input.terms.order_declined : std::nullopt;
    return earliest(earliest(cycle.withdrawn, declined), input.terms.service_ends);
  }
  // Solved or dropped.
  [[nodiscard]] std::optional<Instant> ended() const { return earliest(cycle.resolved, dropped()); }
  // Where clocks other than the first response start (E9, ruling 34).
  [[nodiscard]] Instant start() const {
    return input.terms.needs_order ? std::max(cycle.start, *input.terms.order_approved) : cycle.start;
  }
  // The instant it was first resolved or closed since the clocks run, reopened later or not (ruling 15).
  [[nodiscard]] std::optional<Instant> first_solution() const {
    const auto first = std::find_if(cycle.solutions.begin(), cycle.solutions.end(),
                                    [&](const PhaseChange* each) { return each->at >= start(); });
    return first == cycle.solutions.end() ? cycle.resolved : std::optional((*first)->at);
  }
};

bool in_cycle(const Cycle& cycle, Instant at) {
  return cycle.start <= at && at < cycle.end;
}

// Waiting for the customer, and the time while it was solved or withdrawn and reopened later.
std::vector<Span> pauses_of(const Bench& bench) {
  auto out = spans_in(bench.input.timeline, bench.cycle, {Phase::waiting_for_customer});
  out.insert(out.end(), bench.cycle.solved.begin(), bench.cycle.solved.end());
  return united(std::move(out));
}

// waiting_for_order pauses until the order is there, whatever the status still says.
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

std::optional<ClockReading> read(const Bench& bench, ClockName name, const Course& course) {
  const auto eras = eras_of(name, bench.input, course.start);
  auto out = read_course(name, eras, bench.era_rules(), course, bench.plan().warn_at, bench.input.now, bench.recheck);
  if (out) out->cycle = bench.cycle.number;
  return out;
}

// Of an issue that was dropped it never will (rulings 20, 34).
ClockReading not_started(ClockName name, const Bench& bench) {
  auto out = not_started(name, bench.input.terms.calendar, bench.cycle.number);
  if (const auto dropped = bench.dropped()) {
    out.state = ClockState::cancelled;
    out.stopped = dropped;
  }
  return out;
}

// Nothing is used and all is left (ruling 17), by the terms of now as if it started with the cycle.
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
  return read(bench, ClockName::first_response,
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
    if (auto reading = read(part, name, course)) {
      late = late || reading->state == ClockState::breached;
      out = std::move(reading);
    }
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
  Course course{bench.start(), bench.first_solution(), bench.dropped(), work_pauses(bench, false)};
  for (const auto& change : bench.input.facts.fix_dates) {
    if (change.value.empty() || !counts(change, bench.input.facts.fix_dates)) continue;
    if (!in_cycle(bench.cycle, change.at)) continue;
    const auto at = std::max(change.at, course.start);
    if (!course.stopped || at < *course.stopped) course.stopped = at;
    break;
  }
  return read(bench, name, course);
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
  return read(bench, name, course);
}

std::optional<ClockReading> resolution(const Bench& bench) {
  const auto name = ClockName::resolution;
  if (bench.waits_for_order()) return read_not_started(bench, name);
  return read(
      bench, name,
      {bench.start(), bench.cycle.resolved, bench.dropped(), work_pauses(bench, bench.plan().pause_on_third_party)});
}

struct StatedDate {
  Date date;
  Instant at;
  Instant due;
  std::string who;
};

// The dates stated in this cycle; one that is stated again is no move (ruling 48).
std::vector<StatedDate> stated_dates(const Bench& bench, const Calendar& calendar) {
  std::vector<StatedDate> out;
  for (const auto& change : bench.input.facts.fix_dates) {
    if (!counts(change, bench.input.facts.fix_dates) || !in_cycle(bench.cycle, change.at)) continue;
    const auto date = date_from_iso(change.value.substr(0, 10));
    if (!date || (!out.empty() && out.back().date == *date)) continue;
    const auto at = std::max(change.at, bench.start());
    if (!out.empty() && out.back().at == at) out.pop_back();  // replaced before it counted
    if (const auto due = calendar.closing_of(*date)) out.push_back({*date, at, *due, called(*change.who)});
  }
  return out;
}

// A stated date is kept when the issue is solved by closing time of that day (ruling 48). Each move is a new promise;
// one already missed stays missed. Emptied, the last date stays.
std::optional<ClockReading> keep_fix_date(const Bench& bench) {
  const auto name = ClockName::keep_fix_date;
  const auto calendar = bench.input.book.calendars.find(bench.input.terms.calendar);
  if (calendar == bench.input.book.calendars.end() || bench.waits_for_order()) return std::nullopt;
  const auto stated = stated_dates(bench, calendar->second);
  const auto pauses = pauses_of(bench);
  std::optional<ClockReading> out;
  bool missed = false;
  for (std::size_t at = 0; at < stated.size(); ++at) {
    const bool last = at + 1 == stated.size();
    const auto promised_time = calendar->second.between(stated[at].at, stated[at].due);
    const Era era{stated[at].at,
                  Target{Target::Unit::open_time, promised_time.amount, 0},
                  &calendar->second,
                  calendar->first,
                  false,
                  Priority::normal};
    Course course{stated[at].at, bench.cycle.resolved, bench.dropped(), pauses};
    if (!last && !(course.stopped && *course.stopped < stated[at + 1].at)) course.stopped = stated[at + 1].at;
    std::optional<Instant> ignored;
    out = read_course(name, {era}, {}, course, bench.plan().warn_at, bench.input.now, last ? bench.recheck : ignored);
    if (stated[at].due < stated[at].at) {  // a date in the past was missed when it was stated
      out->state = ClockState::breached;
      out->due = stated[at].due;
    }
    missed = missed || out->state == ClockState::breached;
  }
  if (!out) return out;
  if (missed) out->state = ClockState::breached;
  out->moves = static_cast<int>(stated.size()) - 1;
  for (const auto& each : stated) out->stated.push_back({each.date, each.at, each.who});
  out->cycle = bench.cycle.number;
  return out;
}

// The first change into closed after it was solved.
const PhaseChange* closing(const Bench& bench) {
  const auto& phases = bench.input.timeline.phases;
  const auto found = std::find_if(phases.begin(), phases.end(), [&](const PhaseChange& change) {
    return change.phase == Phase::closed && change.at >= *bench.cycle.resolved && change.at < bench.cycle.end;
  });
  return found == phases.end() ? nullptr : &*found;
}

// The reporter, or anybody of the customer or its partner (rulings 16, 66); where nobody knows the customer, whoever is
// not ours.
bool may_confirm(const Bench& bench, const PhaseChange& closed) {
  if (is_ours(closed.by)) return false;
  const auto* customer = bench.input.terms.customer;
  if (!customer || same_person(*closed.who, bench.input.issue.reporter)) return true;
  const auto* owner = owner_of_address(bench.input.book, closed.who->address);
  return owner && (owner == customer || (customer->partner && owner->id == *customer->partner) ||
                   std::find(owner->serves.begin(), owner->serves.end(), customer->id) != owner->serves.end());
}

// Drives reminders and the mark 'closed without confirmation' (ruling 16); takes no part in the SLA state.
std::optional<ClockReading> confirmation(const Bench& bench) {
  const auto name = ClockName::confirmation;
  const auto& terms = bench.plan().confirmation;
  const auto calendar = bench.input.book.calendars.find(bench.input.terms.calendar);
  if (!terms || calendar == bench.input.book.calendars.end()) return std::nullopt;
  if (!bench.cycle.resolved || bench.waits_for_order()) return not_started(name, bench);
  const auto* closed = closing(bench);
  const bool confirmed = closed && may_confirm(bench, *closed);
  Course course{std::max(*bench.cycle.resolved, bench.start()), {}, bench.cycle.withdrawn, {}};
  if (confirmed) course.stopped = closed->at;
  if (closed && !confirmed) course.cancelled = std::min(closed->at, course.cancelled.value_or(closed->at));
  if (!terms->close_after) {
    auto out = not_started(name, calendar->first, bench.cycle.number);
    out.start = course.start;
    out.stopped = closed ? std::optional(closed->at) : std::nullopt;
    out.state = !closed ? ClockState::running : confirmed ? ClockState::met : ClockState::cancelled;
    return out;
  }
  const Era era{course.start, terms->close_after, &calendar->second, calendar->first, false, Priority::normal};
  auto out = read_course(name, {era}, {}, course, {}, bench.input.now, bench.recheck);
  out->cycle = bench.cycle.number;
  if (out->state != ClockState::breached) return out;
  if (confirmed) {  // late, but the customer did
    out->state = ClockState::met;
    return out;
  }
  out->state = ClockState::cancelled;  // nobody reacted: ended by itself at its due
  out->stopped = out->due;
  out->used = out->target;
  out->left = BusinessTime{};
  return out;
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
