// One cycle: from the question who we are to the moved cursor, and then what is to be done, portion by portion. Made
// for one use; its parts are in cycle_run.cpp (the stages), portions.cpp (what is to be done), issue_run.cpp (one
// issue: decide, plan, intend, write, record), batches.cpp (several issues a request), waking.cpp, assigning.cpp,
// timers.cpp (what falls due meanwhile) and failures.cpp (what each kind of failure leads to). A function that answers
// false has stopped the cycle.
#pragma once

#include <map>
#include <set>
#include <string>

#include "bridge/sync/engine.hpp"
#include "bridge/sync/pending_writes.hpp"
#include "bridge/sync/plan.hpp"
#include "bridge/sync/work_queue.hpp"

namespace cb {

inline constexpr Seconds k_before_asking_again{1};
inline constexpr Seconds k_patience{20};

class CycleRun {
 public:
  CycleRun(const EngineParts& parts, const EngineOptions& options, const Progress& progress);
  void run();
  // What stopped the cycle; the cursor stays where it was.
  bool stop(const std::string& why, std::optional<Seconds> wait = {});
  // Where the error asks for a pause, nobody asks anything before its end.
  bool stop(const Error& error);
  CycleReport report();

 private:
  // Stages.
  bool begin();
  bool clock_was_compared();
  bool writing_is_allowed();
  bool asking_is_allowed();
  bool pause(const std::string& why, Seconds asked);
  bool sweep_is_due();
  bool list_all();
  bool list(std::optional<Instant> since);
  bool list_failed(const Error& error);
  [[nodiscard]] std::optional<Instant> list_since();
  void take_page(const std::vector<IssueRef>& refs);
  void wake_unnamed();
  void move_cursor(Instant now);
  bool asked_to_stop();
  bool read_all();
  void leave_the_rest();
  bool decide_all();
  void show_waiting();

  // Portions.
  bool work();
  bool next_portion();
  bool comes_again(const std::vector<IssueKey>& portion);
  [[nodiscard]] bool time_stands_still() const;
  void take_known();
  void take(const IssueKey& key);
  void end_portion();
  void count(const CycleRow& row);

  // One issue.
  bool read(const IssueKey& key, bool now_decided = false);
  bool take_read(const IssueKey& key, Result<Fetched> fetched, Instant asked_at, bool now_decided);
  void keep(const Fetched& fetched, Instant fetched_at);
  [[nodiscard]] std::vector<Claim> claims_before(const IssueKey& key, const std::vector<Claim>& claims,
                                                 const std::vector<LedgerLine>& ledger);
  bool decide(const IssueKey& key);
  bool decide_once(const IssueKey& key, int attempt);
  bool written(const Decision& decision, const Fetched& before, const PlannedWrite& planned, const Applied& applied);
  void record(const Decision& decision, const Issue& issue);
  [[nodiscard]] std::vector<Notification> notices_of(const Decision& decision, const Issue& issue) const;
  bool tells_news(const Decision& decision, const Issue& issue);
  [[nodiscard]] std::optional<Instant> recheck_at(const Decision& decision) const;
  [[nodiscard]] LedgerView ledger_of(const Issue& issue, Instant now);
  void show(const Decision& decision, const Fetched& fetched, const PlannedWrite& planned);
  CycleRow& show_failed(const Decision& decision, const Fetched& fetched);
  CycleRow& row_of(const IssueKey& key);
  CycleRow& row_of(const Issue& issue);

  // Several issues a request.
  bool read_together(const std::vector<IssueKey>& keys);
  [[nodiscard]] bool may_wait(const IssueKey& key, const Changes& changes);
  bool write_together(const std::vector<PendingWrite>& writes);
  bool not_written(const PendingWrite& write, const Error& error);
  bool write_waiting();

  // Who could not be assigned.
  void remember_unreached(const Issue& issue, const Changes& changes, const Applied& applied);
  [[nodiscard]] bool is_unassignable(const Issue& issue, const PersonRef& person);
  void forget_assigning_stop(const Issue& issue, const PersonRef& person);
  void forget_unasked_stops();

  // What falls due while other work is done.
  bool serve_due(int most = 20);
  bool serve(const IssueKey& key);

  // A unit of a pool moved: the pool's other issues are decided anew (ruling 36).
  void wake_others(const IssueKey& key, const std::vector<LedgerLine>& lines);
  void wake_heirs(const IssueKey& gone);
  void wake(const IssueKey& key, const IssueKey& because);
  void wake_pool(const ContractId& contract, const IssueKey& key, bool given_back);
  [[nodiscard]] std::set<IssueKey> others_of(const ContractId& contract, const IssueKey& key, bool given_back);

  // Failures.
  bool failed_read(const IssueKey& key, const Error& error);
  bool failed_write(const IssueKey& key, const Error& error);
  bool told_to_wait(const IssueKey& key, const Error& error);
  void stop_writing(const Error& error);
  bool stop_for_clock(Seconds skew);
  void end_waits_of_a_wrong_clock();
  bool denied_for_all(const IssueKey& key, const Error& error);
  bool is_outage(const Error& error);      // true: it is told, and the cycle ends
  bool turns_us_away(const Error& error);  // likewise, where the account itself is refused or not answered
  void missing(const IssueKey& key, const Error& error);
  void park(const IssueKey& key, const std::string& error, std::optional<Seconds> asked = {});

  [[nodiscard]] Instant decide_at() const;
  [[nodiscard]] Instant decide_at(const Issue& issue) const;
  void tell_stale(const IssueKey& key) const;
  void tell(const std::string& doing, int done, int total) const;
  // Reads may be asked once more: a lost connection or half an answer is mostly gone a moment later. Not what took long
  // to fail: the other issues wait.
  static bool may_pass(const Error& error);
  template <class Read>
  auto twice(Read read) -> decltype(read());
  // One issue that trips the program must not stop the others.
  template <class Step>
  bool contained(const IssueKey& key, Step step);

  const EngineParts& parts_;
  const EngineOptions& options_;
  const Progress& progress_;
  CycleReport report_;
  Instant tracker_time_;
  bool sweeps_ = false;             // this list names everything
  std::vector<std::size_t> named_;  // by this list, as hashes
  bool only_lists_fail_ = false;
  WorkQueue to_read_;          // the portion
  std::set<IssueKey> taken_;   // of a run in which time stands still: all portions so far
  std::set<IssueKey> listed_;  // by a dry run, which wakes nobody
  std::vector<IssueKey> last_portion_;
  std::int64_t newest_wake_ = 0, last_newest_wake_ = 0;
  int repeated_ = 0;  // how often it came again
  std::map<IssueKey, Instant> read_at_;
  int done_ = 0, total_ = 0;                     // issues, for those who watch
  std::map<IssueKey, std::int64_t> seen_wakes_;  // as they were before the issue was read
  WorkQueue to_decide_;
  WorkQueue later_;                                         // failed once while writing: again when the rest is done
  std::map<IssueKey, Fetched> fetched_;                     // read and not decided yet, as far as memory is for it
  PendingWrites pending_;                                   // decided, and to be written together with others
  Instant timers_seen_;                                     // when it was last asked what is due
  std::set<IssueKey> hurried_;                              // due when the portion was taken, or served since
  std::set<IssueKey> alone_;                                // not written together with others: that failed once
  std::map<IssueKey, std::vector<Claim>> dry_claims_;       // a dry run keeps claims to itself
  std::map<ContractId, std::set<IssueKey>> dry_claimants_;  // who has claimed on it in this dry run
  std::set<IssueKey> settled_;                              // listed, and known to be unchanged
  std::map<IssueKey, CycleRow> rows_;
  std::map<IssueKey, int> rounds_;  // how often an issue was decided in this cycle
  int claim_changes_ = 0;
  std::map<ContractId, int> last_claim_change_;
  std::map<IssueKey, int> decided_at_change_;  // which changes of claims a decision has seen
  int failures_in_a_row_ = 0;
  std::set<std::string> told_;  // what a plan could not show, told once in a cycle
};

template <class Read>
auto CycleRun::twice(Read read) -> decltype(read()) {
  const auto began = parts_.clock.now();
  auto answer = read();
  if (answer || !may_pass(answer.error()) || parts_.clock.now() - began > k_patience) return answer;
  parts_.clock.sleep(k_before_asking_again);
  return read();
}

template <class Step>
bool CycleRun::contained(const IssueKey& key, Step step) {
  try {
    return step();
  } catch (const StoreError&) {
    throw;
  } catch (const std::exception& error) {
    park(key, to_text(key) + ": " + error.what());
    return true;
  }
}

}  // namespace cb
