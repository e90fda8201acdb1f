#include "tests/simulation/news_judge.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/simulation/deliveries.hpp"
#include "tests/simulation/receivers.hpp"
#include "tests/simulation/signing.hpp"

namespace cb::simulation {

namespace {

// A write may wait for others before it is begun; what it tells was so when it was decided.
constexpr Seconds k_decided_before{180};
constexpr Seconds k_give_up{3 * 24 * 3600};
// First after a minute, then twice as long each time.
constexpr int k_attempts_an_hour = 12;

std::string header_of(const HttpRequest& request, const std::string& name) {
  const auto found = std::find_if(request.headers.begin(), request.headers.end(),
                                  [&](const auto& each) { return each.first == name; });
  return found == request.headers.end() ? std::string() : found->second;
}

std::string clock_in_words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

// Whether the body tells of this cause.
bool tells(const nlohmann::json& body, const NewsCause& cause) {
  if (body.contains("event")) {
    const auto& clock = body.at("clock");
    const auto& due = body.at("due");
    if (body.at("event") != word_of(cause.event)) return false;
    if (cause.clock.empty()) return clock.is_null() && body.at("at") == cause.due;
    return clock == cause.clock && (due.is_null() ? cause.due.empty() : due == cause.due);
  }
  const auto text = body.at("text").get<std::string>();
  const auto begins = [&](const std::string& words) { return text.rfind(words, 0) == 0; };
  switch (cause.event) {
    case NotificationEvent::breach:
      return begins("Breached: " + clock_in_words(cause.clock));
    case NotificationEvent::risk:
      return begins("At risk: " + clock_in_words(cause.clock));
    default:
      break;
  }
  return begins("Urgent procedure since ");
}

}  // namespace

struct NewsJudge::Item {
  std::string id, target, body, webhook_id;
  Instant at;
  std::optional<Instant> useful_until;
  int tries = 0, sends = 0;
  bool arrived = false, thanked = false, closed = false, withdrawn = false;
};

struct NewsJudge::Sending {
  std::shared_ptr<Item> item;
};

const NotificationTarget* NewsJudge::target_of(const std::string& name) const {
  if (!settings_) return nullptr;
  for (const auto& target : settings_->notifications)
    if (target.name == name) return &target;
  return nullptr;
}

void NewsJudge::intended(const Intent& intent, Store& store) {
  if (intent.notifications.empty() || !settings_) return;
  auto causes = causes_now(intent.key, *settings_, store, intent.at);
  for (auto& cause : causes_now(intent.key, *settings_, store, intent.at - k_decided_before)) causes.push_back(cause);
  note(intent.notifications, causes);
}

void NewsJudge::recorded(const Record& record) {
  if (!settings_ || settings_->notifications.empty()) return;
  const auto name = to_text(record.key);
  note(record.notifications, causes_in(record.decision, name, record.at, k_possible_news));
  for (const auto& cause : causes_in(record.decision, name, record.at, k_certain_news))
    for (const auto& target : settings_->notifications)
      if (target.events.count(cause.event) > 0 && ids_by_cause_.count({target.name, cause.id}) == 0)
        judge_.fail("everybody who asks is told of what is so", target.name + " is not told of " + cause.id);
}

// What the store has already stays as it is.
bool NewsJudge::note_one(const Notification& notification) {
  auto& item = items_[{notification.target, notification.id}];
  if (item && !item->withdrawn) return false;
  trace_.count("notifications");
  item = std::make_shared<Item>(
      Item{notification.id, notification.target, notification.body, {}, notification.at, notification.useful_until});
  const auto what = notification.target + ", " + notification.id + ": " + notification.body;
  for (const auto& secret : {std::string(k_staff_secret), key_of(k_bridge), std::string(k_hook_secret),
                             std::string(k_chat_path), std::string(k_on_call_key), on_call_secret()})
    if (notification.body.find(secret) != std::string::npos) judge_.fail("no notification holds a secret", what);
  return true;
}

void NewsJudge::note(const std::vector<Notification>& notifications, const std::vector<NewsCause>& causes) {
  for (const auto& notification : notifications)
    if (note_one(notification)) judge_item(notification, causes);
}

void NewsJudge::announced(const std::vector<Notification>& notifications, Store& store) {
  for (const auto& notification : notifications) {
    if (!note_one(notification)) continue;
    trace_.count("outages told");
    judge_outage(notification, store);
  }
}

// The tracker was last read when it says so: its cursor has not moved yet, also at the end.
void NewsJudge::judge_outage(const Notification& notification, Store& store) {
  const auto what = notification.target + ", " + notification.id + ": " + notification.body;
  const auto* target = target_of(notification.target);
  if (target == nullptr || target->events.count(NotificationEvent::outage) == 0)
    judge_.fail("only who asks for an event is told of it", what);
  const auto body = nlohmann::json::parse(notification.body);
  if (!body.contains("event")) return;  // the same facts as a text
  const auto cursor = store.cursor(body.at("tracker").get<std::string>());
  const auto last_read = instant_from_iso(body.at("last_read").get<std::string>());
  const bool unread = body.at("state") != "read again";
  const bool holds =
      cursor && last_read && cursor->completed_at == *last_read && (!unread || clock_.now() > *last_read);
  if (body.at("event") != "outage" || !holds) judge_.fail("nothing is told outside that is not so", what);
}

void NewsJudge::judge_item(const Notification& notification, const std::vector<NewsCause>& causes) {
  const auto what = notification.target + ", " + notification.id + ": " + notification.body;
  const auto body = nlohmann::json::parse(notification.body);
  const auto* target = target_of(notification.target);
  for (const auto& cause : causes) {
    if (!tells(body, cause)) continue;
    if (target == nullptr || target->events.count(cause.event) == 0)
      judge_.fail("only who asks for an event is told of it", what);
    auto& id = ids_by_cause_[{notification.target, cause.id}];
    if (!id.empty() && id != notification.id)
      judge_.fail("no cause is told under two ids", what + "\nand before under " + id);
    id = notification.id;
    return;
  }
  judge_.fail("nothing is told outside that is not so", what);
}

void NewsJudge::listed(const std::string& target, const std::vector<Notification>& due) {
  auto& queue = queues_[target];
  queue.clear();
  for (const auto& each : due) queue.push_back(each.id);
  if (!std::is_sorted(due.begin(), due.end(), [](const auto& a, const auto& b) { return a.retry_at < b.retry_at; }))
    judge_.fail("what is due first is told first", "the store lists otherwise");
}

// False: it was not its turn.
bool NewsJudge::leave_queue(const std::string& id, const std::string& target) {
  auto& queue = queues_[target];
  if (queue.empty() || queue.front() != id) return false;
  queue.erase(queue.begin());
  return true;
}

void NewsJudge::tried(const std::string& id, const std::string& target) {
  ++items_.at({target, id})->tries;
  if (!leave_queue(id, target))
    judge_.fail("what is due first is told first", target + " is told of " + id + " before its turn");
}

void NewsJudge::closed(const std::string& id, const std::string& target) {
  auto& item = *items_.at({target, id});
  item.closed = true;
  if (item.thanked) return;
  trace_.count("notifications given up");
  leave_queue(id, target);
  if (target_of(target) != nullptr && clock_.now() - item.at <= k_give_up)
    judge_.fail("nobody is given up before three days are over", target + ", " + id);
}

// A risk once the promise is broken, and an outage once it is over.
void NewsJudge::withdrawn(const std::string& id, const std::optional<std::string>& target) {
  for (const auto& [key, item] : items_) {
    if (key.second != id || (target && key.first != *target) || item->thanked || item->closed) continue;
    trace_.count("notifications withdrawn");
    item->withdrawn = true;
    leave_queue(id, key.first);
    if (target && !(item->useful_until && clock_.now() >= *item->useful_until))
      judge_.fail("nothing is withdrawn that is news", *target + ", " + id);
  }
}

NewsJudge::Sent NewsJudge::sent(const std::string& target, const HttpRequest& request) {
  for (const auto& [key, item] : items_) {
    if (item->target != target || item->body != request.body || item->closed) continue;
    if (!item->webhook_id.empty() && item->webhook_id != header_of(request, "webhook-id")) continue;
    trace_.count("attempts to notify");
    ++item->sends;
    item->webhook_id = header_of(request, "webhook-id");
    judge_request(*item, request);
    return std::make_shared<Sending>(Sending{item});
  }
  judge_.fail("what is told is what was noted, under one id, and not again once it was received",
              target + ", " + header_of(request, "webhook-id") + ": " + request.body);
  return std::make_shared<Sending>(Sending{std::make_shared<Item>()});
}

void NewsJudge::judge_request(const Item& item, const HttpRequest& request) {
  const auto what = item.target + ", " + item.id;
  const auto [known, is_new] = items_by_webhook_id_.emplace(item.webhook_id, what);
  if (item.webhook_id.empty() || known->second != what)
    judge_.fail("every notification has an id of its own", what + " is " + item.webhook_id + ", as " + known->second);
  if (item.sends > item.tries)
    judge_.fail("the next attempt is planned before this one", what + " is sent without that");
  const auto hours = std::max<std::int64_t>(0, (clock_.now() - item.at).count() / 3600) + 1;
  if (item.sends > k_attempts_an_hour + 2 * hours)
    judge_.fail("nobody is told again and again", what + " was sent " + std::to_string(item.sends) + " times");
  if (item.target == k_chat) {
    if (request.target != k_chat_path) judge_.fail("a notification goes to its address", what + ": " + request.target);
    return;
  }
  const auto text = item.webhook_id + "." + header_of(request, "webhook-timestamp") + "." + request.body;
  if (header_of(request, "webhook-signature") != "v1," + base64_of(hmac_of(k_on_call_key, text)))
    judge_.fail("every notification is signed as its receiver asks", what);
}

void NewsJudge::arrived(const Sent& sending) {
  if (!sending->item->arrived) trace_.count("notifications that arrived");
  sending->item->arrived = true;
}

void NewsJudge::thanked(const Sent& sending) {
  sending->item->thanked = true;
}

void NewsJudge::at_the_end() {
  for (const auto& [key, item] : items_)
    if (!item->arrived && !item->closed && !item->withdrawn)
      judge_.fail("everybody is told in the end", item->target + " was never told of " + item->id);
}

}  // namespace cb::simulation
