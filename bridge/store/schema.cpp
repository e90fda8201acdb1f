// The steps of the store's schema. Instants are whole seconds since 1970 in UTC. `sort_key` orders ids as IssueKey
// does (tables.hpp). Kept apart from migrations.cpp, which knows how a step is taken.
#include "bridge/store/migrations.hpp"

namespace cb {
namespace {

const std::vector<std::string>& first_tables() {
  static const std::vector<std::string> statements = {
      R"(CREATE TABLE cursor (
           tracker TEXT PRIMARY KEY,
           since INTEGER NOT NULL,
           completed_at INTEGER NOT NULL) STRICT)",

      R"(CREATE TABLE decision (
           seq INTEGER PRIMARY KEY AUTOINCREMENT,
           tracker TEXT NOT NULL,
           id TEXT NOT NULL,
           decided_at INTEGER NOT NULL,
           book_version TEXT NOT NULL,
           decision TEXT NOT NULL,
           FOREIGN KEY (tracker, id) REFERENCES issue (tracker, id)) STRICT)",
      "CREATE INDEX decision_of_issue ON decision (tracker, id, seq)",

      R"(CREATE TABLE issue (
           tracker TEXT NOT NULL,
           id TEXT NOT NULL,
           sort_key TEXT NOT NULL,
           updated INTEGER NOT NULL,
           fetched_at INTEGER NOT NULL,
           revision TEXT NOT NULL,
           snapshot TEXT NOT NULL,
           current_decision INTEGER REFERENCES decision (seq),
           recheck_at INTEGER,
           gone_at INTEGER,
           PRIMARY KEY (tracker, id)) STRICT)",
      "CREATE UNIQUE INDEX issue_in_order ON issue (tracker, sort_key)",
      "CREATE INDEX issue_due ON issue (tracker, recheck_at) WHERE recheck_at IS NOT NULL AND gone_at IS NULL",

      R"(CREATE TABLE claim (
           tracker TEXT NOT NULL,
           id TEXT NOT NULL,
           position INTEGER NOT NULL,
           contract TEXT NOT NULL,
           place INTEGER NOT NULL,
           cycle INTEGER NOT NULL,
           period_from INTEGER NOT NULL,
           period_to INTEGER NOT NULL,
           hold TEXT NOT NULL CHECK (hold IN ('reserved', 'consumed')),
           order_approved INTEGER NOT NULL,
           rank INTEGER NOT NULL,
           budget TEXT NOT NULL,
           logged_seconds INTEGER NOT NULL,
           PRIMARY KEY (tracker, id, position),
           FOREIGN KEY (tracker, id) REFERENCES issue (tracker, id)) STRICT)",
      "CREATE INDEX claim_on_contract ON claim (contract, place)",

      R"(CREATE TABLE ledger (
           seq INTEGER PRIMARY KEY AUTOINCREMENT,
           tracker TEXT NOT NULL,
           id TEXT NOT NULL,
           at INTEGER NOT NULL,
           action TEXT NOT NULL,
           contract TEXT NOT NULL,
           period TEXT NOT NULL,
           note TEXT NOT NULL,
           FOREIGN KEY (tracker, id) REFERENCES issue (tracker, id)) STRICT)",
      "CREATE INDEX ledger_of_issue ON ledger (tracker, id, seq)",
      R"(CREATE TRIGGER ledger_is_not_changed BEFORE UPDATE ON ledger
           BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END)",
      R"(CREATE TRIGGER ledger_is_not_erased BEFORE DELETE ON ledger
           BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END)",

      R"(CREATE TABLE outbox (
           seq INTEGER PRIMARY KEY AUTOINCREMENT,
           tracker TEXT NOT NULL,
           id TEXT NOT NULL,
           intended_at INTEGER NOT NULL,
           changes TEXT NOT NULL,
           outcome TEXT CHECK (outcome IN ('recorded', 'intended again')),
           FOREIGN KEY (tracker, id) REFERENCES issue (tracker, id)) STRICT)",
      "CREATE INDEX outbox_open ON outbox (tracker, id) WHERE outcome IS NULL",

      R"(CREATE TABLE parked (
           tracker TEXT NOT NULL,
           id TEXT NOT NULL,
           sort_key TEXT NOT NULL,
           error TEXT NOT NULL,
           since INTEGER NOT NULL,
           retry_at INTEGER NOT NULL,
           attempts INTEGER NOT NULL,
           PRIMARY KEY (tracker, id)) STRICT)",

      R"(CREATE TABLE audit (
           seq INTEGER PRIMARY KEY AUTOINCREMENT,
           at INTEGER NOT NULL,
           what TEXT NOT NULL) STRICT)",
      R"(CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
           BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END)",
      R"(CREATE TRIGGER audit_is_not_erased BEFORE DELETE ON audit
           BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END)",

      R"(CREATE TABLE config_version (
           seq INTEGER PRIMARY KEY AUTOINCREMENT,
           version TEXT NOT NULL,
           since INTEGER NOT NULL) STRICT)",
  };
  return statements;
}

// Facts of the current decision that lists, counts and the timers ask for, each by an index. What was decided before
// has them once it is decided again.
const std::vector<std::string>& service_tables() {
  static const std::vector<std::string> statements = {
      "ALTER TABLE issue ADD COLUMN book_version TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE issue ADD COLUMN customer TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE issue ADD COLUMN contract TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE issue ADD COLUMN billing TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE issue ADD COLUMN sla_state TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE issue ADD COLUMN finished INTEGER NOT NULL DEFAULT 0",
      "ALTER TABLE issue ADD COLUMN next_due INTEGER",
      "CREATE INDEX issue_by_version ON issue (tracker, book_version) WHERE gone_at IS NULL",
      "CREATE INDEX issue_counted ON issue (tracker, finished, billing, sla_state) WHERE gone_at IS NULL",
      R"(CREATE INDEX issue_due_of_tracker ON issue (tracker, next_due) WHERE next_due IS NOT NULL AND finished = 0 AND
           gone_at IS NULL)",
      "CREATE INDEX issue_of_customer ON issue (customer, tracker, sort_key)",
      "CREATE INDEX issue_of_contract ON issue (contract) WHERE finished = 0 AND gone_at IS NULL",
      R"(CREATE INDEX issue_by_next_due ON issue (next_due, tracker, sort_key) WHERE next_due IS NOT NULL AND
           finished = 0 AND gone_at IS NULL)",
      "CREATE INDEX parked_by_retry ON parked (tracker, retry_at)",

      R"(CREATE TABLE wake (
           number INTEGER PRIMARY KEY AUTOINCREMENT,
           tracker TEXT NOT NULL,
           id TEXT NOT NULL,
           sort_key TEXT NOT NULL,
           why TEXT NOT NULL,
           at INTEGER NOT NULL,
           UNIQUE (tracker, id)) STRICT)",
      "CREATE INDEX wake_in_order ON wake (tracker, sort_key)",

      R"(CREATE TABLE notification (
           id TEXT NOT NULL,
           target TEXT NOT NULL,
           body TEXT NOT NULL,
           at INTEGER NOT NULL,
           retry_at INTEGER,
           sent_at INTEGER,
           attempts INTEGER NOT NULL DEFAULT 0,
           error TEXT NOT NULL DEFAULT '',
           PRIMARY KEY (id, target)) STRICT)",
      "CREATE INDEX notification_by_retry ON notification (retry_at) WHERE retry_at IS NOT NULL",
  };
  return statements;
}

// What monitors ask for again and again: counted when a line is written instead of each time somebody asks.
const std::vector<std::string>& running_totals() {
  static const std::vector<std::string> statements = {
      R"(CREATE TABLE total (
           name TEXT PRIMARY KEY,
           number INTEGER NOT NULL) STRICT)",
      "INSERT INTO total SELECT 'ledger ' || action, count(*) FROM ledger GROUP BY action",
      "INSERT INTO total SELECT 'decisions', count(*) FROM decision",
      R"(CREATE TRIGGER ledger_is_counted AFTER INSERT ON ledger
           BEGIN
             INSERT INTO total SELECT 'ledger ' || NEW.action, 0
               WHERE NOT EXISTS (SELECT 1 FROM total WHERE name = 'ledger ' || NEW.action);
             UPDATE total SET number = number + 1 WHERE name = 'ledger ' || NEW.action;
           END)",
      R"(CREATE TRIGGER decision_is_counted AFTER INSERT ON decision
           BEGIN UPDATE total SET number = number + 1 WHERE name = 'decisions'; END)",
  };
  return statements;
}

}  // namespace

std::span<const Migration> all_migrations() {
  static const std::vector<Migration> migrations = {
      {"the first tables", first_tables()},
      {"what claims were when",
       {"ALTER TABLE claim ADD COLUMN promised INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE claim ADD COLUMN approved_at INTEGER",
        "UPDATE claim SET approved_at = place WHERE order_approved = 1",
        "ALTER TABLE claim ADD COLUMN ended_at INTEGER"}},
      {"what the service asks for", service_tables()},
      {"counts that are kept instead of made", running_totals()},
      {"notifications by who is told",
       {"ALTER TABLE notification ADD COLUMN useful_until INTEGER",
        "CREATE INDEX notification_of_target ON notification (target, retry_at) WHERE retry_at IS NOT NULL",
        "DROP INDEX notification_by_retry"}},
  };
  return migrations;
}

}  // namespace cb
