// The store port: what the bridge remembers between two runs. It is a cache plus the ledger and the final verdicts;
// what can be is recreated from the trackers. Every function is one transaction: it happened and survives a loss of
// power, or it did not happen at all. A store that fails throws StoreError, caught once in main and at the engine's
// boundary, and may be asked again afterwards; values here hold no secret. One thread at a time per store object.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
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

// Somebody else has the store for now: nothing happened, and the same may be tried again.
class StoreBusy : public StoreError {
 public:
  using StoreError::StoreError;
};

// Where the next list starts: the start of the last complete list less the overlap (design.md 9.1). What a list named
// is woken before its cursor moves.
struct CursorState {
  std::string tracker;
  Instant since;
  Instant completed_at;
};

// An issue that is to be looked at: it changed, or something moved that its decision depends on.
struct Wake {
  IssueKey key;
  std::int64_t number = 0;  // of two wakes the later has the greater one
  std::string why;          // for people
  Instant at;
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

// What lists and counts ask of a decision without reading it. Names are those of the decision's JSON.
struct Outline {
  std::string customer, contract;  // ids; empty: none
  std::string billing;
  std::string sla_state;
  bool finished = false;  // resolved, closed or withdrawn
  std::optional<Instant> next_due;
  friend bool operator==(const Outline&, const Outline&) = default;
};

// Something that is told outside the tracker, once for each cause and target.
struct Notification {
  std::string id;      // of the cause: the same after a crash
  std::string target;  // the name of who is told, as configured
  std::string body;    // JSON
  Instant at;
  Instant retry_at;
  int attempts = 0;
  std::string error;                      // of the last attempt
  std::optional<Instant> useful_until{};  // who has not been told by then is not told any more
};

// No notification waits longer for its next attempt: what waits for a later one was put off by a clock that has been
// set back since.
inline constexpr Seconds k_longest_notification_wait{3600};
// By so much longer than other things it is kept who was told of what: a promise may be in danger for months, and is
// told once.
inline constexpr Seconds k_told_is_kept_for{400 * 24 * 3600};

// A write that is about to happen. After a crash it is not replayed: the issue is processed again. Who is told outside
// the tracker is told also when the write fails.
struct Intent {
  IssueKey key;
  Instant at;
  std::string changes;  // for people
  std::vector<Notification> notifications{};
};

// What record() keeps of a processed issue, in one transaction: the decision, its new ledger lines and notifications;
// the intent is closed, the issue is no longer parked, and what woke it up to `seen_wake` is done.
struct Record {
  IssueKey key;
  std::string decision;  // as JSON
  std::string book_version;
  std::optional<Instant> recheck_at;
  std::vector<LedgerLine> ledger;
  Instant at;
  bool changed = false;  // the decision differs from the last one: kept as a past decision
  Outline outline{};
  std::int64_t seen_wake = 0;  // last_wake() before the decision was made; later ones stay
  std::vector<Notification> notifications{};
};

// One open issue in the order in which promises fall due.
struct DueIssue {
  IssueKey key;
  Outline outline;
};

// Of one tracker. Those that are gone do not count.
struct StoreCounts {
  int issues = 0;
  int open = 0;
  int undecided = 0;  // open, and nobody can bill it
  int parked = 0;
  int woken = 0;
  int intended = 0;
  std::map<std::string, int> sla_states;  // of open issues
  friend bool operator==(const StoreCounts&, const StoreCounts&) = default;
};

// A decision that was kept, and when it was first made.
struct PastDecision {
  Instant at;
  std::string book_version;
  std::string decision;  // as JSON
};

// What happened to an issue of a customer: a decision or, when `decision` is empty, a ledger line. The later number is
// the later of two of one kind.
struct HistoryEntry {
  IssueKey issue;
  Instant at;
  std::int64_t number = 0;
  std::string book_version;  // of the decision
  std::string decision;      // as JSON
  LedgerLine line;
};

// Of all trackers, for monitors.
struct StoreTotals {
  std::map<std::string, std::int64_t> ledger_lines;  // by action
  std::int64_t decisions = 0;                        // that were kept
  int notifications_waiting = 0;
  int notifications_failing = 0;  // of these: tried in vain
  friend bool operator==(const StoreTotals&, const StoreTotals&) = default;
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
  // The issue is neither due nor parked nor woken any more; its claims and ledger stay. One that was never saved is
  // passed over.
  virtual void mark_gone(const IssueKey& key, Instant at) = 0;
  // Keys in order, in pages: after `after` (none: from the start), at most `limit`. Those that are gone too.
  virtual std::vector<IssueKey> issues(const std::string& tracker, const std::optional<IssueKey>& after, int limit) = 0;
  // Issues whose recheck_at has come and that do not wait for a retry, the longest overdue first, at most `limit`.
  virtual std::vector<IssueKey> due(const std::string& tracker, Instant now, int limit) = 0;
  // The next instant later than `after` at which an issue is due or a retry comes; none: nothing is planned.
  virtual std::optional<Instant> next_due(const std::string& tracker, Instant after) = 0;
  // Issues whose decision was made under another configuration, or never, in order, at most `limit`; without those that
  // are gone or wait for a retry.
  virtual std::vector<IssueKey> decided_otherwise(const std::string& tracker, const std::string& book_version,
                                                  Instant now, int limit) = 0;
  // Open issues of all trackers whose decision names that contract, in order.
  virtual std::vector<IssueKey> open_issues(const ContractId& contract) = 0;
  // Issues of all trackers whose decision names that customer, in order of tracker and id, after `after`.
  virtual std::vector<IssueKey> customer_issues(const std::string& customer, const std::optional<IssueKey>& after,
                                                int limit) = 0;
  // Open issues of all trackers with a next_due before `until`, in order of that, tracker and id; those that come
  // behind `after` in that order (none: from the start; its next_due and key count), at most `limit`.
  virtual std::vector<DueIssue> due_issues(Instant until, const std::optional<DueIssue>& after, int limit) = 0;
  // How many of one tracker those are.
  virtual int count_due(const std::string& tracker, Instant until) = 0;
  // The earliest next_due of an open issue of one tracker that is not before `from`; none: there is none.
  virtual std::optional<Instant> next_promise(const std::string& tracker, Instant from) = 0;
  virtual StoreCounts counts(const std::string& tracker) = 0;
  // How many issues are woken.
  virtual int woken(const std::string& tracker) = 0;
  virtual StoreTotals totals() = 0;

  // Each takes the place of an earlier wake of the same issue. The issues need not have been saved.
  virtual void wake(const std::vector<IssueKey>& keys, const std::string& why, Instant at) = 0;
  // In order of keys, at most `limit`; without those that wait for a retry.
  virtual std::vector<Wake> wakes(const std::string& tracker, Instant now, int limit) = 0;
  // Number of the wake of that issue; 0: nothing wakes it.
  virtual std::int64_t last_wake(const IssueKey& key) = 0;

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

  // Decisions and ledger lines of the issues whose decision names that customer, the newest first, and of one instant
  // ledger lines first; those that come behind `after` in that order (none: from the start), at most `limit`.
  virtual std::vector<HistoryEntry> customer_history(const std::string& customer,
                                                     const std::optional<HistoryEntry>& after, int limit) = 0;

  // Instead of what was known of the same issue; it need not have been saved.
  virtual void park(const Parked& parked) = 0;
  virtual std::optional<Parked> parked(const IssueKey& key) = 0;
  // In the order of retry_at, then key.
  virtual std::vector<Parked> all_parked(const std::string& tracker) = 0;
  // A parked issue is tried again from then on; false: it is not parked.
  virtual bool retry(const IssueKey& key, Instant at) = 0;
  // Nothing is known of it any more; one that is not parked is passed over.
  virtual void unpark(const IssueKey& key) = 0;

  // What belongs to no issue; one that was put before is left as it is.
  virtual void notify(const std::vector<Notification>& notifications) = 0;
  // Whether one of that id was ever put, for whichever target, and is not forgotten (tidy).
  virtual bool is_notified(const std::string& id) = 0;
  // Those for one target whose retry_at has come, or lies further ahead than any wait, the oldest first.
  virtual std::vector<Notification> notifications(const std::string& target, Instant now, int limit) = 0;
  // For each target that something waits for, when the first of that is due.
  virtual std::map<std::string, Instant> next_notifications() = 0;
  // About to be sent: whatever becomes of it, it is not due again before `retry_at`. False: it is not to be sent any
  // more.
  virtual bool notification_tried(const std::string& id, const std::string& target, Instant retry_at) = 0;
  virtual void notification_sent(const std::string& id, const std::string& target, Instant at) = 0;
  // Forgets what was not sent yet, as if it had never been put; without a target: for whichever.
  virtual void withdraw(const std::string& id, const std::optional<std::string>& target) = 0;
  // Also sets when it is due again.
  virtual void notification_failed(const std::string& id, const std::string& target, const std::string& error,
                                   Instant retry_at) = 0;

  // A line for the audit: who did what, when.
  virtual void audit(Instant at, const std::string& what) = 0;
  // The last `limit` lines, oldest first.
  virtual std::vector<AuditLine> audit_lines(int limit) = 0;

  // Remembers which configuration is in use; the same one again changes nothing.
  virtual void use_config(const std::string& version, Instant at) = 0;
  // In the order of use: A, B, A are three.
  virtual std::vector<ConfigVersion> configs() = 0;

  // Forgets what nobody asks for any more: closed intents from before then, and notifications sent still longer ago.
  // Ledger, decisions and audit stay.
  virtual void tidy(Instant before) = 0;
};

// exclusive: for commands that write; a second program is refused. beside: for single changes while another program has
// the store; nothing is created or migrated. read: the same, and every function that writes throws.
enum class StoreAccess { exclusive, beside, read };

inline constexpr std::chrono::milliseconds k_busy_wait{10'000};

// `sqlite:PATH` or `sqlite::memory:`. Creates the file on first start (readable by its owner alone), brings an older
// one up to date after a copy was put beside it, and refuses what a newer program or another program wrote.
// `busy_wait`: so long each function waits while another program keeps the file locked, before it throws StoreBusy;
// opening always waits ten seconds.
std::unique_ptr<Store> open_store(const std::string& url, StoreAccess access = StoreAccess::exclusive,
                                  std::chrono::milliseconds busy_wait = k_busy_wait);

}  // namespace cb
