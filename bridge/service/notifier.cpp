#include "bridge/service/notifier.hpp"

#include <algorithm>

#include "bridge/http/base_url.hpp"
#include "bridge/settings/secret.hpp"
#include "bridge/sync/retry.hpp"

namespace cb {

namespace {

constexpr int k_portion = 50;
constexpr Seconds k_give_up{3 * 24 * 3600};
// So often what is older than that was tried: a clock that is far ahead, or a long stop, gives nothing up at once.
constexpr int k_give_up_after = 10;
// Also for a receiver that asks for more: its Retry-After may be a mistake, and what waits is urgent.
constexpr Seconds k_longest_wait_between = k_longest_notification_wait;
constexpr std::size_t k_shown_answer = 200;

}  // namespace

Result<NotificationRoute> open_route(const NotificationTarget& target, Log& log, const OpenChannel& make) {
  const auto of = [&](const Error& error) {
    return Failure(Error{error.kind, "notification " + target.name + ": " + error.what, {}});
  };
  NotificationRoute route;
  route.name = target.name;
  auto address = target.url.text;
  if (address.rfind("http", 0) != 0) {
    auto resolved = resolve(target.url);
    if (!resolved) return of(resolved.error());
    address = *std::move(resolved);
    log.keep_secret(address);
  }
  const auto bare = address.substr(0, address.find('?'));
  auto base = base_url_from(bare);
  if (!base) return of(base.error());
  const auto slash = bare.find('/', bare.find("://") + 3);
  route.path = (slash == std::string::npos ? "/" : bare.substr(slash)) + address.substr(bare.size());
  // What stands behind the host is what makes a chat tool's address secret.
  if (address != target.url.text) log.keep_secret(route.path);
  if (!target.secret.text.empty()) {
    TRY(secret, notification_secret(target));
    log.keep_secret(secret);
    route.secret = std::move(secret);
  }
  base->prefix.clear();
  auto channel = make(to_text(*base));
  route.http = std::move(channel.http);
  route.interrupt = std::move(channel.interrupt);
  route.break_off_late = std::move(channel.break_off_late);
  return route;
}

Notifier::Notifier(NotifierParts parts) : parts_(std::move(parts)) {}

std::optional<Instant> Notifier::next_at() {
  std::optional<Instant> next;
  const auto now = parts_.clock.now();
  for (auto [target, at] : parts_.store.next_notifications()) {
    if (const auto alone = not_before_.find(target); alone != not_before_.end()) at = std::max(at, alone->second);
    if (at > now + k_longest_wait_between) at = now;
    next = std::min(next.value_or(at), at);
  }
  return next;
}

void Notifier::step(const std::function<bool()>& stop_asked) {
  give_up_unknown();
  for (const auto& route : parts_.routes) tell(route, stop_asked);
}

void Notifier::give_up_unknown() {
  for (const auto& [target, at] : parts_.store.next_notifications()) {
    const bool known = std::any_of(parts_.routes.begin(), parts_.routes.end(),
                                   [&name = target](const NotificationRoute& each) { return each.name == name; });
    if (known) continue;
    for (const auto& each : parts_.store.notifications(target, parts_.clock.now(), k_portion)) {
      give_up(each, "nobody of that name is configured any more");
    }
  }
}

void Notifier::tell(const NotificationRoute& route, const std::function<bool()>& stop_asked) {
  const auto alone = not_before_.find(route.name);
  const auto now = parts_.clock.now();
  // One that lies further ahead was set by a clock that has been set back since.
  const bool is_alone =
      alone != not_before_.end() && now < alone->second && alone->second <= now + k_longest_wait_between;
  if (is_alone) return;
  for (const auto& each : parts_.store.notifications(route.name, parts_.clock.now(), k_portion)) {
    if (stop_asked() || !send(route, each, stop_asked)) return;
  }
}

bool Notifier::send(const NotificationRoute& route, const Notification& notification,
                    const std::function<bool()>& stop_asked) {
  const auto began = parts_.clock.now();
  if (notification.useful_until && began >= *notification.useful_until) {
    drop(notification);
    return true;
  }
  // The next attempt is planned before this one: a store that cannot be written keeps it from being sent, instead of
  // having it sent again and again.
  auto wait = std::min(wait_after(notification.attempts + 1, parts_.chance.next(), {}), k_longest_wait_between);
  if (!parts_.store.notification_tried(notification.id, notification.target, began + wait)) return true;
  const auto refused = refused_by(route, notification);
  const auto now = parts_.clock.now();
  if (!refused) {
    parts_.store.notification_sent(notification.id, notification.target, now);
    parts_.log.info("told " + notification.target + ": " + notification.id);
    return true;
  }
  if (!refused->answered && stop_asked()) {
    put_back(notification);
    return false;
  }
  if (refused->wait) {
    wait = std::max(wait, *refused->wait);
    not_before_[route.name] = now + *refused->wait;
  }
  if (now - notification.at > k_give_up && notification.attempts >= k_give_up_after) {
    give_up(notification, refused->why);
    return !refused->for_all;
  }
  parts_.store.notification_failed(notification.id, notification.target, refused->why, now + wait);
  parts_.log.warning(notification.target + " could not be told of " + notification.id + ", it is tried again in " +
                     duration_text(wait) + ": " + refused->why);
  return !refused->for_all;
}

std::optional<Notifier::Refusal> Notifier::refused_by(const NotificationRoute& route,
                                                      const Notification& notification) {
  const auto id = webhook_id(notification);
  const auto now = parts_.clock.now();
  HttpRequest request{"POST", route.path, {{"Content-Type", "application/json"}}, notification.body};
  request.headers.emplace_back("webhook-id", id);
  request.headers.emplace_back("webhook-timestamp", std::to_string(now.time_since_epoch().count()));
  if (!route.secret.empty()) {
    request.headers.emplace_back("webhook-signature", webhook_signature(route.secret, id, now, notification.body));
  }
  const auto answer = route.http->send(request);
  if (!answer) return Refusal{answer.error().what, true, false, {}};
  if (answer->status >= 200 && answer->status < 300) return {};
  const auto said = answer->body.substr(0, k_shown_answer);
  Refusal refusal{"it answered with status " + std::to_string(answer->status) + (said.empty() ? "" : " (" + said + ")"),
                  answer->status == 429 || answer->status >= 500,
                  true,
                  {}};
  if (const auto asked = retry_after(*answer, parts_.clock.now()); asked && refusal.for_all) {
    refusal.wait = std::min<Seconds>(*asked, k_longest_wait_between);
  }
  return refusal;
}

// Who ends breaks off what is under way: whoever comes next tells it at once.
void Notifier::put_back(const Notification& notification) {
  parts_.store.notification_failed(notification.id, notification.target, notification.error, notification.retry_at);
  parts_.log.info("telling " + notification.target + " of " + notification.id +
                  " was broken off by the end or the reload of the service: it is told again at once after that");
}

// It may become news again, when the promise moves: then it is told as if for the first time.
void Notifier::drop(const Notification& notification) {
  const auto why = notification.target + " was not told of " + notification.id + ": it is no news any more since " +
                   to_iso(*notification.useful_until) +
                   (notification.error.empty() ? "" : ", and before that " + notification.error);
  parts_.store.withdraw(notification.id, notification.target);
  parts_.store.audit(parts_.clock.now(), why);
  parts_.log.warning(why);
}

void Notifier::give_up(const Notification& notification, const std::string& why) {
  const auto now = parts_.clock.now();
  parts_.store.notification_sent(notification.id, notification.target, now);
  parts_.store.audit(now, notification.target + " was not told of " + notification.id + ": " + why);
  parts_.log.error(notification.target + " is not told of " + notification.id + " any more: " + why);
}

}  // namespace cb
