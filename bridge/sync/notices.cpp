#include "bridge/sync/notices.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/http.hpp"
#include "bridge/sync/comments.hpp"
#include "bridge/sync/page_links.hpp"
#include "bridge/sync/slot_values.hpp"
#include "bridge/sync/wanted_comment.hpp"
#include "bridge/texts/local_dates.hpp"
#include "rules/escalation.hpp"
#include "rules/plain_line.hpp"

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t k_longest_heading = 200;
const std::string k_invisible = "\xe2\x80\x8b";  // a blank without width, which takes the meaning from what follows

struct Cause {
  NotificationEvent event;
  std::string id;
  int cycle = 1;
  Instant at;  // when it happened
  const ClockReading* clock = nullptr;
};

std::string word_of(NotificationEvent event) {
  return event == NotificationEvent::breach ? "breach" : event == NotificationEvent::risk ? "risk" : "urgent";
}

std::vector<Cause> causes_of(const Decision& decision, Instant now) {
  std::vector<Cause> causes;
  for (const auto& clock : decision.clocks) {
    const bool overdue = is_overdue(clock);
    if (!overdue && clock.state != ClockState::at_risk) continue;
    if (overdue && clock.due && now - *clock.due > k_notice_age) continue;
    const auto event = overdue ? NotificationEvent::breach : NotificationEvent::risk;
    const auto at = overdue && clock.due ? *clock.due : now;
    causes.push_back({event, word_of(event) + "/" + promise_of(clock), clock.cycle, at, &clock});
  }
  const auto& urgent = decision.urgent;
  if (urgent.holds && urgent.since && is_open(decision) && now - *urgent.since <= k_notice_age) {
    causes.push_back({NotificationEvent::urgent, "urgent/" + to_iso(*urgent.since), k_dated, *urgent.since});
  }
  return causes;
}

// A risk that is told once the promise is broken helps nobody who is told of the breach then.
std::optional<Instant> useful_until(const Cause& cause, const NotificationTarget& target) {
  const bool gives_way = cause.event == NotificationEvent::risk && target.events.count(NotificationEvent::breach) > 0;
  return gives_way && cause.clock != nullptr ? cause.clock->due : std::nullopt;
}

// Where people read the issue.
std::string address_of(const IssueKey& key, const TrackerSettings& tracker) {
  if (!tracker.write.pages.empty()) return page_of(key, tracker.write.pages);
  auto url = tracker.url;
  while (url.ends_with('/')) url.pop_back();
  const auto id = url_encoded(key.id);
  switch (tracker.kind) {
    case TrackerKind::bugzilla:
      return url + "/show_bug.cgi?id=" + id;
    case TrackerKind::jira:
      return url + "/issues/?jql=id%20%3D%20" + id;
    case TrackerKind::redmine:
      break;
  }
  return url + "/issues/" + id;
}

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

std::string customer_name(const Decision& decision, const ContractBook& book) {
  const auto* customer = decision.customer ? find_customer(book, *decision.customer) : nullptr;
  if (customer == nullptr) return {};
  return customer->name.empty() ? customer->id.value : customer->name;
}

Json json_body(const Cause& cause, const Decision& decision, const Issue& issue, const NoticeTerms& terms) {
  const auto* clock = cause.clock;
  return {{"event", word_of(cause.event)},
          {"at", to_iso(cause.at)},
          {"issue", to_text(issue.key)},
          {"summary", issue.summary},
          {"url", address_of(issue.key, terms.tracker)},
          {"customer", or_null(customer_name(decision, terms.book))},
          {"contract", decision.contract ? Json(decision.contract->value) : Json(nullptr)},
          {"priority", to_text(decision.priority)},
          {"sla_state", to_text(decision.sla_state)},
          {"clock", clock == nullptr ? Json(nullptr) : Json(to_text(clock->name))},
          {"due", clock == nullptr || !clock->due ? Json(nullptr) : Json(to_iso(*clock->due))}};
}

std::string clock_words(const ClockReading& clock) {
  auto words = to_text(clock.name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

Json chat_body(const Cause& cause, const Decision& decision, const Issue& issue, const NoticeTerms& terms) {
  const auto zone = zone_of(decision, terms.book);
  std::string text;
  switch (cause.event) {
    case NotificationEvent::breach:
      text = "Breached: " + clock_words(*cause.clock);
      if (cause.clock->due) text += ", was due " + local_text(*cause.clock->due, zone);
      break;
    case NotificationEvent::risk:
      text = "At risk: " + clock_words(*cause.clock);
      if (cause.clock->due) text += ", due " + local_text(*cause.clock->due, zone);
      break;
    case NotificationEvent::outage:  // belongs to no issue: see outages.cpp
      break;
    case NotificationEvent::urgent:
      text = "Urgent procedure since " + local_text(cause.at, zone);
      break;
  }
  text += ". " + to_text(issue.key) + " " + chat_text(issue.summary);
  if (const auto customer = customer_name(decision, terms.book); !customer.empty()) {
    text += " (" + chat_text(customer) + ")";
  }
  return {{"text", text + " " + address_of(issue.key, terms.tracker)}};
}

}  // namespace

std::string chat_text(const std::string& text) {
  std::string safe;
  for (const char c : plain_line(text)) {
    if (safe.size() >= k_longest_heading) {
      while (!safe.empty() && (static_cast<unsigned char>(safe.back()) & 0xC0U) == 0x80U) safe.pop_back();
      if (!safe.empty() && static_cast<unsigned char>(safe.back()) >= 0xC0U) safe.pop_back();
      return safe + "…";
    }
    if (c == '&') {
      safe += "&amp;";
    } else if (c == '<') {
      safe += "&lt;";
    } else if (c == '>') {
      safe += "&gt;";
    } else if (c == '@' || c == '!' || c == ':' || c == '[' || c == ']' || c == '*' || c == '_' || c == '~' ||
               c == '#' || c == '`' || c == '|') {
      safe += c + k_invisible;
    } else {
      safe += c;
    }
  }
  return safe;
}

std::vector<Notification> notices(const Decision& decision, const Issue& issue, const NoticeTerms& terms, Instant now) {
  std::vector<Notification> found;
  if (terms.targets.empty()) return found;
  for (const auto& cause : causes_of(decision, now)) {
    const auto id = to_text(issue.key) + " " + cause.id + " " + std::to_string(cause.cycle);
    for (const auto& target : terms.targets) {
      if (target.events.count(cause.event) == 0) continue;
      const auto body = target.kind == NotificationKind::chat ? chat_body(cause, decision, issue, terms)
                                                              : json_body(cause, decision, issue, terms);
      found.push_back({id, target.name, body.dump(-1, ' ', false, Json::error_handler_t::replace), now, now, 0, "",
                       useful_until(cause, target)});
    }
  }
  return found;
}

}  // namespace cb
