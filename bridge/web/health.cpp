#include "bridge/web/health.hpp"

#include <nlohmann/json.hpp>

#include "bridge/report/layout.hpp"

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

// What the judgement says without quoting anybody.
std::string open_words(Standing standing) {
  switch (standing) {
    case Standing::well:
      return "";
    case Standing::starting:
      return "nothing was listed yet";
    case Standing::retrying:
      return "it failed, and is tried again";
    case Standing::not_running:
      return "nobody looks at this tracker";
    case Standing::behind:
      return "what changed there is not known";
    case Standing::failing:
      return "it has been failing for too long";
    case Standing::writing_stopped:
      return "writing was stopped";
  }
  return "";
}

const std::string k_where = "The reason stands in the log, and at /api/v1/status for who has the token.";

std::string why_of(const TrackerState& state, bool may_read) {
  return may_read ? state.why : open_words(state.standing);
}

std::string advice_of(const TrackerState& state, bool may_read) {
  if (state.standing == Standing::well || state.standing == Standing::starting) return {};
  return may_read ? state.advice : k_where;
}

std::optional<Instant> since_of(const TrackerState& state) {
  if (state.writing_stop) return state.writing_stop->since;
  return state.standing == Standing::behind ? state.loop.last_list : state.loop.failing_since;
}

std::string store_words(const ServiceState& state, bool may_read) {
  if (state.store_error.empty()) return {};
  return may_read ? state.store_error : "the store does not answer. " + k_where;
}

Json words_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

std::string ready_json(const ServiceState& state, bool may_read) {
  Json trackers = Json::array();
  for (const auto& each : state.trackers) {
    const auto since = since_of(each);
    trackers.push_back({{"name", each.loop.tracker},
                        {"ready", is_ready(each.standing)},
                        {"standing", to_text(each.standing)},
                        {"behind_seconds", each.behind ? Json(each.behind->count()) : Json(nullptr)},
                        {"since", since ? Json(to_iso(*since)) : Json(nullptr)},
                        {"why", words_or_null(why_of(each, may_read))},
                        {"advice", words_or_null(advice_of(each, may_read))}});
  }
  const Json json = {{"ready", state.ready()},
                     {"store_error", words_or_null(store_words(state, may_read))},
                     {"trackers", std::move(trackers)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string ready_text(const ServiceState& state, bool may_read) {
  std::string text = state.ready() ? "ready\n" : "not ready\n";
  if (!state.store_error.empty()) text += "store: " + one_line(store_words(state, may_read)) + "\n";
  for (const auto& each : state.trackers) {
    text += each.loop.tracker + ": " + to_text(each.standing);
    if (each.behind) text += ", " + duration_text(*each.behind) + " behind";
    if (const auto since = since_of(each)) text += ", since " + to_iso(*since);
    if (const auto why = why_of(each, may_read); !why.empty()) text += ": " + one_line(why);
    text += "\n";
    if (const auto advice = advice_of(each, may_read); !advice.empty()) text += "  " + advice + "\n";
  }
  return text;
}

bool wants_json(const WebRequest& request) {
  const auto accept = header(request, "Accept");
  return accept && accept->find("application/json") != std::string::npos;
}

}  // namespace

WebAnswer healthz() {
  return plain_answer(200, "ok");
}

std::optional<WebAnswer> healthz_at_once(const WebRequest& request) {
  const bool asks = (request.method == "GET" || request.method == "HEAD") && request.path == "/healthz";
  return asks ? std::optional(healthz()) : std::nullopt;
}

WebAnswer readyz(const ServiceState& state, const WebRequest& request, bool may_read_pages) {
  WebAnswer answer;
  answer.status = state.ready() ? 200 : 503;
  answer.headers.emplace_back("Cache-Control", "no-store");
  if (wants_json(request)) {
    answer.content_type = "application/json";
    answer.body = ready_json(state, may_read_pages);
  } else {
    answer.body = ready_text(state, may_read_pages);
  }
  return answer;
}

}  // namespace cb
