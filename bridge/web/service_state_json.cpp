#include "bridge/web/service_state_json.hpp"

#include <nlohmann/json.hpp>

#include "adapters/json_read.hpp"

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

Json instant_or_null(const std::optional<Instant>& when) {
  return when ? Json(to_iso(*when)) : Json(nullptr);
}

Json null_if_empty(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json json_of(const std::optional<WritingStop>& stop) {
  if (!stop) return nullptr;
  return {{"since", to_iso(stop->since)}, {"until", to_iso(stop->until)}, {"error", stop->error}};
}

Json json_of(const LoopStatus& loop) {
  return {{"lists", loop.lists},         {"fetched", loop.fetched}, {"written", loop.written},
          {"unchanged", loop.unchanged}, {"parked", loop.parked},   {"failures", loop.failures}};
}

Json json_of(const StoreCounts& counts) {
  Json by_state = Json::object();
  for (const auto& [state, number] : counts.sla_states) by_state[state] = number;
  return {{"known", counts.issues},  {"open", counts.open},   {"undecided", counts.undecided},
          {"parked", counts.parked}, {"woken", counts.woken}, {"begun", counts.intended},
          {"by_sla_state", by_state}};
}

Json json_of(const TrackerState& state) {
  return {{"name", state.loop.tracker},
          {"standing", to_text(state.standing)},
          {"why", null_if_empty(state.why)},
          {"advice", null_if_empty(state.advice)},
          {"behind_seconds", state.behind ? Json(state.behind->count()) : Json(nullptr)},
          {"behind_after_seconds", state.allowed.count()},
          {"last_list", instant_or_null(state.loop.last_list)},
          {"last_step", instant_or_null(state.loop.last_step)},
          {"next_look", state.running ? Json(to_iso(state.loop.next_at)) : Json(nullptr)},
          {"failing_since", instant_or_null(state.loop.failing_since)},
          {"error", null_if_empty(state.loop.error)},
          {"writing_stopped", json_of(state.writing_stop)},
          {"issues", json_of(state.counts)},
          {"due", {{"overdue", state.overdue}, {"next_hour", state.due_next_hour}, {"next_day", state.due_next_day}}},
          {"since_start", json_of(state.loop)}};
}

std::optional<Instant> optional_instant(const JsonValue& value) {
  return value.present() ? std::optional(value.instant()) : std::nullopt;
}

int number_in(const JsonValue& value) {
  return static_cast<int>(value.integer());
}

void read_loop(const JsonValue& json, LoopStatus& loop) {
  loop.tracker = json["name"].text();
  loop.last_list = optional_instant(json["last_list"]);
  loop.last_step = optional_instant(json["last_step"]);
  loop.failing_since = optional_instant(json["failing_since"]);
  loop.error = json["error"].text_or("");
  const auto sums = json["since_start"];
  loop.lists = sums["lists"].integer();
  loop.fetched = sums["fetched"].integer();
  loop.written = sums["written"].integer();
  loop.unchanged = sums["unchanged"].integer();
  loop.parked = sums["parked"].integer();
  loop.failures = sums["failures"].integer();
}

void read_counts(const JsonValue& json, TrackerState& state) {
  const auto issues = json["issues"];
  state.counts = {number_in(issues["known"]),
                  number_in(issues["open"]),
                  number_in(issues["undecided"]),
                  number_in(issues["parked"]),
                  number_in(issues["woken"]),
                  number_in(issues["begun"]),
                  {}};
  for (const auto& [name, number] : issues["by_sla_state"].members()) state.counts.sla_states[name] = number_in(number);
  state.overdue = number_in(json["due"]["overdue"]);
  state.due_next_hour = number_in(json["due"]["next_hour"]);
  state.due_next_day = number_in(json["due"]["next_day"]);
}

TrackerState tracker_in(const JsonValue& json) {
  TrackerState state;
  read_loop(json, state.loop);
  read_counts(json, state);
  const auto standing = standing_from_text(json["standing"].text());
  if (!standing) json["standing"].refuse("a standing that this program knows");
  state.standing = standing.value_or(Standing::not_running);
  state.why = json["why"].text_or("");
  state.advice = json["advice"].text_or("");
  if (json["behind_seconds"].present()) state.behind = Seconds(json["behind_seconds"].integer());
  state.allowed = Seconds(json["behind_after_seconds"].integer());
  const auto next = optional_instant(json["next_look"]);
  state.running = next.has_value();
  state.loop.next_at = next.value_or(Instant{});
  if (const auto stop = json["writing_stopped"]; stop.present()) {
    state.writing_stop = WritingStop{stop["since"].instant(), stop["until"].instant(), stop["error"].text()};
  }
  return state;
}

}  // namespace

std::string service_state_json(const ServiceState& state, int indent) {
  Json trackers = Json::array();
  for (const auto& tracker : state.trackers) trackers.push_back(json_of(tracker));
  Json lines = Json::object();
  for (const auto& [action, number] : state.totals.ledger_lines) lines[action] = number;
  const Json json = {
      {"version", state.version},
      {"now", to_iso(state.now)},
      {"started", instant_or_null(state.started)},
      {"ready", state.ready()},
      {"store_error", null_if_empty(state.store_error)},
      {"trackers", std::move(trackers)},
      {"decisions", state.totals.decisions},
      {"ledger_lines", std::move(lines)},
      {"notifications",
       {{"waiting", state.totals.notifications_waiting}, {"failing", state.totals.notifications_failing}}}};
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Result<ServiceState> service_state_from_json(const std::string& text, const std::string& attempt) {
  TRY(document, JsonDocument::parse(text, attempt));
  const auto json = document.root();
  json.require_object();
  ServiceState state;
  state.version = json["version"].text();
  state.now = json["now"].instant();
  state.started = optional_instant(json["started"]);
  state.store_error = json["store_error"].text_or("");
  json["trackers"].require_list();
  for (const auto& tracker : json["trackers"].items()) state.trackers.push_back(tracker_in(tracker));
  state.totals.decisions = json["decisions"].integer();
  for (const auto& [action, number] : json["ledger_lines"].members()) {
    state.totals.ledger_lines[action] = number.integer();
  }
  state.totals.notifications_waiting = number_in(json["notifications"]["waiting"]);
  state.totals.notifications_failing = number_in(json["notifications"]["failing"]);
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  return state;
}

}  // namespace cb
