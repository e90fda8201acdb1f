#include "tests/simulation/causes.hpp"

#include <nlohmann/json.hpp>

#include "bridge/report/decision_json.hpp"
#include "bridge/report/issue_json.hpp"
#include "bridge/sync/claims.hpp"
#include "bridge/texts/language.hpp"

namespace cb::simulation {

namespace {

using Json = nlohmann::json;

std::string text_in(const Json& json, const char* name) {
  return json.contains(name) && json.at(name).is_string() ? json.at(name).get<std::string>() : std::string();
}

bool is_news(const std::string& iso, Instant now, Seconds news) {
  const auto at = instant_from_iso(iso);
  return !at || now - *at < news;
}

// Breached for good only when its time is used up: a raised priority may give some more.
std::optional<NotificationEvent> event_of(const Json& clock) {
  const auto state = text_in(clock, "state");
  if (state == "at_risk") return NotificationEvent::risk;
  if (state != "breached" || clock.at("stopped").is_string()) return {};
  const auto& used = clock.at("used");
  const auto& target = clock.at("target");
  if (used.is_number() && target.is_number() && used.get<std::int64_t>() < target.get<std::int64_t>()) return {};
  return NotificationEvent::breach;
}

}  // namespace

std::string word_of(NotificationEvent event) {
  switch (event) {
    case NotificationEvent::breach:
      return "breach";
    case NotificationEvent::risk:
      return "risk";
    case NotificationEvent::urgent:
      return "urgent";
    case NotificationEvent::outage:
      break;
  }
  return "outage";
}

std::vector<NewsCause> causes_in(const std::string& decision, const std::string& issue, Instant now, Seconds news) {
  std::vector<NewsCause> causes;
  const auto json = Json::parse(decision);
  for (const auto& [name, clock] : json.at("clocks").items()) {
    const auto event = event_of(clock);
    const auto due = text_in(clock, "due");
    if (!event || (event == NotificationEvent::breach && !is_news(due, now, news))) continue;
    // These two are promised anew each time.
    const bool renewed = name == "next_update" || name == "keep_fix_date";
    causes.push_back({*event, name, due,
                      issue + " " + word_of(*event) + " " + name + " " + clock.at("cycle").dump() +
                          (renewed ? " " + due : std::string())});
  }
  const auto& urgent = json.at("urgent");
  const auto phase = text_in(json, "phase");
  const auto since = urgent.is_object() ? text_in(urgent, "since") : std::string();
  const bool ended = phase == "resolved" || phase == "closed" || phase == "withdrawn" || phase.empty();
  if (!since.empty() && urgent.at("holds").get<bool>() && !ended && is_news(since, now, news))
    causes.push_back({NotificationEvent::urgent, "", since, issue + " urgent " + since});
  return causes;
}

std::vector<NewsCause> causes_now(const IssueKey& key, const Settings& settings, Store& store, Instant now) {
  const auto stored = store.issue(key);
  if (!stored) return {};
  auto issue = issue_from_json(stored->snapshot);
  if (!issue) return {};
  if (issue->language.empty()) issue->detected_language = detect_language(issue->summary, issue->description);
  const auto at = std::max(now, issue->updated);
  LedgerView view;
  for (const auto& contract : pools_around(*issue, settings.book, at)) {
    const auto claims = store.claims(contract);
    view.claims.insert(view.claims.end(), claims.begin(), claims.end());
  }
  return causes_in(decision_json(evaluate(*issue, settings.book, view, at)), to_text(key), now, k_possible_news);
}

}  // namespace cb::simulation
