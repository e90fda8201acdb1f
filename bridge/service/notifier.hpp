// Sends what the store holds for addresses outside the tracker, step by step, as TrackerLoop does for trackers: each
// until its receiver has answered with success, later each time, for three days; what is no news any more is dropped.
// Told at least once: an answer that was lost on its way back leads to a repetition, and so does a stop that broke the
// request off, which is no failure of the receiver. Requests are signed as Standard Webhooks has it (webhook-id,
// webhook-timestamp, webhook-signature); the id stays the same over attempts, so that a receiver can tell a repetition.
// Knows no thread: one thread at a time, but several notifiers over one store may each
// tell other targets.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http.hpp"
#include "bridge/log.hpp"
#include "bridge/ports/clock.hpp"
#include "bridge/service/notification_signature.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"

namespace cb {

// A receiver, ready to be told: whatever is secret is resolved.
struct NotificationRoute {
  std::string name;
  std::string path;    // with the query: may hold a secret
  std::string secret;  // empty: requests are not signed
  std::shared_ptr<Http> http;
  std::function<void()> interrupt{};       // from any thread: what is being sent is broken off
  std::function<void()> break_off_late{};  // likewise, where it takes too long
};

// Somebody to send to, and how that is broken off.
struct NotificationChannel {
  std::shared_ptr<Http> http;
  std::function<void()> interrupt{};
  std::function<void()> break_off_late{};
};
using OpenChannel = std::function<NotificationChannel(const std::string& base_url)>;

// Takes the address apart and resolves what is secret, which the log then keeps. `make` gets scheme, host and port.
// denied: a secret cannot be had, or can be guessed (notification_secret).
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
  // Gives up what waits for nobody, then tells every target. `stop_asked` is asked between two requests.
  void step(const std::function<bool()>& stop_asked);
  // Sends what is due for one target, at most a portion. One that does not answer, or asks to be left alone, ends it.
  void tell(const NotificationRoute& route, const std::function<bool()>& stop_asked);
  // What waits for somebody who is not configured any more.
  void give_up_unknown();
  // When something is due; none: nothing waits.
  [[nodiscard]] std::optional<Instant> next_at();
  [[nodiscard]] const std::vector<NotificationRoute>& routes() const { return parts_.routes; }

 private:
  struct Refusal {
    std::string why;
    bool for_all = false;           // the next one would fare no better now
    bool answered = true;           // by the receiver itself
    std::optional<Seconds> wait{};  // what the receiver asks for
  };
  // Whether the target can be asked for more now.
  bool send(const NotificationRoute& route, const Notification& notification, const std::function<bool()>& stop_asked);
  [[nodiscard]] std::optional<Refusal> refused_by(const NotificationRoute& route, const Notification& notification);
  void put_back(const Notification& notification);
  void drop(const Notification& notification);
  void give_up(const Notification& notification, const std::string& why);

  NotifierParts parts_;
  std::map<std::string, Instant> not_before_;  // targets that asked to be left alone
};

}  // namespace cb
