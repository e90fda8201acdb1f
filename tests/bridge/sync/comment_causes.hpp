// What gives cause for comments, brought about in a CommentWorld.
#pragma once

#include "tests/bridge/sync/comment_world.hpp"

namespace cb {

inline ClockReading& only_clock(CommentWorld& world, ClockName name, ClockState state, const std::string& due) {
  world.decision.clocks = {clock_reading(name, state, due)};
  return world.decision.clocks.back();
}

// Thresholds are 75 %, 90 % and the deadline.
inline void escalate(CommentWorld& world, int step, ClockState state, const std::string& due) {
  only_clock(world, ClockName::resolution, state, due);
  auto& escalation = world.decision.escalation;
  escalation.step = step;
  escalation.clock = ClockName::resolution;
  escalation.people = {"alena", "boris", "vera"};
  escalation.reached.assign(escalation.people.begin(), escalation.people.begin() + step);
  escalation.watching = escalation.reached;
  if (step < 3) escalation.watching.emplace_back("vera");
}

inline void be_urgent(CommentWorld& world) {
  world.decision.urgent = {true, world.now, CalendarId{"duty-emea"}, "the EMEA team", ""};
}

inline void sound_urgent(CommentWorld& world) {
  world.decision.mismatch = PriorityMismatch::sounds_urgent;
  world.decision.mismatch_words = {"nobody can", "stopped"};
}

inline void move_category(CommentWorld& world, Billing before, Billing after) {
  world.decision.billing = after;
  world.decision.reclassified = {
      {CategoryId{"consultation"}, CategoryId{"defect"}, world.now, "alena@vendor.example", true, before, after}};
}

// Ten days ago; that many reminders are due by now, a day from each other.
inline void resolve(CommentWorld& world, int reminders) {
  world.decision.phase = Phase::resolved;
  world.decision.resolved_at = world.now - 10 * k_day;
  world.decision.clocks.clear();
  for (int i = 0; i < reminders; ++i) world.decision.reminders.push_back(*world.decision.resolved_at + (i + 1) * k_day);
}

inline void go_unconfirmed(CommentWorld& world) {
  world.decision.phase = Phase::resolved;
  world.decision.resolved_at = world.now - 5 * k_day;
  only_clock(world, ClockName::confirmation, ClockState::cancelled, "").stopped = world.now;
}

}  // namespace cb
