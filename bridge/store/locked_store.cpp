#include "bridge/store/locked_store.hpp"

#include <set>
#include <type_traits>
#include <utility>

namespace cb {
namespace {

class LockedStore final : public Store {
 public:
  LockedStore(Store& inner, std::function<void(const std::string&)> on_wake, std::shared_ptr<StoreTurns> turns,
              StoreTurns::Asker asker)
      : turns_(std::move(turns)), asker_(asker), inner_(inner), on_wake_(std::move(on_wake)) {}

  std::optional<CursorState> cursor(const std::string& tracker) override {
    return alone([&] { return inner_.cursor(tracker); });
  }
  void set_cursor(const CursorState& cursor) override {
    alone([&] { inner_.set_cursor(cursor); });
  }
  std::optional<StoredIssue> issue(const IssueKey& key) override {
    return alone([&] { return inner_.issue(key); });
  }
  void save_fetched(const StoredIssue& fetched, const std::vector<Claim>& claims) override {
    alone([&] { inner_.save_fetched(fetched, claims); });
  }
  void mark_gone(const IssueKey& key, Instant at) override {
    alone([&] { inner_.mark_gone(key, at); });
  }
  std::vector<IssueKey> issues(const std::string& tracker, const std::optional<IssueKey>& after, int limit) override {
    return alone([&] { return inner_.issues(tracker, after, limit); });
  }
  std::vector<IssueKey> due(const std::string& tracker, Instant now, int limit) override {
    return alone([&] { return inner_.due(tracker, now, limit); });
  }
  std::optional<Instant> next_due(const std::string& tracker, Instant after) override {
    return alone([&] { return inner_.next_due(tracker, after); });
  }
  std::vector<IssueKey> decided_otherwise(const std::string& tracker, const std::string& book_version, Instant now,
                                          int limit) override {
    return alone([&] { return inner_.decided_otherwise(tracker, book_version, now, limit); });
  }
  std::vector<IssueKey> open_issues(const ContractId& contract) override {
    return alone([&] { return inner_.open_issues(contract); });
  }
  std::vector<IssueKey> customer_issues(const std::string& customer, const std::optional<IssueKey>& after,
                                        int limit) override {
    return alone([&] { return inner_.customer_issues(customer, after, limit); });
  }
  std::vector<DueIssue> due_issues(Instant until, const std::optional<DueIssue>& after, int limit) override {
    return alone([&] { return inner_.due_issues(until, after, limit); });
  }
  int count_due(const std::string& tracker, Instant until) override {
    return alone([&] { return inner_.count_due(tracker, until); });
  }
  int woken(const std::string& tracker) override {
    return alone([&] { return inner_.woken(tracker); });
  }
  std::optional<Instant> next_promise(const std::string& tracker, Instant from) override {
    return alone([&] { return inner_.next_promise(tracker, from); });
  }
  StoreCounts counts(const std::string& tracker) override {
    return alone([&] { return inner_.counts(tracker); });
  }
  StoreTotals totals() override {
    return alone([&] { return inner_.totals(); });
  }
  void wake(const std::vector<IssueKey>& keys, const std::string& why, Instant at) override {
    alone([&] { inner_.wake(keys, why, at); });
    if (!on_wake_) return;
    std::set<std::string> trackers;
    for (const auto& key : keys) trackers.insert(key.tracker);
    for (const auto& tracker : trackers) on_wake_(tracker);
  }
  std::vector<Wake> wakes(const std::string& tracker, Instant now, int limit) override {
    return alone([&] { return inner_.wakes(tracker, now, limit); });
  }
  std::int64_t last_wake(const IssueKey& key) override {
    return alone([&] { return inner_.last_wake(key); });
  }
  std::vector<Claim> claims(const ContractId& contract) override {
    return alone([&] { return inner_.claims(contract); });
  }
  void replace_claims(const IssueKey& key, const std::vector<Claim>& claims) override {
    alone([&] { inner_.replace_claims(key, claims); });
  }
  void intend(const Intent& intent) override {
    alone([&] { inner_.intend(intent); });
  }
  std::vector<Intent> open_intents(const std::string& tracker) override {
    return alone([&] { return inner_.open_intents(tracker); });
  }
  void record(const Record& record) override {
    alone([&] { inner_.record(record); });
  }
  std::vector<LedgerLine> ledger(const IssueKey& key) override {
    return alone([&] { return inner_.ledger(key); });
  }
  std::vector<PastDecision> decisions(const IssueKey& key) override {
    return alone([&] { return inner_.decisions(key); });
  }
  std::vector<HistoryEntry> customer_history(const std::string& customer, const std::optional<HistoryEntry>& after,
                                             int limit) override {
    return alone([&] { return inner_.customer_history(customer, after, limit); });
  }
  void park(const Parked& parked) override {
    alone([&] { inner_.park(parked); });
  }
  std::optional<Parked> parked(const IssueKey& key) override {
    return alone([&] { return inner_.parked(key); });
  }
  std::vector<Parked> all_parked(const std::string& tracker) override {
    return alone([&] { return inner_.all_parked(tracker); });
  }
  bool retry(const IssueKey& key, Instant at) override {
    return alone([&] { return inner_.retry(key, at); });
  }
  void unpark(const IssueKey& key) override {
    alone([&] { inner_.unpark(key); });
  }
  void notify(const std::vector<Notification>& notifications) override {
    alone([&] { inner_.notify(notifications); });
  }
  bool is_notified(const std::string& id) override {
    return alone([&] { return inner_.is_notified(id); });
  }
  std::vector<Notification> notifications(const std::string& target, Instant now, int limit) override {
    return alone([&] { return inner_.notifications(target, now, limit); });
  }
  std::map<std::string, Instant> next_notifications() override {
    return alone([&] { return inner_.next_notifications(); });
  }
  void notification_sent(const std::string& id, const std::string& target, Instant at) override {
    alone([&] { inner_.notification_sent(id, target, at); });
  }
  bool notification_tried(const std::string& id, const std::string& target, Instant retry_at) override {
    return alone([&] { return inner_.notification_tried(id, target, retry_at); });
  }
  void withdraw(const std::string& id, const std::optional<std::string>& target) override {
    alone([&] { inner_.withdraw(id, target); });
  }
  void notification_failed(const std::string& id, const std::string& target, const std::string& error,
                           Instant retry_at) override {
    alone([&] { inner_.notification_failed(id, target, error, retry_at); });
  }
  void audit(Instant at, const std::string& what) override {
    alone([&] { inner_.audit(at, what); });
  }
  std::vector<AuditLine> audit_lines(int limit) override {
    return alone([&] { return inner_.audit_lines(limit); });
  }
  void use_config(const std::string& version, Instant at) override {
    alone([&] { inner_.use_config(version, at); });
  }
  std::vector<ConfigVersion> configs() override {
    return alone([&] { return inner_.configs(); });
  }
  void tidy(Instant before) override {
    alone([&] { inner_.tidy(before); });
  }

 private:
  template <class Work>
  std::invoke_result_t<Work> alone(const Work& work) {
    return turns_->alone(asker_, work);
  }

  std::shared_ptr<StoreTurns> turns_;
  StoreTurns::Asker asker_;
  Store& inner_;
  std::function<void(const std::string&)> on_wake_;
};

}  // namespace

std::unique_ptr<Store> make_locked_store(Store& inner, std::function<void(const std::string&)> on_wake,
                                         std::shared_ptr<StoreTurns> turns, StoreTurns::Asker asker) {
  return std::make_unique<LockedStore>(inner, std::move(on_wake), std::move(turns), asker);
}

}  // namespace cb
