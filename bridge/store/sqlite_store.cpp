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
    });
  }

  std::vector<IssueKey> issues(const std::string& tracker, const std::optional<IssueKey>& after, int limit) override {
    return issue_table::page(*connection_, tracker, after, limit);
  }

  std::vector<IssueKey> due(const std::string& tracker, Instant now) override {
    return issue_table::due(*connection_, tracker, now);
  }

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
    });
  }

  std::vector<Intent> open_intents(const std::string& tracker) override {
    return outbox_table::all_open(*connection_, tracker);
  }

  void record(const Record& record) override {
    connection_->atomically([&] {
      issue_table::require(*connection_, record.key);
      issue_table::put_decision(*connection_, record);
      for (const auto& line : record.ledger) ledger_table::append(*connection_, line);
      outbox_table::close(*connection_, record.key);
      parked_table::remove(*connection_, record.key);
    });
  }

  std::vector<LedgerLine> ledger(const IssueKey& key) override { return ledger_table::lines(*connection_, key); }

  std::vector<PastDecision> decisions(const IssueKey& key) override {
    return issue_table::decisions(*connection_, key);
  }

  void park(const Parked& parked) override { parked_table::put(*connection_, parked); }
  std::optional<Parked> parked(const IssueKey& key) override { return parked_table::find(*connection_, key); }
  std::vector<Parked> all_parked(const std::string& tracker) override {
    return parked_table::all(*connection_, tracker);
  }

  void audit(Instant at, const std::string& what) override { audit_table::append(*connection_, at, what); }
  std::vector<AuditLine> audit_lines(int limit) override { return audit_table::last(*connection_, limit); }

  void use_config(const std::string& version, Instant at) override {
    connection_->atomically([&] { config_version_table::use(*connection_, version, at); });
  }
  std::vector<ConfigVersion> configs() override { return config_version_table::all(*connection_); }

 private:
  std::shared_ptr<void> held_;  // let go after the connection is closed
  std::unique_ptr<Connection> connection_;
};

}  // namespace

std::unique_ptr<Store> make_sqlite_store(std::unique_ptr<Connection> connection, std::shared_ptr<void> held) {
  return std::make_unique<SqliteStore>(std::move(connection), std::move(held));
}

}  // namespace cb
