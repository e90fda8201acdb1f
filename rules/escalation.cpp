#include "rules/escalation.hpp"

#include <algorithm>

namespace cb {
namespace {

void add_once(std::vector<std::string>& people, const std::string& person) {
  if (!person.empty() && std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
}

// Thresholds that an open clock has passed: each share of `warn_at`, and its deadline.
int passed(const ClockReading& clock, const Plan& plan) {
  const auto all = static_cast<int>(plan.warn_at.size()) + 1;
  if (clock.name == ClockName::confirmation || clock.stopped) return 0;
  if (is_overdue(clock)) return all;
  const bool runs = clock.state == ClockState::at_risk || clock.state == ClockState::breached;
  if (!runs || !clock.used || !clock.target) return 0;
  const auto used = static_cast<double>(clock.used->amount.count());
  const auto target = static_cast<double>(clock.target->amount.count());
  return static_cast<int>(
      std::count_if(plan.warn_at.begin(), plan.warn_at.end(), [&](double share) { return used >= share * target; }));
}

}  // namespace

bool is_overdue(const ClockReading& clock) {
  if (clock.state != ClockState::breached || clock.stopped) return false;
  return !clock.used || !clock.target || *clock.used >= *clock.target;
}

Escalation escalation_of(const std::vector<ClockReading>& clocks, const Plan& plan, const Customer* customer) {
  Escalation out;
  for (const auto& clock : clocks) {
    const int step = passed(clock, plan);
    if (step <= out.step) continue;
    out.step = step;
    out.clock = clock.name;
  }
  if (!customer) return out;
  add_once(out.people, customer->consultant);
  for (const auto& backup : customer->backups) add_once(out.people, backup);
  const auto team = out.people.size();
  add_once(out.people, customer->escalation_owner);
  if (out.step == 0) return out;
  const bool overdue = out.step > static_cast<int>(plan.warn_at.size());
  const auto called = overdue ? out.people.size() : std::min(team, static_cast<std::size_t>(out.step));
  out.reached.assign(out.people.begin(), out.people.begin() + static_cast<std::ptrdiff_t>(called));
  out.watching = out.reached;
  add_once(out.watching, customer->escalation_owner);
  return out;
}

}  // namespace cb
