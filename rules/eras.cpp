#include "rules/eras.hpp"

#include <algorithm>
#include <utility>

#include "rules/classify.hpp"
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

// Whether the urgent procedure holds under a priority. The issue's facts are those of now, gathered when first asked
// for.
class UrgencyTimes {
 public:
  explicit UrgencyTimes(const ClockInput& input) : input_(input), plan_(*input.terms.plan) {}

  bool holds_at(Priority stated) {
    if (!plan_.urgent) return false;
    const auto& when = plan_.urgent->when;
    if (!when.empty() && std::find(when.begin(), when.end(), stated) == when.end()) return false;
    return !plan_.urgent->also || also_holds_at(stated);
  }

 private:
  bool also_holds_at(Priority stated) {
    const auto& book = input_.book;
    const auto tracker = book.trackers.find(input_.issue.key.tracker);
    if (tracker == book.trackers.end()) return false;
    if (!facts_) facts_ = facts_of(input_.issue, tracker->second, book, input_.now);
    facts_->priority = stated;
    facts_->priority_word.clear();
    return holds(*plan_.urgent->also, *facts_, book.classification.text);
  }

  const ClockInput& input_;
  const Plan& plan_;
  std::optional<Facts> facts_;
};

// Of the procedure itself, by priority like a plan's; one that it does not name is served like an urgent one.
const Targets* urgent_targets(const Plan& plan, Priority stated) {
  const auto& table = plan.urgent->targets;
  if (!table) return plan.targets.of(Priority::urgent);
  const auto* targets = table->of(effective(stated, plan));
  return targets ? targets : table->of(Priority::urgent);
}

// Follow the sun (D5): by the issue's language, and by whether the usual office was open when it became urgent.
const UrgentCalendar* urgent_calendar(const UrgentProcedure& urgent, const ClockInput& input, Instant at) {
  const auto local = input.book.calendars.find(input.terms.calendar);
  const bool open = local != input.book.calendars.end() && local->second.is_open(at);
  const auto found = std::find_if(urgent.calendars.begin(), urgent.calendars.end(), [&](const UrgentCalendar& each) {
    return (each.language.empty() || same_name(each.language, input.terms.language)) &&
           (!each.local_open || *each.local_open == open);
  });
  return found == urgent.calendars.end() ? nullptr : &*found;
}

Era era_of(ClockName name, const ClockInput& input, UrgencyTimes& urgency, const PriorityChange& change) {
  const auto& plan = *input.terms.plan;
  Era out;
  out.from = change.at;
  out.calendar_id = input.terms.calendar;
  out.priority = effective(change.priority, plan);
  const Targets* targets = plan.targets.of(out.priority);
  if (urgency.holds_at(change.priority)) {
    out.urgent_procedure = true;
    if (const auto* urgent = urgent_calendar(*plan.urgent, input, change.at)) out.calendar_id = urgent->use;
    targets = urgent_targets(plan, change.priority);
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
  UrgencyTimes urgency(input);
  for (const auto& change : input.timeline.priorities) {
    auto era = era_of(name, input, urgency, change);
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

UrgentService urgent_service(const ClockInput& input) {
  UrgentService out;
  const auto& plan = *input.terms.plan;
  if (!plan.urgent) return out;
  out.marker = plan.urgent->marker;
  UrgencyTimes urgency(input);
  for (const auto& change : input.timeline.priorities) {
    const bool held = std::exchange(out.holds, urgency.holds_at(change.priority));
    if (!out.holds || held) continue;
    out.since = change.at;
    out.calendar = input.terms.calendar;
    out.team.clear();
    if (const auto* urgent = urgent_calendar(*plan.urgent, input, change.at)) {
      out.calendar = urgent->use;
      out.team = urgent->team;
    }
  }
  if (!out.holds) out.since.reset();
  return out;
}

}  // namespace cb
