#include "rules/eras.hpp"

#include <algorithm>

#include "rules/text.hpp"

namespace cb {
namespace {

std::optional<Target> target_of(const Targets* targets, ClockName name) {
  if (!targets) return std::nullopt;
  switch (name) {
    case ClockName::first_response:
      return targets->first_response;
    case ClockName::next_update:
      return targets->next_update;
    case ClockName::state_fix_date:
      return targets->state_fix_date;
    case ClockName::workaround:
      return targets->workaround;
    case ClockName::resolution:
      return targets->resolution;
    case ClockName::keep_fix_date:
    case ClockName::confirmation:
      return std::nullopt;
  }
  return std::nullopt;
}

bool is_urgent(const Plan& plan, Priority stated) {
  if (!plan.urgent) return false;
  const auto& when = plan.urgent->when;
  return std::find(when.begin(), when.end(), stated) != when.end();
}

CalendarId urgent_calendar(const UrgentProcedure& urgent, const ClockTerms& terms) {
  for (const auto& each : urgent.calendars) {
    if (each.language.empty() || same_name(each.language, terms.language)) return each.use;
  }
  return terms.calendar;
}

Era era_of(ClockName name, const ClockInput& input, const PriorityChange& change) {
  const auto& plan = *input.terms.plan;
  Era out;
  out.from = change.at;
  out.calendar_id = input.terms.calendar;
  out.priority = effective(change.priority, plan);
  const Targets* targets = plan.targets.of(out.priority);
  if (is_urgent(plan, change.priority)) {
    out.urgent_procedure = true;
    out.calendar_id = urgent_calendar(*plan.urgent, input.terms);
    targets = plan.urgent->targets ? &*plan.urgent->targets : plan.targets.of(Priority::urgent);
  }
  out.target = target_of(targets, name);
  const auto found = input.book.calendars.find(out.calendar_id);
  out.calendar = found == input.book.calendars.end() ? nullptr : &found->second;
  return out;
}

}  // namespace

Priority effective(Priority stated, const Plan& plan) {
  return plan.priority_floor ? std::max(stated, *plan.priority_floor) : stated;
}

std::vector<Era> eras_of(ClockName name, const ClockInput& input, Instant start) {
  std::vector<Era> out;
  for (const auto& change : input.timeline.priorities) {
    auto era = era_of(name, input, change);
    if (!era.calendar) return {};
    if (era.from <= start) {
      era.from = start;
      out.clear();
    }
    const bool restarts = input.terms.plan->on_priority_change == OnPriorityChange::restart;
    const bool same = !out.empty() && out.back().target == era.target && out.back().calendar_id == era.calendar_id &&
                      out.back().urgent_procedure == era.urgent_procedure &&
                      (!restarts || out.back().priority == era.priority);
    if (!same) out.push_back(era);
  }
  return out;
}

}  // namespace cb
