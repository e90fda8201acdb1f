#include "bridge/web/service_state.hpp"

#include <algorithm>

#include "bridge/sync/selection.hpp"

namespace cb {

namespace {

// For a refused account: one that is set up, or a tracker that starts, may be right a moment later.
constexpr Seconds k_patience{120};

constexpr const char* k_standings[] = {"well",   "starting", "retrying",       "not running",
                                       "behind", "failing",  "writing stopped"};

std::string ago(Seconds duration, Instant since) {
  return duration_text(duration) + " (" + to_iso(since) + ")";
}

// A tracker that is asked more calmly than the limit is not behind for that alone.
Seconds allowed_for(const TrackerSettings& tracker, Seconds behind_after) {
  return std::max(behind_after, 2 * tracker.poll_every);
}

void judge_stop(TrackerState& state) {
  const auto& stop = *state.writing_stop;
  state.standing = Standing::writing_stopped;
  state.why = "writing was stopped at " + to_iso(stop.since) + " until " + to_iso(stop.until) + ": " + stop.error;
  state.advice = "Look at what was written and set it right, then let the bridge write again: contract-bridge retry '" +
                 to_text(writing_stop(state.loop.tracker)) + "'";
}

// What passes by itself mostly does so before anything is late; what does not is told soon.
void judge_failure(TrackerState& state, Instant now) {
  const auto since = *state.loop.failing_since;
  const bool long_ago = now - since > (state.loop.needs_staff ? std::min(state.allowed, k_patience) : state.allowed);
  state.standing = long_ago ? Standing::failing : Standing::retrying;
  state.why = "it has been failing for " + ago(now - since, since) + ": " + state.loop.error;
  state.advice = long_ago ? "Mend what the error names; the bridge goes on trying and catches up by itself."
                          : "The bridge tries again by itself.";
}

void judge_lag(TrackerState& state, std::optional<Instant> started) {
  state.standing = Standing::behind;
  const auto& last = state.loop.last_list;
  state.why = last ? "what changed there since " + to_iso(*last) + " is not known: that is " +
                         duration_text(*state.behind) + " ago, and more than " + duration_text(state.allowed)
                   : "no list was complete since the start at " + to_iso(started.value_or(Instant{}));
  if (!state.loop.error.empty()) state.why += "; the last step failed: " + state.loop.error;
  state.advice = "Look at the log: the tracker is slow or does not answer, or much has to be caught up with.";
}

void judge(TrackerState& state, const StateParts& parts) {
  if (state.writing_stop) return judge_stop(state);
  if (!state.running) {
    state.standing = Standing::not_running;
    state.why = "no service looks at this tracker";
    state.advice = "Start it: contract-bridge run";
    return;
  }
  if (state.loop.failing_since) {
    judge_failure(state, parts.now);
    if (state.standing == Standing::failing) return;
  }
  if (state.behind && *state.behind > state.allowed) return judge_lag(state, parts.started);
  if (state.loop.failing_since) return;
  state.standing = state.loop.last_list ? Standing::well : Standing::starting;
}

void take_facts(TrackerState& state, const TrackerFacts& facts, Instant now) {
  if (!state.loop.last_list) state.loop.last_list = facts.last_list;
  state.counts = facts.counts;
  const auto& stop = facts.writing_stop;
  if (stop && stop->retry_at > now) state.writing_stop = WritingStop{stop->since, stop->retry_at, stop->error};
  state.overdue = facts.overdue;
  state.due_next_hour = facts.due_next_hour;
  state.due_next_day = facts.due_next_day;
}

TrackerState state_of(const TrackerSettings& tracker, const StateParts& parts) {
  TrackerState state;
  state.loop.tracker = tracker.name;
  state.allowed = allowed_for(tracker, parts.settings.server.behind_after);
  for (const auto& loop : parts.loops) {
    if (loop.tracker != tracker.name) continue;
    state.loop = loop;
    state.running = true;
  }
  return state;
}

}  // namespace

std::string to_text(Standing standing) {
  return k_standings[static_cast<std::size_t>(standing)];
}

std::optional<Standing> standing_from_text(const std::string& text) {
  for (const auto standing : {Standing::well, Standing::starting, Standing::retrying, Standing::not_running,
                              Standing::behind, Standing::failing, Standing::writing_stopped}) {
    if (to_text(standing) == text) return standing;
  }
  return {};
}

bool is_ready(Standing standing) {
  return standing == Standing::well || standing == Standing::starting || standing == Standing::retrying;
}

bool ServiceState::ready() const {
  return store_error.empty() &&
         std::all_of(trackers.begin(), trackers.end(), [](const auto& tracker) { return is_ready(tracker.standing); });
}

ServiceState look_at_service(const StateParts& parts, const StoreFacts& facts) {
  ServiceState service;
  service.version = parts.version;
  service.now = parts.now;
  service.started = parts.started;
  service.store_asked_ago = std::max(Seconds(0), parts.now - facts.asked_at);
  service.store_error = facts.error;
  service.totals = facts.totals;
  for (const auto& tracker : parts.settings.trackers) {
    auto& state = service.trackers.emplace_back(state_of(tracker, parts));
    if (const auto found = facts.trackers.find(tracker.name); found != facts.trackers.end()) {
      take_facts(state, found->second, parts.now);
    }
    const auto& since = state.loop.last_list ? state.loop.last_list : parts.started;
    if (since) state.behind = std::max(Seconds(0), parts.now - *since);
    judge(state, parts);
  }
  return service;
}

ServiceState look_at_service(const StateParts& parts, Store& store) {
  return look_at_service(parts, ask_store(parts.settings, store, parts.now));
}

}  // namespace cb
