// Decorators that let the n-th call to the outside fail: Store throws StoreError, Tracker and Http answer an Error. All
// decorators that share a FaultPlan count together, so that "the n-th call" walks through a whole cycle. `before` fails
// without the effect; `after` lets it happen and then says that it failed, as a time-out does; `midway` lets it happen
// to the first half of a request for several issues, and is `after` for all other calls; `crash` throws Crash,
// which is no std::exception, so that nothing but the test catches it: the process died there. With fail_at = 0
// nothing fails and the calls are counted.
#pragma once

#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "adapters/http.hpp"
#include "adapters/tracker.hpp"
#include "bridge/store/store.hpp"

namespace cb {

struct Crash {
  std::string call;
};

struct FaultPlan {
  enum class When { before, midway, after };
  enum class How { error, crash };

  int fail_at = 0;  // from 1; 0: never
  When when = When::before;
  How how = How::error;
  ErrorKind kind = ErrorKind::retry_later;  // of Tracker and Http
  bool only_once = true;                    // false: every call from the n-th on fails
  // Decides instead of all that, and may set `when` and `how`; calls are not counted then.
  std::function<bool(FaultPlan&, const std::string& call)> decide{};

  std::vector<std::string> calls;  // what was called, the failed ones too
  bool failed = false;

  // Counts a call; true when it shall fail.
  bool strikes(const std::string& call) {
    if (decide) return decide(*this, call);
    calls.push_back(call);
    const auto number = static_cast<int>(calls.size());
    const bool strikes = fail_at > 0 && (number == fail_at || (!only_once && number > fail_at));
    failed = failed || strikes;
    return strikes;
  }
};

class FailingStore : public Store {
 public:
  FailingStore(Store& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}

  std::optional<CursorState> cursor(const std::string& tracker) override {
    return call("store.cursor", [&] { return inner_.cursor(tracker); });
  }
  void set_cursor(const CursorState& cursor) override {
    call("store.set_cursor", [&] { inner_.set_cursor(cursor); });
  }
  std::optional<StoredIssue> issue(const IssueKey& key) override {
    return call("store.issue", [&] { return inner_.issue(key); });
  }
  void save_fetched(const StoredIssue& fetched, const std::vector<Claim>& claims) override {
    call("store.save_fetched", [&] { inner_.save_fetched(fetched, claims); });
  }
  void mark_gone(const IssueKey& key, Instant at) override {
    call("store.mark_gone", [&] { inner_.mark_gone(key, at); });
  }
  std::vector<IssueKey> issues(const std::string& tracker, const std::optional<IssueKey>& after, int limit) override {
    return call("store.issues", [&] { return inner_.issues(tracker, after, limit); });
  }
  std::vector<IssueKey> due(const std::string& tracker, Instant now, int limit) override {
    return call("store.due", [&] { return inner_.due(tracker, now, limit); });
  }
  std::optional<Instant> next_due(const std::string& tracker, Instant after) override {
    return call("store.next_due", [&] { return inner_.next_due(tracker, after); });
  }
  std::vector<IssueKey> decided_otherwise(const std::string& tracker, const std::string& book_version, Instant now,
                                          int limit) override {
    return call("store.decided_otherwise", [&] { return inner_.decided_otherwise(tracker, book_version, now, limit); });
  }
  std::vector<IssueKey> open_issues(const ContractId& contract) override {
    return call("store.open_issues", [&] { return inner_.open_issues(contract); });
  }
  std::vector<IssueKey> customer_issues(const std::string& customer, const std::optional<IssueKey>& after,
                                        int limit) override {
    return call("store.customer_issues", [&] { return inner_.customer_issues(customer, after, limit); });
  }
  std::vector<DueIssue> due_issues(Instant until, const std::optional<DueIssue>& after, int limit) override {
    return call("store.due_issues", [&] { return inner_.due_issues(until, after, limit); });
  }
  int count_due(const std::string& tracker, Instant until) override {
    return call("store.count_due", [&] { return inner_.count_due(tracker, until); });
  }
  StoreTotals totals() override {
    return call("store.totals", [&] { return inner_.totals(); });
  }
  std::vector<HistoryEntry> customer_history(const std::string& customer, const std::optional<HistoryEntry>& after,
                                             int limit) override {
    return call("store.customer_history", [&] { return inner_.customer_history(customer, after, limit); });
  }
  int woken(const std::string& tracker) override {
    return call("store.woken", [&] { return inner_.woken(tracker); });
  }
  std::optional<Instant> next_promise(const std::string& tracker, Instant from) override {
    return call("store.next_promise", [&] { return inner_.next_promise(tracker, from); });
  }
  StoreCounts counts(const std::string& tracker) override {
    return call("store.counts", [&] { return inner_.counts(tracker); });
  }
  void wake(const std::vector<IssueKey>& keys, const std::string& why, Instant at) override {
    call("store.wake", [&] { inner_.wake(keys, why, at); });
  }
  std::vector<Wake> wakes(const std::string& tracker, Instant now, int limit) override {
    return call("store.wakes", [&] { return inner_.wakes(tracker, now, limit); });
  }
  std::int64_t last_wake(const IssueKey& key) override {
    return call("store.last_wake", [&] { return inner_.last_wake(key); });
  }
  std::vector<Claim> claims(const ContractId& contract) override {
    return call("store.claims", [&] { return inner_.claims(contract); });
  }
  void replace_claims(const IssueKey& key, const std::vector<Claim>& claims) override {
    call("store.replace_claims", [&] { inner_.replace_claims(key, claims); });
  }
  void intend(const Intent& intent) override {
    call("store.intend", [&] { inner_.intend(intent); });
  }
  std::vector<Intent> open_intents(const std::string& tracker) override {
    return call("store.open_intents", [&] { return inner_.open_intents(tracker); });
  }
  void record(const Record& record) override {
    call("store.record", [&] { inner_.record(record); });
  }
  std::vector<LedgerLine> ledger(const IssueKey& key) override {
    return call("store.ledger", [&] { return inner_.ledger(key); });
  }
  std::vector<PastDecision> decisions(const IssueKey& key) override {
    return call("store.decisions", [&] { return inner_.decisions(key); });
  }
  void park(const Parked& parked) override {
    call("store.park", [&] { inner_.park(parked); });
  }
  std::optional<Parked> parked(const IssueKey& key) override {
    return call("store.parked", [&] { return inner_.parked(key); });
  }
  std::vector<Parked> all_parked(const std::string& tracker) override {
    return call("store.all_parked", [&] { return inner_.all_parked(tracker); });
  }
  bool retry(const IssueKey& key, Instant at) override {
    return call("store.retry", [&] { return inner_.retry(key, at); });
  }
  void unpark(const IssueKey& key) override {
    call("store.unpark", [&] { inner_.unpark(key); });
  }
  void notify(const std::vector<Notification>& notifications) override {
    call("store.notify", [&] { inner_.notify(notifications); });
  }
  bool is_notified(const std::string& id) override {
    return call("store.is_notified", [&] { return inner_.is_notified(id); });
  }
  std::vector<Notification> notifications(const std::string& target, Instant now, int limit) override {
    return call("store.notifications", [&] { return inner_.notifications(target, now, limit); });
  }
  std::map<std::string, Instant> next_notifications() override {
    return call("store.next_notifications", [&] { return inner_.next_notifications(); });
  }
  void notification_sent(const std::string& id, const std::string& target, Instant at) override {
    call("store.notification_sent", [&] { inner_.notification_sent(id, target, at); });
  }
  bool notification_tried(const std::string& id, const std::string& target, Instant retry_at) override {
    return call("store.notification_tried", [&] { return inner_.notification_tried(id, target, retry_at); });
  }
  void withdraw(const std::string& id, const std::optional<std::string>& target) override {
    call("store.withdraw", [&] { inner_.withdraw(id, target); });
  }
  void notification_failed(const std::string& id, const std::string& target, const std::string& error,
                           Instant retry_at) override {
    call("store.notification_failed", [&] { inner_.notification_failed(id, target, error, retry_at); });
  }
  void audit(Instant at, const std::string& what) override {
    call("store.audit", [&] { inner_.audit(at, what); });
  }
  std::vector<AuditLine> audit_lines(int limit) override {
    return call("store.audit_lines", [&] { return inner_.audit_lines(limit); });
  }
  void use_config(const std::string& version, Instant at) override {
    call("store.use_config", [&] { inner_.use_config(version, at); });
  }
  std::vector<ConfigVersion> configs() override {
    return call("store.configs", [&] { return inner_.configs(); });
  }
  void tidy(Instant before) override {
    call("store.tidy", [&] { inner_.tidy(before); });
  }

 private:
  template <class Effect>
  std::invoke_result_t<Effect> call(const std::string& name, Effect effect) {
    if (!plan_.strikes(name)) return effect();
    if (plan_.when != FaultPlan::When::before) static_cast<void>(effect());
    if (plan_.how == FaultPlan::How::crash) throw Crash{name};
    throw StoreError(name + " fails in this test");
  }

  Store& inner_;
  FaultPlan& plan_;
};

// What Tracker and Http have in common: the failure is a value.
template <class Effect>
std::invoke_result_t<Effect> call_with_faults(FaultPlan& plan, const std::string& name, Effect effect) {
  if (!plan.strikes(name)) return effect();
  if (plan.when != FaultPlan::When::before) static_cast<void>(effect());
  if (plan.how == FaultPlan::How::crash) throw Crash{name};
  return failure(plan.kind, name + " fails in this test");
}

// One request for several: each of them failed.
template <class Value, class Asked, class Effect>
std::vector<Result<Value>> all_with_faults(FaultPlan& plan, const std::string& name, const std::vector<Asked>& asked,
                                           Effect effect) {
  if (!plan.strikes(name)) return effect(asked);
  const auto half = static_cast<std::ptrdiff_t>(asked.size() + 1) / 2;
  if (plan.when == FaultPlan::When::midway) static_cast<void>(effect({asked.begin(), asked.begin() + half}));
  if (plan.when == FaultPlan::When::after) static_cast<void>(effect(asked));
  if (plan.how == FaultPlan::How::crash) throw Crash{name};
  return std::vector<Result<Value>>(asked.size(), failure(plan.kind, name + " fails in this test"));
}

class FailingTracker : public Tracker {
 public:
  FailingTracker(Tracker& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}

  [[nodiscard]] const Capabilities& capabilities() const override { return inner_.capabilities(); }
  Result<Identity> who_am_i() override {
    return call_with_faults(plan_, "tracker.who_am_i", [&] { return inner_.who_am_i(); });
  }
  Result<Survey> survey() override {
    return call_with_faults(plan_, "tracker.survey", [&] { return inner_.survey(); });
  }
  Result<Page> changed_since(std::optional<Instant> since, const std::optional<std::string>& page) override {
    return call_with_faults(plan_, "tracker.changed_since", [&] { return inner_.changed_since(since, page); });
  }
  Result<Fetched> fetch(const IssueKey& key) override {
    return call_with_faults(plan_, "tracker.fetch", [&] { return inner_.fetch(key); });
  }
  Result<Applied> apply(const IssueKey& key, const Changes& changes, const Revision& expected) override {
    return call_with_faults(plan_, "tracker.apply", [&] { return inner_.apply(key, changes, expected); });
  }
  std::vector<Result<Fetched>> fetch_all(const std::vector<IssueKey>& keys) override {
    return all_with_faults<Fetched>(plan_, "tracker.fetch_all", keys,
                                    [&](const std::vector<IssueKey>& some) { return inner_.fetch_all(some); });
  }
  std::vector<Result<Applied>> apply_all(const std::vector<WriteTarget>& targets, const Changes& changes) override {
    return all_with_faults<Applied>(plan_, "tracker.apply_all", targets, [&](const std::vector<WriteTarget>& some) {
      return inner_.apply_all(some, changes);
    });
  }

 private:
  Tracker& inner_;
  FaultPlan& plan_;
};

class FailingHttp : public Http {
 public:
  FailingHttp(Http& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}

  Result<HttpResponse> send(const HttpRequest& request) override {
    return call_with_faults(plan_, "http " + request.method + " " + request.target,
                            [&] { return inner_.send(request); });
  }

 private:
  Http& inner_;
  FaultPlan& plan_;
};

}  // namespace cb
