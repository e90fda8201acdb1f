// The store port: what the bridge remembers between two runs. It is a cache plus the ledger and the final verdicts;
// what can be is recreated from the trackers. Every function is one transaction: it happened and survives a loss of
// power, or it did not happen at all. A store that fails throws StoreError, caught once in main and at the engine's
// boundary, and may be asked again afterwards; values here hold no secret. One thread at a time per store object.
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "rules/decision.hpp"

namespace cb {

// Says where the store lies, what went wrong and what to do.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Where the next list starts: the start of the last complete cycle less the overlap (design.md 9.1).
struct CursorState {
  std::string tracker;
  Instant since;
  Instant completed_at;
};

struct StoredIssue {
  IssueKey key;
  Instant updated;     // as the tracker told it
  Instant fetched_at;  // by our clock
  Revision revision;
  std::string snapshot;      // the issue as JSON
  std::string decision;      // the last decision as JSON; empty before the first
  std::string book_version;  // configuration of that decision
  std::optional<Instant> recheck_at;
  bool gone = false;  // not readable any more: never taken for closed
};

// An issue that could not be processed: shown, retried with back-off, never dropped.
struct Parked {
  IssueKey key;
  std::string error;
  Instant since;
  Instant retry_at;
  int attempts = 0;
};

// One line of the append-only ledger. action: reserve, consume, release, paid ... as text for people.
struct LedgerLine {
  IssueKey issue;
  Instant at;           // when it was decided
  std::string action;   // reserve, consume, release; `billing` or `category` for a change of that
  ContractId contract;  // empty when no pool is concerned
  std::string period;   // first instant of the pool's period, ISO
  std::string note;     // from what to what, and why
};

// A write that is about to happen. After a crash it is not replayed: the issue is processed again.
struct Intent {
  IssueKey key;
  Instant at;
  std::string changes;  // as JSON, for people
};

// What record() keeps of a processed issue, in one transaction: the decision, its claims, its new ledger lines; the
// intent is closed and the issue is no longer parked.
struct Record {
  IssueKey key;
  std::string decision;  // as JSON
  std::string book_version;
  std::optional<Instant> recheck_at;
  std::vector<LedgerLine> ledger;
  Instant at;
  bool changed = false;  // the decision differs from the last one: kept as a past decision
};

// A decision that was kept, and when it was first made.
struct PastDecision {
  Instant at;
  std::string book_version;
  std::string decision;  // as JSON
};

struct AuditLine {
  Instant at;
  std::string what;
};

// The configuration a decision may name, and when it was first used.
struct ConfigVersion {
  std::string version;
  Instant since;
};

class Store {
 public:
  virtual ~Store() = default;

  virtual std::optional<CursorState> cursor(const std::string& tracker) = 0;
  virtual void set_cursor(const CursorState& cursor) = 0;

  virtual std::optional<StoredIssue> issue(const IssueKey& key) = 0;
  // Keeps what was fetched and what it claims; decision, recheck_at and ledger stay as they are. An issue that was gone
  // is there again.
  virtual void save_fetched(const StoredIssue& fetched, const std::vector<Claim>& claims) = 0;
  // The issue is neither due nor parked any more; its claims and ledger stay. One that was never saved is passed over.
  virtual void mark_gone(const IssueKey& key, Instant at) = 0;
  // Keys in order, in pages: after `after` (none: from the start), at most `limit`. Those that are gone too.
  virtual std::vector<IssueKey> issues(const std::string& tracker, const std::optional<IssueKey>& after, int limit) = 0;
  // Issues whose recheck_at has come, the longest overdue first.
  virtual std::vector<IssueKey> due(const std::string& tracker, Instant now) = 0;

  // All claims on the pools of a contract, in their order: place, then key.
  virtual std::vector<Claim> claims(const ContractId& contract) = 0;
  // Instead of all claims that the issue has made; on any contract. The issue must have been saved.
  virtual void replace_claims(const IssueKey& key, const std::vector<Claim>& claims) = 0;

  // Takes the place of an open intent of the same issue.
  virtual void intend(const Intent& intent) = 0;
  virtual std::vector<Intent> open_intents(const std::string& tracker) = 0;
  // The issue must have been saved.
  virtual void record(const Record& record) = 0;
  // Oldest first.
  virtual std::vector<LedgerLine> ledger(const IssueKey& key) = 0;
  // Oldest first; the last one is the one that counts.
  virtual std::vector<PastDecision> decisions(const IssueKey& key) = 0;

  // Instead of what was known of the same issue; it need not have been saved.
  virtual void park(const Parked& parked) = 0;
  virtual std::optional<Parked> parked(const IssueKey& key) = 0;
  // In the order of retry_at, then key.
  virtual std::vector<Parked> all_parked(const std::string& tracker) = 0;

  // A line for the audit: who did what, when.
  virtual void audit(Instant at, const std::string& what) = 0;
  // The last `limit` lines, oldest first.
  virtual std::vector<AuditLine> audit_lines(int limit) = 0;

  // Remembers which configuration is in use; the same one again changes nothing.
  virtual void use_config(const std::string& version, Instant at) = 0;
  // In the order of use: A, B, A are three.
  virtual std::vector<ConfigVersion> configs() = 0;
};

// exclusive: for commands that write; a second program is refused. read: beside another program that writes; nothing
// is created or migrated, and every function that writes throws.
enum class StoreAccess { exclusive, read };

// `sqlite:PATH` or `sqlite::memory:`. Creates the file on first start (readable by its owner alone), brings an older
// one up to date after a copy was put beside it, and refuses what a newer program or another program wrote.
std::unique_ptr<Store> open_store(const std::string& url, StoreAccess access = StoreAccess::exclusive);

}  // namespace cb
