// Stating a fix date, and keeping it (A4, rulings 15 and 48).
#include "rules/clock_bench.hpp"

namespace cb {
namespace {

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

}  // namespace

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
  return read_clock(bench, name, course);
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

}  // namespace cb
