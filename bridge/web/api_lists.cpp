#include "bridge/web/api_lists.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "bridge/web/api_ask.hpp"

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

constexpr Seconds k_usual_until{86'400};
const std::string k_history = "history";
const std::string k_due = "due";

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json issue_of(const IssueKey& key) {
  return {{"issue", to_text(key)}, {"tracker", key.tracker}, {"id", key.id}};
}

WebAnswer page_answer(Json json, Json items, const std::string& next) {
  json["items"] = std::move(items);
  json["next"] = text_or_null(next);
  return json_answer(200, json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

WebAnswer not_a_cursor() {
  return problem_answer(400, "`cursor` is none of this list; take the one that `next` of the page before holds.");
}

std::string place_of(const HistoryEntry& entry) {
  return to_iso(entry.at) + (entry.decision.empty() ? " line " : " decision ") + std::to_string(entry.number);
}

// The place alone: what customer_history() compares.
std::optional<HistoryEntry> entry_at(const std::string& place) {
  std::istringstream words(place);
  std::string at;
  std::string kind;
  HistoryEntry entry;
  if (!(words >> at >> kind >> entry.number) || !words.eof()) return {};
  const auto instant = instant_from_iso(at);
  if (!instant || (kind != "line" && kind != "decision") || entry.number < 1) return {};
  entry.at = *instant;
  if (kind == "decision") entry.decision = "{}";
  return entry;
}

// The parts of a decision that a list shows; the whole one is asked for by its issue.
Json json_of(const HistoryEntry& entry) {
  auto json = issue_of(entry.issue);
  json["at"] = to_iso(entry.at);
  if (entry.decision.empty()) {
    json["kind"] = "ledger";
    json["action"] = entry.line.action;
    json["contract"] = text_or_null(entry.line.contract.value);
    json["period"] = text_or_null(entry.line.period);
    json["note"] = text_or_null(entry.line.note);
    return json;
  }
  json["kind"] = "decision";
  json["book_version"] = text_or_null(entry.book_version);
  const auto decision = Json::parse(entry.decision, nullptr, false);
  for (const auto* name : {"contract", "billing", "refusal", "category", "sla_state", "next_due", "phase"}) {
    json[name] = decision.is_object() && decision.contains(name) ? decision[name] : Json(nullptr);
  }
  return json;
}

Json json_of(const DueIssue& due, Instant now) {
  auto json = issue_of(due.key);
  json["customer"] = text_or_null(due.outline.customer);
  json["contract"] = text_or_null(due.outline.contract);
  json["billing"] = due.outline.billing;
  json["sla_state"] = due.outline.sla_state;
  json["next_due"] = to_iso(due.outline.next_due.value_or(now));
  json["overdue"] = due.outline.next_due && *due.outline.next_due < now;
  return json;
}

struct DuePlace {
  Instant until;
  std::optional<DueIssue> after;
};

// `UNTIL NEXT_DUE TRACKER ID`
std::string due_place_text(Instant until, const DueIssue& last) {
  return to_iso(until) + " " + to_iso(last.outline.next_due.value_or(until)) + " " + last.key.tracker + " " +
         last.key.id;
}

std::optional<DuePlace> due_place(const std::string& text) {
  std::istringstream words(text);
  std::string until_text;
  std::string due_text;
  DueIssue after;
  if (!(words >> until_text >> due_text >> after.key.tracker >> after.key.id) || !words.eof()) return {};
  const auto until = instant_from_iso(until_text);
  after.outline.next_due = instant_from_iso(due_text);
  if (!until || !after.outline.next_due) return {};
  return DuePlace{*until, after};
}

// Of trackers that are served: what the store still holds of one that was taken out of the configuration is not looked
// after any more, and would stay due for ever.
std::vector<DueIssue> due_of_served(const WebParts& parts, DuePlace place, std::size_t many) {
  std::set<std::string> served;
  for (const auto& tracker : parts.settings()->trackers) served.insert(tracker.name);
  std::vector<DueIssue> found;
  for (auto portion = static_cast<int>(many);; portion = k_longest_page) {
    auto some = parts.store.due_issues(place.until, place.after, portion);
    const bool was_last = static_cast<int>(some.size()) < portion;
    if (!some.empty()) place.after = some.back();
    for (auto& each : some) {
      if (found.size() < many && served.count(each.key.tracker) > 0) found.push_back(std::move(each));
    }
    if (was_last || found.size() == many) return found;
  }
}

}  // namespace

WebAnswer api_customer_history(const WebParts& parts, const WebCall& call) {
  const CustomerId customer{call.parts.at("id")};
  const auto page = asked_page(call, k_history);
  if (const auto* refused = std::get_if<WebAnswer>(&page)) return *refused;
  const auto& [limit, after] = std::get<AskedPage>(page);
  std::optional<HistoryEntry> place;
  if (!after.empty() && !(place = entry_at(after))) return not_a_cursor();
  // One more tells whether there is a next page.
  auto entries = parts.store.customer_history(customer.value, place, limit + 1);
  if (entries.empty() && find_customer(parts.settings()->book, customer) == nullptr) {
    return problem_answer(404, "No customer of that id is configured, and no decision names it.");
  }
  const bool more = static_cast<int>(entries.size()) > limit;
  if (more) entries.pop_back();
  auto items = Json::array();
  for (const auto& entry : entries) items.push_back(json_of(entry));
  return page_answer({{"customer", customer.value}}, std::move(items),
                     more ? next_cursor(k_history, place_of(entries.back())) : "");
}

WebAnswer api_due(const WebParts& parts, const WebCall& call) {
  const auto now = parts.clock.now();
  const auto until = asked_instant(call, "until", now + k_usual_until);
  if (const auto* refused = std::get_if<WebAnswer>(&until)) return *refused;
  const auto page = asked_page(call, k_due);
  if (const auto* refused = std::get_if<WebAnswer>(&page)) return *refused;
  const auto& [limit, after] = std::get<AskedPage>(page);
  DuePlace place{std::get<Instant>(until), {}};
  if (!after.empty()) {
    const auto given = due_place(after);
    if (!given) return not_a_cursor();
    place = *given;
  }
  auto found = due_of_served(parts, place, static_cast<std::size_t>(limit) + 1);
  const bool more = static_cast<int>(found.size()) > limit;
  if (more) found.pop_back();
  auto items = Json::array();
  for (const auto& each : found) items.push_back(json_of(each, now));
  return page_answer({{"until", to_iso(place.until)}}, std::move(items),
                     more ? next_cursor(k_due, due_place_text(place.until, found.back())) : "");
}

}  // namespace cb
