#include "bridge/web/api_issue.hpp"

#include <nlohmann/json.hpp>

#include "bridge/report/issue_json.hpp"
#include "bridge/sync/selection.hpp"
#include "bridge/web/api_ask.hpp"

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

Json null_if_empty(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json iso(const std::optional<Instant>& when) {
  return when ? Json(to_iso(*when)) : Json(nullptr);
}

Json json_of(const std::optional<Parked>& parked) {
  if (!parked) return nullptr;
  return {{"error", parked->error},
          {"since", to_iso(parked->since)},
          {"attempts", parked->attempts},
          {"retry_at", to_iso(parked->retry_at)}};
}

Json lines_of(Store& store, const IssueKey& key) {
  auto lines = Json::array();
  for (const auto& line : store.ledger(key)) {
    lines.push_back({{"at", to_iso(line.at)},
                     {"action", line.action},
                     {"contract", null_if_empty(line.contract.value)},
                     {"period", null_if_empty(line.period)},
                     {"note", null_if_empty(line.note)}});
  }
  return lines;
}

// What the tracker told last; nothing of it is needed for the decision, so that one that cannot be read is left out.
void add_facts(Json& json, const StoredIssue& stored) {
  const auto issue = issue_from_json(stored.snapshot);
  json["url"] = issue ? null_if_empty(issue->url) : Json(nullptr);
  json["summary"] = issue ? Json(issue->summary) : Json(nullptr);
  json["updated"] = to_iso(stored.updated);
  json["fetched_at"] = to_iso(stored.fetched_at);
  json["gone"] = stored.gone;
}

WebAnswer not_seen(const IssueKey& key) {
  return problem_answer(404, "The bridge has not seen the issue " + to_text(key) +
                                 ". Is it in a project that is configured, and was it changed since the bridge began?");
}

}  // namespace

WebAnswer api_issue(const WebParts& parts, const WebCall& call) {
  const auto asked = asked_issue(call, *parts.settings());
  if (const auto* refused = std::get_if<WebAnswer>(&asked)) return *refused;
  const auto& key = std::get<IssueKey>(asked);
  const auto stored = parts.store.issue(key);
  const auto parked = parts.store.parked(key);
  if (!stored && !parked) return not_seen(key);
  Json json = {{"issue", to_text(key)}, {"tracker", key.tracker}, {"id", key.id}};
  Json decision = nullptr;
  std::optional<Instant> decided_at;
  if (stored) {
    add_facts(json, *stored);
    if (!stored->decision.empty()) {
      decision = Json::parse(stored->decision, nullptr, false);
      if (decision.is_discarded()) {
        return problem_answer(500, "The stored decision of " + to_text(key) +
                                       " cannot be read. It is made anew when the issue is looked at next; to have "
                                       "that now, change the issue.");
      }
      if (const auto decisions = parts.store.decisions(key); !decisions.empty()) decided_at = decisions.back().at;
    }
  } else {
    for (const auto* name : {"url", "summary", "updated", "fetched_at"}) json[name] = nullptr;
    json["gone"] = false;
  }
  json["decided_at"] = iso(decided_at);
  json["recheck_at"] = iso(stored ? stored->recheck_at : std::nullopt);
  json["book_version"] = null_if_empty(stored ? stored->book_version : "");
  json["parked"] = json_of(parked);
  json["ledger"] = lines_of(parts.store, key);
  json["decision"] = std::move(decision);
  return json_answer(200, json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

WebAnswer api_retry(const WebParts& parts, const WebCall& call) {
  const auto asked = asked_issue(call, *parts.settings());
  if (const auto* refused = std::get_if<WebAnswer>(&asked)) return *refused;
  const auto& key = std::get<IssueKey>(asked);
  const auto now = parts.clock.now();
  const auto at = earliest_retry(parts.store, key, now);
  if (!parts.store.retry(key, at)) {
    if (!parts.store.issue(key)) return not_seen(key);
    return problem_answer(409, "The issue " + to_text(key) + " is not parked: there is nothing to try again.");
  }
  parts.store.wake({key}, "a retry was asked for", now);
  return json_answer(200, Json{{"issue", to_text(key)}, {"retry_at", to_iso(at)}}.dump());
}

}  // namespace cb
