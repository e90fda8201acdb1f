// What must hold of what is told outside the trackers: everything that is so and asked for, at least once to everybody
// who asks; nothing that is not so; one cause under one id, whose every attempt is the same and signed; nothing again
// once it was received; in the order in which it is due; and never a secret.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/http.hpp"
#include "bridge/ports/clock.hpp"
#include "tests/simulation/causes.hpp"
#include "tests/simulation/judge.hpp"

namespace cb::simulation {

class NewsJudge {
 public:
  NewsJudge(Trace& trace, Judge& judge, Clock& clock) : trace_(trace), judge_(judge), clock_(clock) {}

  // One request on its way.
  struct Sending;
  using Sent = std::shared_ptr<Sending>;

  // From now on the service goes by these.
  void use(std::shared_ptr<const Settings> settings) { settings_ = std::move(settings); }
  // What the store was told.
  void intended(const Intent& intent, Store& store);
  void recorded(const Record& record);
  void announced(const std::vector<Notification>& notifications, Store& store);
  void listed(const std::string& target, const std::vector<Notification>& due);
  void tried(const std::string& id, const std::string& target);
  void closed(const std::string& id, const std::string& target);
  void withdrawn(const std::string& id, const std::optional<std::string>& target);
  // What went over the network: a request, which the receiver may get, and whose thanks may come back.
  Sent sent(const std::string& target, const HttpRequest& request);
  void arrived(const Sent& sending);
  void thanked(const Sent& sending);
  void at_the_end();

 private:
  struct Item;
  using Key = std::pair<std::string, std::string>;  // target, id
  void note(const std::vector<Notification>& notifications, const std::vector<NewsCause>& causes);
  // False: it is known.
  bool note_one(const Notification& notification);
  bool leave_queue(const std::string& id, const std::string& target);
  void judge_item(const Notification& notification, const std::vector<NewsCause>& causes);
  [[nodiscard]] const NotificationTarget* target_of(const std::string& name) const;
  void judge_outage(const Notification& notification, Store& store);
  void judge_request(const Item& item, const HttpRequest& request);

  Trace& trace_;
  Judge& judge_;
  Clock& clock_;
  std::shared_ptr<const Settings> settings_;
  std::map<Key, std::shared_ptr<Item>> items_;
  std::map<Key, std::string> ids_by_cause_;  // target and cause
  std::map<std::string, std::string> items_by_webhook_id_;
  std::map<std::string, std::vector<std::string>> queues_;  // ids as the store gave them last, without what was tried
};

}  // namespace cb::simulation
