#include "tests/simulation/machine.hpp"

#include <set>

namespace cb::simulation {

namespace {

// Where another loop may get its turn, as another thread would at any time. Not where a loop looks while it holds its
// own lock: there it would wait for itself.
const std::set<std::string>& interruptible() {
  static const std::set<std::string> k_all{"store.claims", "store.save_fetched", "store.record", "store.intend",
                                           "store.wake",   "store.last_wake",    "store.issue"};
  return k_all;
}

const std::set<std::string>& writing() {
  static const std::set<std::string> k_all{"store.set_cursor",
                                           "store.save_fetched",
                                           "store.mark_gone",
                                           "store.wake",
                                           "store.replace_claims",
                                           "store.intend",
                                           "store.record",
                                           "store.park",
                                           "store.retry",
                                           "store.audit",
                                           "store.tidy",
                                           "store.use_config",
                                           "store.notification_sent",
                                           "store.notification_tried",
                                           "store.notification_failed"};
  return k_all;
}

}  // namespace

Machine::Machine(Turns& turns, Trace& trace, Dice dice) : turns_(turns), trace_(trace), dice_(dice) {
  plan_.decide = [this](FaultPlan& plan, const std::string& call) { return store_call(plan, call); };
  turn_plan_.decide = [this](FaultPlan&, const std::string& call) {
    give_turn_away(call);
    return false;
  };
}

Instant Machine::OwnClock::now() {
  return std::chrono::floor<Seconds>(machine_.turns_.now()) + machine_.clock_error;
}

void Machine::OwnClock::sleep(Seconds duration) {
  machine_.turns_.pause(duration);
}

void Machine::die_at_call(int nth, bool after) {
  calls_left_ = nth;
  dies_after_ = after;
}

void Machine::revive() {
  died_ = false;
  calls_left_ = 0;
}

bool Machine::dies_now() {
  if (calls_left_ == 0 || --calls_left_ > 0) return false;
  died_ = true;
  return true;
}

void Machine::network_call(const std::string& call) {
  if (!dies_now()) return;
  trace_.step(turns_.now(), "the process dies at " + call);
  throw Crash{call};
}

void Machine::give_turn_away(const std::string& call) {
  constexpr int k_interrupted = 30;
  constexpr std::int64_t k_longest = 3'000'000;
  if (turns_.in_fiber() && interruptible().count(call) > 0 && dice_.happens(k_interrupted))
    turns_.pause(Micros(dice_.mostly_near(1, k_longest)));
}

bool Machine::store_call(FaultPlan& plan, const std::string& call) {
  if (!turns_.in_fiber()) {
    plan.how = FaultPlan::How::error;
    plan.when = FaultPlan::When::before;
    return disk_full && writing().count(call) > 0;
  }
  if (dies_now()) {
    plan.how = FaultPlan::How::crash;
    plan.when = dies_after_ ? FaultPlan::When::after : FaultPlan::When::before;
    trace_.step(turns_.now(), "the process dies " + std::string(dies_after_ ? "after " : "before ") + call);
    return true;
  }
  plan.how = FaultPlan::How::error;
  plan.when = FaultPlan::When::before;
  return disk_full && writing().count(call) > 0;
}

}  // namespace cb::simulation
