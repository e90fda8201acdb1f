// Sends what the store holds for addresses outside the tracker, step by step, as TrackerLoop does for trackers: each
// until its receiver has answered with success, later each time, for three days. Requests are signed as Standard
// Webhooks has it (webhook-id, webhook-timestamp, webhook-signature); the id stays the same over attempts, so that a
// receiver can tell a repetition. One thread at a time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http.hpp"
#include "bridge/log.hpp"
#include "bridge/ports/clock.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"

namespace cb {

// A receiver, ready to be told: whatever is secret is resolved.
struct NotificationRoute {
  std::string name;
  std::string path;    // with the query: may hold a secret
  std::string secret;  // empty: requests are not signed
  std::shared_ptr<Http> http;
  std::function<void()> interrupt{};  // from any thread: what is being sent is broken off
};

// Somebody to send to, and how that is broken off.
struct NotificationChannel {
  std::shared_ptr<Http> http;
  std::function<void()> interrupt{};
};
using OpenChannel = std::function<NotificationChannel(const std::string& base_url)>;

// Takes the address apart and resolves what is secret, which the log then keeps. `make` gets scheme, host and port.
Result<NotificationRoute> open_route(const NotificationTarget& target, Log& log, const OpenChannel& make);

struct NotifierParts {
  Store& store;
  Clock& clock;
  Chance& chance;
  Log& log;
  std::vector<NotificationRoute> routes;
};

class Notifier {
 public:
  explicit Notifier(NotifierParts parts);
  // Sends what is due, at most a portion. `stop_asked` is asked between two of them.
  void step(const std::function<bool()>& stop_asked);
  // When something is due; none: nothing waits.
  [[nodiscard]] std::optional<Instant> next_at();

 private:
  void send(const Notification& notification);
  [[nodiscard]] std::optional<std::string> refused_by(const NotificationRoute& route, const Notification& notification);
  void give_up(const Notification& notification, const std::string& why);

  NotifierParts parts_;
};

// The value of webhook-signature. A secret that begins with whsec_ is base64 behind that, any other is taken as it is.
std::string webhook_signature(const std::string& secret, const std::string& id, Instant at, const std::string& body);
// Unique, and short enough for every receiver; the same for the same notification.
std::string webhook_id(const Notification& notification);

}  // namespace cb
