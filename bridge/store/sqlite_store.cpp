#include "bridge/store/sqlite_store.hpp"

#include "bridge/store/tables.hpp"

namespace cb {
namespace {

class SqliteStore : public Store {
 public:
  SqliteStore(std::unique_ptr<Connection> connection, std::shared_ptr<void> held)
      : held_(std::move(held)), connection_(std::move(connection)) {}

  std::optional<CursorState> cursor(const std::string& tracker) override {
    return cursor_table::find(*connection_, tracker);
  }
  void set_cursor(const CursorState& cursor) override { cursor_table::put(*connection_, cursor); }

  std::optional<StoredIssue> issue(const IssueKey& key) override { return issue_table::find(*connection_, key); }

  void save_fetched(const StoredIssue& fetched, const std::vector<Claim>& claims) override {
    connection_->atomically([&] {
      issue_table::put_fetched(*connection_, fetched);
      ledger_table::replace_claims(*connection_, fetched.key, claims);
    });
  }

  void mark_gone(const IssueKey& key, Instant at) override {
    connection_->atomically([&] {
      issue_table::mark_gone(*connection_, key, at);
      parked_table::remove(*connection_, key);
      wake_table::remove(*connection_, key, {});
    });
  }

  std::vector<IssueKey> issues(const std::string& tracker, const std::optional<IssueKey>& after, int limit) override {
    return issue_table::page(*connection_, tracker, after, limit);
  }

  std::vector<IssueKey> due(const std::string& tracker, Instant now, int limit) override {
    return issue_table::due(*connection_, tracker, now, limit);
  }
  std::optional<Instant> next_due(const std::string& tracker, Instant after) override {
    return issue_table::next_due(*connection_, tracker, after);
  }
  std::vector<IssueKey> decided_otherwise(const std::string& tracker, const std::string& book_version, Instant now,
                                          int limit) override {
    return issue_table::decided_otherwise(*connection_, tracker, book_version, now, limit);
  }
  std::vector<IssueKey> open_issues(const ContractId& contract) override {
    return outline_table::open_issues(*connection_, contract);
  }
  std::vector<IssueKey> customer_issues(const std::string& customer, const std::optional<IssueKey>& after,
                                        int limit) override {
    return outline_table::of_customer(*connection_, customer, after, limit);
  }
  std::vector<DueIssue> due_issues(Instant until, const std::optional<DueIssue>& after, int limit) override {
    return outline_table::due(*connection_, until, after, limit);
  }
  int count_due(const std::string& tracker, Instant until) override {
    return outline_table::count_due(*connection_, tracker, until);
  }
  std::optional<Instant> next_promise(const std::string& tracker, Instant from) override {
    return outline_table::next_promise(*connection_, tracker, from);
  }
  StoreCounts counts(const std::string& tracker) override { return outline_table::counts(*connection_, tracker); }
  int woken(const std::string& tracker) override { return wake_table::count(*connection_, tracker); }
  StoreTotals totals() override { return history_tables::totals(*connection_); }

  void wake(const std::vector<IssueKey>& keys, const std::string& why, Instant at) override {
    connection_->atomically([&] {
      for (const auto& key : keys) wake_table::put(*connection_, key, why, at);
    });
  }
  std::vector<Wake> wakes(const std::string& tracker, Instant now, int limit) override {
    return wake_table::all(*connection_, tracker, now, limit);
  }
  std::int64_t last_wake(const IssueKey& key) override { return wake_table::last(*connection_, key); }

  std::vector<Claim> claims(const ContractId& contract) override {
    return ledger_table::claims(*connection_, contract);
  }

  void replace_claims(const IssueKey& key, const std::vector<Claim>& claims) override {
    connection_->atomically([&] {
      issue_table::require(*connection_, key);
      ledger_table::replace_claims(*connection_, key, claims);
    });
  }

  void intend(const Intent& intent) override {
    connection_->atomically([&] {
      issue_table::require(*connection_, intent.key);
      outbox_table::open(*connection_, intent);
      for (const auto& each : intent.notifications) notification_table::put(*connection_, each);
    });
  }

  std::vector<Intent> open_intents(const std::string& tracker) override {
    return outbox_table::all_open(*connection_, tracker);
  }

  void record(const Record& record) override {
    connection_->atomically([&] {
      issue_table::require(*connection_, record.key);
      issue_table::put_decision(*connection_, record);
      outline_table::put(*connection_, record.key, record.outline);
      for (const auto& line : record.ledger) ledger_table::append(*connection_, line);
      for (const auto& each : record.notifications) notification_table::put(*connection_, each);
      outbox_table::close(*connection_, record.key);
      wake_table::remove(*connection_, record.key, record.seen_wake);
      parked_table::remove(*connection_, record.key);
    });
  }

  std::vector<LedgerLine> ledger(const IssueKey& key) override { return ledger_table::lines(*connection_, key); }

  std::vector<PastDecision> decisions(const IssueKey& key) override {
    return issue_table::decisions(*connection_, key);
  }

  std::vector<HistoryEntry> customer_history(const std::string& customer, const std::optional<HistoryEntry>& after,
                                             int limit) override {
    return history_tables::of_customer(*connection_, customer, after, limit);
  }

  void park(const Parked& parked) override { parked_table::put(*connection_, parked); }
  std::optional<Parked> parked(const IssueKey& key) override { return parked_table::find(*connection_, key); }
  std::vector<Parked> all_parked(const std::string& tracker) override {
    return parked_table::all(*connection_, tracker);
  }

  bool retry(const IssueKey& key, Instant at) override { return parked_table::retry(*connection_, key, at); }
  void unpark(const IssueKey& key) override { parked_table::remove(*connection_, key); }

  void notify(const std::vector<Notification>& notifications) override {
    connection_->atomically([&] {
      for (const auto& each : notifications) notification_table::put(*connection_, each);
    });
  }
  bool is_notified(const std::string& id) override { return notification_table::is_known(*connection_, id); }
  std::vector<Notification> notifications(const std::string& target, Instant now, int limit) override {
    return notification_table::due(*connection_, target, now, limit);
  }
  std::map<std::string, Instant> next_notifications() override { return notification_table::next(*connection_); }
  void notification_sent(const std::string& id, const std::string& target, Instant at) override {
    notification_table::sent(*connection_, id, target, at);
  }
  bool notification_tried(const std::string& id, const std::string& target, Instant retry_at) override {
    return notification_table::tried(*connection_, id, target, retry_at);
  }
  void withdraw(const std::string& id, const std::optional<std::string>& target) override {
    notification_table::withdraw(*connection_, id, target);
  }
  void notification_failed(const std::string& id, const std::string& target, const std::string& error,
                           Instant retry_at) override {
    notification_table::failed(*connection_, id, target, error, retry_at);
  }

  void audit(Instant at, const std::string& what) override { audit_table::append(*connection_, at, what); }
  std::vector<AuditLine> audit_lines(int limit) override { return audit_table::last(*connection_, limit); }

  void use_config(const std::string& version, Instant at) override {
    connection_->atomically([&] { config_version_table::use(*connection_, version, at); });
  }
  std::vector<ConfigVersion> configs() override { return config_version_table::all(*connection_); }

  void tidy(Instant before) override {
    connection_->atomically([&] {
      outbox_table::forget(*connection_, before);
      notification_table::forget(*connection_, before - k_told_is_kept_for);
    });
  }

 private:
  std::shared_ptr<void> held_;  // let go after the connection is closed
  std::unique_ptr<Connection> connection_;
};

}  // namespace

std::unique_ptr<Store> make_sqlite_store(std::unique_ptr<Connection> connection, std::shared_ptr<void> held) {
  return std::make_unique<SqliteStore>(std::move(connection), std::move(held));
}

}  // namespace cb
