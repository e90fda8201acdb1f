// The customer's confirmation of a solution (E4, rulings 16 and 66).
#include "rules/clock_bench.hpp"
#include "rules/roles.hpp"

namespace cb {
namespace {

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

}  // namespace

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

}  // namespace cb
