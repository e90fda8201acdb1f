#include "rules/measure.hpp"

#include <algorithm>
#include <cmath>

namespace cb {
namespace {

BusinessTime share_of(BusinessTime time, double share) {
  return {Seconds{std::llround(static_cast<double>(time.amount.count()) * share)}};
}

// Where the terms stand while eras are walked in order.
struct Walk {
  Instant start;      // the clock's, or of the last restart
  BusinessTime used;  // up to the present era, each part on the calendar of its time
  BusinessTime target;
  std::optional<Instant> due;
};

// Deadline and effective target of an era. The first era counts from the start; a later one from what was used.
bool enter(Walk& walk, const Era& era, const EraRules& rules, bool first, const std::vector<Span>& pauses) {
  if (!first && rules.restart) {
    walk.start = era.from;
    walk.used = {};
  }
  const auto promised = open_time_of(*era.target, *era.calendar, walk.start);
  if (!promised) return false;
  walk.target = *promised;
  if (first || rules.restart) {
    walk.due = era.calendar->add(walk.start, walk.target, pauses);
    return true;
  }
  // ruling 8: never earlier than the change plus a share of the new target
  const auto rest = std::max(walk.target - walk.used, share_of(walk.target, rules.raise_share));
  walk.target = walk.used + rest;
  walk.due = era.calendar->add(era.from, rest, pauses);
  return true;
}

void count(Measure& out, const Era& era, Span span, const std::vector<Span>& pauses) {
  for (const auto& open : era.calendar->open_spans(span)) {
    auto from = open.from;
    for (const auto& pause : pauses) {
      if (pause.to <= from || pause.from >= open.to) continue;
      if (pause.from > from) out.counted.push_back({from, pause.from});
      from = std::max(from, pause.to);
      if (from >= open.to) break;
    }
    if (from < open.to) out.counted.push_back({from, open.to});
  }
}

}  // namespace

std::optional<BusinessTime> open_time_of(const Target& target, const Calendar& calendar, Instant start) {
  if (target.unit == Target::Unit::open_time) return BusinessTime{target.open_time};
  const auto closing = calendar.close_of_business_day(start, target.business_days);
  if (!closing) return std::nullopt;
  return calendar.between(start, *closing);
}

std::optional<Measure> measure(const std::vector<Era>& eras, const EraRules& rules, Instant start, Instant end,
                               const std::vector<Span>& pauses) {
  Measure out;
  Walk walk{start, {}, {}, {}};
  BusinessTime used_when_cancelled;
  bool promised_before = false;
  for (std::size_t at = 0; at < eras.size(); ++at) {
    const auto& era = eras[at];
    const auto from = std::max(era.from, start);
    if (at > 0 && from > end) break;
    const bool last = at + 1 == eras.size() || eras[at + 1].from > end;
    const auto until = last ? end : std::max(eras[at + 1].from, start);
    if (until <= from && !last) continue;  // replaced at the same instant, or before the start
    out.calendar = era.calendar_id;
    out.urgent_procedure = era.urgent_procedure;
    if (out.breached_at) {
      // no change of terms undoes it: only the time goes on
    } else if (era.target) {
      const bool first = !promised_before && from == start;
      Era entered = era;
      entered.from = from;
      if (!enter(walk, entered, rules, first, pauses)) return std::nullopt;
      promised_before = true;
      out.cancelled = false;
    } else {
      walk.due.reset();
      if (!out.cancelled) {
        out.cancelled_at = from;
        used_when_cancelled = walk.used;
      }
      out.cancelled = true;
    }
    walk.used = walk.used + era.calendar->between(std::max(from, walk.start), until, pauses);
    if (era.target) count(out, era, {from, until}, pauses);
    // missed inside this era; an end exactly on the deadline is in time, a change of terms exactly on it too
    if (walk.due && *walk.due < until && !out.breached_at) {
      out.breached_at = walk.due;
      out.target = walk.target;
    }
    if (last) break;
  }
  if (out.breached_at) out.cancelled = false;
  out.due = out.breached_at ? out.breached_at : walk.due;
  if (!out.breached_at) out.target = walk.target;
  out.used = out.cancelled ? used_when_cancelled : walk.used;
  return out;
}

std::optional<Instant> instant_of_share(const std::vector<Era>& eras, Instant start, const Measure& measured,
                                        double share, Instant end, const std::vector<Span>& pauses) {
  const auto era = std::find_if(eras.rbegin(), eras.rend(), [&](const Era& each) { return each.from <= end; });
  const auto* calendar = (era == eras.rend() ? eras.front() : *era).calendar;
  // The first whole second at which used >= share * target, by the very same product: a second less, and whoever looks
  // then finds the share not reached yet, and none to come.
  const auto wanted = BusinessTime{
      Seconds{static_cast<Seconds::rep>(std::ceil(static_cast<double>(measured.target.amount.count()) * share))}};
  if (wanted <= measured.used) return std::max(start, end);
  return calendar->add(std::max(start, end), wanted - measured.used, pauses);
}

}  // namespace cb
