// Service Management's own clocks: around the clock, still in paused statuses, a new cycle after reopening.
#include <algorithm>

#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_desk_json.hpp"
#include "tests/trackers/fake_jira_time.hpp"

namespace cb::fake_jira {

namespace {

using std::chrono::milliseconds;

struct Step {
  Moment at;
  std::string status;      // that the issue has from here on; empty: as before
  bool is_answer = false;  // an agent's public comment
};

std::vector<Step> steps_of(const State& state, const Issue& issue) {
  std::vector<Step> out;
  for (const auto& change : issue.history)
    for (const auto& item : change.items)
      if (item.id == "status") out.push_back({change.at, item.to.value_or("")});
  for (const auto& comment : issue.comments) {
    const auto* author = user_by_id(state, comment.author);
    const bool is_answer = !comment.is_internal && !comment.visibility && comment.author != issue.reporter &&
                           is_agent(state, author, project_of(state, issue));
    if (is_answer) out.push_back({comment.created, "", true});
  }
  std::stable_sort(out.begin(), out.end(), [](const Step& a, const Step& b) { return a.at < b.at; });
  return out;
}

std::string first_status(const Issue& issue) {
  for (const auto& change : issue.history)
    for (const auto& item : change.items)
      if (item.id == "status") return item.from.value_or("");
  return issue.status;
}

struct Cycle {
  Moment start;
  std::optional<Moment> stop = std::nullopt;
  milliseconds used{0};
  bool is_paused = false;
};

class Walk {
 public:
  Walk(const State& state, const Promise& promise, const Issue& issue)
      : state_(state), promise_(promise), since_(issue.created), status_(first_status(issue)) {
    cycles_.push_back({issue.created});
  }

  void take(const Step& step) {
    advance(step.at);
    const bool was_done = is_done();
    if (!step.status.empty()) status_ = step.status;
    auto& cycle = cycles_.back();
    const bool ends = promise_.by_first_answer ? step.is_answer || is_done() : is_done();
    if (!cycle.stop && ends) cycle.stop = step.at;
    if (!promise_.by_first_answer && was_done && !is_done()) cycles_.push_back({step.at});
  }

  std::vector<Cycle> finish(Moment now) {
    advance(now);
    cycles_.back().is_paused = promise_.paused.count(status_) > 0;
    return cycles_;
  }

 private:
  [[nodiscard]] bool is_done() const {
    const auto* status = status_by_id(state_, status_);
    return status && status->category == "done";
  }
  void advance(Moment to) {
    auto& cycle = cycles_.back();
    if (!cycle.stop && !promise_.paused.count(status_)) cycle.used += to - since_;
    since_ = to;
  }

  const State& state_;
  const Promise& promise_;
  Moment since_;
  std::string status_;
  std::vector<Cycle> cycles_;
};

Json duration_json(milliseconds amount) {
  return {{"millis", amount.count()}, {"friendly", friendly_duration(std::chrono::floor<Seconds>(amount))}};
}

Json cycle_json(const Call& call, const Promise& promise, const Cycle& cycle) {
  const milliseconds goal = promise.goal;
  Json out{{"startTime", desk_date(call, cycle.start)},
           {"breached", cycle.used > goal},
           {"goalDuration", duration_json(goal)},
           {"elapsedTime", duration_json(cycle.used)},
           {"remainingTime", duration_json(goal - cycle.used)}};
  if (cycle.stop) {
    out["stopTime"] = desk_date(call, *cycle.stop);
    out["breachTime"] = desk_date(call, *cycle.stop + (goal - cycle.used));
    return out;
  }
  out["paused"] = cycle.is_paused;
  out["withinCalendarHours"] = true;
  if (!cycle.is_paused) out["breachTime"] = desk_date(call, Moment(call.now) + (goal - cycle.used));
  return out;
}

}  // namespace

Json promises_json(const Call& call, const Issue& issue) {
  auto out = Json::array();
  const auto steps = steps_of(call.state, issue);
  for (const auto& promise : call.state.promises) {
    Walk walk(call.state, promise, issue);
    for (const auto& step : steps) walk.take(step);
    Json entry{{"id", promise.id},
               {"name", promise.name},
               {"completedCycles", Json::array()},
               {"_links", {{"self", desk_root(call) + "/request/" + issue.id + "/sla/" + promise.id}}}};
    for (const auto& cycle : walk.finish(Moment(call.now))) {
      if (cycle.stop) entry["completedCycles"].push_back(cycle_json(call, promise, cycle));
      if (!cycle.stop) entry["ongoingCycle"] = cycle_json(call, promise, cycle);
    }
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace cb::fake_jira
