// One cycle, from the question who we are to the moved cursor. Made for one use; its parts are in cycle_run.cpp (the
// stages), issue_run.cpp (one issue: decide, plan, intend, write, record), waking.cpp and failures.cpp (what each kind
// of failure leads to). A function that answers false has stopped the cycle.
#pragma once

#include <map>
#include <set>
#include <string>

#include "bridge/sync/engine.hpp"
#include "bridge/sync/plan.hpp"

namespace cb {

class CycleRun {
 public:
  CycleRun(const EngineParts& parts, const EngineOptions& options, const Progress& progress);
  void run();
  // What stopped the cycle; the cursor stays where it was.
  bool stop(const std::string& why, std::optional<Seconds> wait = {});
  CycleReport report();

 private:
  // Stages.
  bool begin();
  bool writing_is_allowed();
  bool list();
  bool take_page(const std::vector<IssueRef>& refs);
  bool read_all();
  bool decide_all();
  void finish();
  void show_waiting();

  // One issue.
  bool read(const IssueKey& key, bool now_decided = false);
  void keep(const Fetched& fetched, Instant fetched_at);
  bool decide(const IssueKey& key);
  bool decide_once(const IssueKey& key);
  bool written(const Decision& decision, const Fetched& before, const PlannedWrite& planned, const Applied& applied);
  void record(const Decision& decision);
  void remember_unreached(const Issue& issue, const Changes& changes, const Applied& applied);
  [[nodiscard]] bool is_unassignable(const Issue& issue, const PersonRef& person);
  [[nodiscard]] std::optional<Instant> recheck_at(const Decision& decision) const;
  [[nodiscard]] LedgerView ledger_of(const Issue& issue, Instant now);
  void show(const Decision& decision, const Fetched& fetched, const PlannedWrite& planned);
  CycleRow& show_failed(const Decision& decision, const Fetched& fetched);
  CycleRow& row_of(const IssueKey& key);
  CycleRow& row_of(const Issue& issue);

  // A unit of a pool moved: the pool's other issues are decided anew (ruling 36).
  void wake_others(const IssueKey& key, const std::vector<LedgerLine>& lines);
  void wake(const IssueKey& key, const IssueKey& because);
  [[nodiscard]] std::set<IssueKey> others_of(const ContractId& contract, const IssueKey& key);

  // Failures.
  bool failed_read(const IssueKey& key, const Error& error);
  bool failed_write(const IssueKey& key, const Changes& changes, const Revision& expected, const Error& error);
  bool was_exposed(const IssueKey& key, const Changes& changes, const Revision& expected);
  void stop_writing(const Error& error);
  bool denied_for_all(const IssueKey& key, const Error& error);
  bool is_outage(const Error& error);
  void missing(const IssueKey& key, const Error& error);
  void park(const IssueKey& key, const std::string& error, std::optional<Seconds> asked = {});

  [[nodiscard]] Instant decide_at() const;
  [[nodiscard]] Instant decide_at(const Issue& issue) const;
  void tell(const std::string& doing, int done, int total) const;
  // Reads may be asked once more: a lost connection or half an answer is mostly gone a moment later.
  template <class Read>
  auto twice(Read read) -> decltype(read());

  const EngineParts& parts_;
  const EngineOptions& options_;
  const Progress& progress_;
  CycleReport report_;
  Instant tracker_time_;
  std::set<IssueKey> to_read_;
  std::set<IssueKey> to_decide_;
  std::set<IssueKey> later_;                                // failed once while writing: again when the rest is done
  std::map<IssueKey, Fetched> fetched_;                     // read and not decided yet, as far as memory is for it
  std::map<IssueKey, std::vector<Claim>> dry_claims_;       // a dry run keeps claims to itself
  std::map<ContractId, std::set<IssueKey>> dry_claimants_;  // who has claimed on it in this dry run
  std::set<IssueKey> settled_;                              // listed, and known to be unchanged
  std::map<IssueKey, CycleRow> rows_;
  std::map<IssueKey, int> rounds_;  // how often an issue was decided in this cycle
  int claim_changes_ = 0;
  std::map<ContractId, int> last_claim_change_;
  std::map<IssueKey, int> decided_at_change_;  // which changes of claims a decision has seen
  std::optional<std::map<ContractId, std::set<IssueKey>>> open_by_contract_;
  int failures_in_a_row_ = 0;
  std::set<std::string> told_;  // what a plan could not show, told once in a cycle
};

template <class Read>
auto CycleRun::twice(Read read) -> decltype(read()) {
  auto answer = read();
  if (answer || answer.error().retry_after) return answer;
  const auto kind = answer.error().kind;
  if (kind != ErrorKind::retry_later && kind != ErrorKind::bad_reply) return answer;
  parts_.clock.sleep(Seconds{1});
  return read();
}

}  // namespace cb
