// The store of the simulated world as its judges see it: they are told after each change that they look at.
#pragma once

#include <functional>

#include "tests/support/failing.hpp"

namespace cb::simulation {

struct StoreWatchers {
  std::function<void(const Record&, Store&)> recorded;
  std::function<void(const std::vector<IssueKey>&, const std::string& why)> woken;
  std::function<void(const IssueKey&, Instant at)> read;
  std::function<void(const Intent&, Store&)> intended;
  std::function<void(const std::vector<Notification>&, Store&)> announced;                  // of no issue
  std::function<void(const std::string& target, const std::vector<Notification>&)> listed;  // that are due
  std::function<void(const std::string&id, const std::string&target)> tried, closed;
  std::function<void(const std::string& id, const std::optional<std::string>& target)> withdrawn;
};

class WatchedStore final : public FailingStore {
 public:
  WatchedStore(Store& inner, const StoreWatchers& watchers)
      : FailingStore(inner, nothing_fails_), inner_(inner), watchers_(watchers) {
    nothing_fails_.decide = [](FaultPlan&, const std::string&) { return false; };
  }
  void record(const Record& record) override {
    inner_.record(record);
    watchers_.recorded(record, inner_);
  }
  void save_fetched(const StoredIssue& fetched, const std::vector<Claim>& claims) override {
    inner_.save_fetched(fetched, claims);
    watchers_.read(fetched.key, fetched.fetched_at);
  }
  void intend(const Intent& intent) override {
    inner_.intend(intent);
    watchers_.intended(intent, inner_);
  }
  void notify(const std::vector<Notification>& notifications) override {
    inner_.notify(notifications);
    watchers_.announced(notifications, inner_);
  }
  std::vector<Notification> notifications(const std::string& target, Instant now, int limit) override {
    auto due = inner_.notifications(target, now, limit);
    watchers_.listed(target, due);
    return due;
  }
  bool notification_tried(const std::string& id, const std::string& target, Instant retry_at) override {
    const bool to_send = inner_.notification_tried(id, target, retry_at);
    if (to_send) watchers_.tried(id, target);
    return to_send;
  }
  void notification_sent(const std::string& id, const std::string& target, Instant at) override {
    inner_.notification_sent(id, target, at);
    watchers_.closed(id, target);
  }
  void withdraw(const std::string& id, const std::optional<std::string>& target) override {
    inner_.withdraw(id, target);
    watchers_.withdrawn(id, target);
  }
  void wake(const std::vector<IssueKey>& keys, const std::string& why, Instant at) override {
    inner_.wake(keys, why, at);
    watchers_.woken(keys, why);
  }

 private:
  Store& inner_;
  const StoreWatchers& watchers_;
  FaultPlan nothing_fails_;
};

}  // namespace cb::simulation
