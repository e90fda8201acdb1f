#include "bridge/sync/cycle_run.hpp"

#include <algorithm>
#include <functional>

#include "bridge/sync/outages.hpp"
#include "bridge/sync/retry.hpp"
#include "bridge/sync/selection.hpp"

namespace cb {

namespace {

constexpr Seconds k_sweep_every{24 * 3600};
constexpr Seconds k_kept_for{60 * 24 * 3600};
// Fewer issues than a list by offset reads again where rows may have moved (adapters/jira/jira_list.cpp).
constexpr int k_between_pages = 5;
// What a slow tracker has told by then is decided and written before more of the portion is read: a stop loses no more.
constexpr Seconds k_reading{10};

// Fifty thousand keys would need ten times the memory. Of two keys with one hash a missing one is not missed.
std::size_t hash_of(const IssueKey& key) {
  return std::hash<std::string>{}(to_text(key));
}

Seconds distance(Instant a, Instant b) {
  return a < b ? b - a : a - b;
}

// In the table of cursors; no tracker's name holds a blank.
std::string sweep_of(const std::string& tracker) {
  return tracker + " (sweep)";
}

}  // namespace

CycleRun::CycleRun(const EngineParts& parts, const EngineOptions& options, const Progress& progress)
    : parts_(parts), options_(options), progress_(progress) {
  report_.tracker = parts.settings.name;
}

Instant CycleRun::decide_at() const {
  return options_.now ? *options_.now : parts_.clock.now();
}

// A tracker's clock may be ahead of ours; what stands in its history has happened.
Instant CycleRun::decide_at(const Issue& issue) const {
  return options_.now ? *options_.now : std::max(parts_.clock.now(), issue.updated);
}

void CycleRun::tell(const std::string& doing, int done, int total) const {
  if (progress_) progress_({doing, done, total, static_cast<int>(to_decide_.size())});
}

bool CycleRun::stop(const std::string& why, std::optional<Seconds> wait) {
  if (asked_to_stop()) return false;
  report_.error = why;
  report_.wait = wait;
  parts_.log.error("the cycle stopped: " + why, {{"tracker", report_.tracker}});
  return false;
}

// Kept in the store, so that whoever starts next obeys it as well.
bool CycleRun::pause(const std::string& why, Seconds asked) {
  const auto now = parts_.clock.now();
  if (!options_.dry_run)
    parts_.store.park({asking_stop(report_.tracker), why, now, now + std::min(asked, k_longest_stop), 1});
  return stop(why, asked);
}

bool CycleRun::stop(const Error& error) {
  return error.retry_after ? pause(error.what, *error.retry_after) : stop(error.what);
}

void CycleRun::count(const CycleRow& row) {
  if (!row.error.empty()) {
    ++report_.parked;
  } else if (row.written || (options_.dry_run && !row.changes.empty())) {
    ++report_.written;
  } else {
    ++report_.unchanged;
  }
}

CycleReport CycleRun::report() {
  // What was settled by its time stamp may have been looked at for another reason: it is told once.
  for (const auto& key : settled_)
    if (rows_.count(key) == 0) ++report_.settled;
  for (auto& [key, row] : rows_) {
    count(row);
    if (options_.keep_rows) report_.rows.push_back(std::move(row));
  }
  rows_.clear();
  return std::move(report_);
}

void CycleRun::run() {
  if (!begin()) return;
  // Where only lists fail, what is known is done all the same: deadlines go on.
  if (options_.list && !list_all() && !only_lists_fail_) return;
  work();
  if (options_.keep_rows) show_waiting();
}

// What is parked and was not tried this time is told too, so that nobody takes silence for success.
void CycleRun::show_waiting() {
  for (const auto& parked : parts_.store.all_parked(report_.tracker)) {
    if (rows_.count(parked.key) > 0 || is_stop(parked.key)) continue;
    row_of(parked.key).error = parked.error + " (next attempt " + to_iso(parked.retry_at) + ")";
  }
}

bool CycleRun::begin() {
  end_waits_of_a_wrong_clock();
  if (!writing_is_allowed() || !asking_is_allowed()) return false;
  if (!options_.dry_run) parts_.store.use_config(parts_.book.version, parts_.clock.now());
  // Between two lists nobody is asked who we are, unless the last one is so long ago, by a clock that may have jumped,
  // that deadlines could be decided wrongly.
  if (!options_.list && clock_was_compared()) return true;
  const auto who = twice([&] { return parts_.tracker.who_am_i(); });
  if (!who) {
    report_.refused = who.error().kind == ErrorKind::denied;
    return stop(who.error());
  }
  const auto now = parts_.clock.now();
  const auto told = who->server_time.value_or(now);
  tracker_time_ = parts_.tracker.capabilities().server_time ? told : std::min(told, now);
  // By a clock that may be ahead, as far as nobody notices, what is new would lie before every list.
  if (!who->server_time) tracker_time_ = now - k_greatest_skew;
  if (const auto skew = distance(told, now); skew > k_greatest_skew) {
    report_.held = true;
    return stop("our clock and the tracker's differ by " + duration_text(skew) +
                ", and deadlines would be decided wrongly: nothing is done until one of them is set right");
  }
  if (!who->may_write && !options_.dry_run) {
    parts_.log.warning("the account may not write to this tracker: writes will be refused",
                       {{"tracker", report_.tracker}});
  }
  return true;
}

bool CycleRun::clock_was_compared() {
  const auto cursor = parts_.store.cursor(report_.tracker);
  return cursor && distance(cursor->completed_at, parts_.clock.now()) < k_greatest_skew;
}

bool CycleRun::writing_is_allowed() {
  if (options_.dry_run) return true;
  const auto stopped = parts_.store.parked(writing_stop(report_.tracker));
  if (!stopped || stopped->retry_at <= parts_.clock.now()) return true;
  report_.held = true;
  return stop("writing is stopped until " + to_iso(stopped->retry_at) + ": " + stopped->error);
}

// Also to a dry run, which keeps nothing of it.
bool CycleRun::asking_is_allowed() {
  const auto key = asking_stop(report_.tracker);
  const auto asked = parts_.store.parked(key);
  if (!asked) return true;
  const auto now = parts_.clock.now();
  if (asked->retry_at > now)
    return stop("it asked for a pause until " + to_iso(asked->retry_at) + ": " + asked->error, asked->retry_at - now);
  if (!options_.dry_run) parts_.store.unpark(key);
  return true;
}

// A change that a tracker's index told late, or not by the time of the last change, is in no list of what is new: once
// a day everything is listed, and whatever is not as it is known is read. So it is where a clock was wrong meanwhile:
// nothing can have been completed in the future.
bool CycleRun::sweep_is_due() {
  const auto now = parts_.clock.now();
  const auto swept = parts_.store.cursor(sweep_of(report_.tracker));
  // Another configuration may serve projects whose issues were never listed.
  if (const auto configs = parts_.store.configs();
      swept && !configs.empty() && configs.back().since > swept->completed_at)
    return true;
  return !swept || now - swept->completed_at >= k_sweep_every || swept->completed_at > now + k_allowed_skew;
}

// Empty: everything is listed.
std::optional<Instant> CycleRun::list_since() {
  const auto cursor = parts_.store.cursor(report_.tracker);
  const auto now = parts_.clock.now();
  if (options_.sweep || !cursor || cursor->completed_at > now + k_allowed_skew || sweep_is_due()) return {};
  return cursor->since;
}

// A list of everything that fails keeps nobody from seeing what is new.
bool CycleRun::list_all() {
  const auto since = list_since();
  if (list(since)) return true;
  const auto cursor = parts_.store.cursor(report_.tracker);
  const bool is_known = cursor && cursor->completed_at <= parts_.clock.now() + k_allowed_skew;
  return !since && is_known && only_lists_fail_ && list(cursor->since);
}

// The tracker has told who we are. Where it asks for a pause, it gets one.
bool CycleRun::list_failed(const Error& error) {
  if (error.retry_after) return stop(error);
  if (asked_to_stop()) return false;
  only_lists_fail_ = true;
  report_.error = error.what;
  parts_.log.error("the list failed: " + error.what, {{"tracker", report_.tracker}});
  return false;
}

bool CycleRun::list(std::optional<Instant> since) {
  sweeps_ = !since;
  named_.clear();
  only_lists_fail_ = false;
  std::optional<std::string> token;
  int listed = 0;
  do {
    if (asked_to_stop()) return false;
    // Where the tracker fails, lists go first: what keeps timers from being done would keep changes from being seen.
    if (options_.serve_while_listing && !serve_due(k_between_pages)) return false;
    const auto page = twice([&] { return parts_.tracker.changed_since(since, token); });
    if (!page) return list_failed(page.error());
    take_page(page->refs);
    listed += static_cast<int>(page->refs.size());
    tell("listing", listed, 0);
    token = page->next;
  } while (token);
  if (sweeps_ && !options_.dry_run) wake_unnamed();
  const auto now = parts_.clock.now();
  move_cursor(now);
  report_.listed = true;
  report_.listed_at = now;
  return true;
}

// What is woken stands in the store before the cursor moves.
void CycleRun::take_page(const std::vector<IssueRef>& refs) {
  const auto now = parts_.clock.now();
  const auto waiting = waiting_for_retry(parts_, now);
  std::vector<IssueKey> changed;
  for (const auto& ref : refs) {
    if (sweeps_) named_.push_back(hash_of(ref.key));
    const auto stored = parts_.store.issue(ref.key);
    // A parked issue waits, unless somebody has changed it meanwhile.
    if (waiting.count(ref.key) > 0) {
      if (!stored || stored->updated == ref.updated) continue;
      if (!options_.dry_run) parts_.store.retry(ref.key, earliest_retry(parts_.store, ref.key, now));
    }
    if (stored && is_settled(*stored, ref, parts_.tracker.capabilities(), parts_.book.version, now)) {
      if (options_.keep_rows) {
        settled_.insert(ref.key);
      } else {
        ++report_.settled;
      }
    } else {
      changed.push_back(ref.key);
    }
  }
  if (options_.dry_run) {
    listed_.insert(changed.begin(), changed.end());
  } else if (!changed.empty()) {
    parts_.store.wake(changed, "changed in the tracker", now);
  }
}

// Who is deleted, or closed to us, is in no list, and may hold what others wait for: an open issue that a list of
// everything does not name is asked for.
void CycleRun::wake_unnamed() {
  std::sort(named_.begin(), named_.end());
  std::vector<IssueKey> unnamed;
  for (const auto& customer : parts_.book.customers) {
    for (const auto& contract : customer.contracts) {
      for (const auto& key : parts_.store.open_issues(contract.id)) {
        const bool is_ours = key.tracker == report_.tracker;
        if (is_ours && !std::binary_search(named_.begin(), named_.end(), hash_of(key))) unnamed.push_back(key);
      }
    }
  }
  named_ = {};
  if (!unnamed.empty()) parts_.store.wake(unnamed, "missing in the list of everything", parts_.clock.now());
}

// The end of an outage is known by the cursor before it, so it is told before that moves; told again, it is the same.
void CycleRun::move_cursor(Instant now) {
  if (options_.dry_run) return;
  if (const auto before = parts_.store.cursor(report_.tracker)) Outages(parts_).listed(before->completed_at, now);
  const auto since = tracker_time_ - parts_.tracker.capabilities().overlap - k_allowed_skew;
  parts_.store.set_cursor({report_.tracker, since, now});
  forget_unasked_stops();
  if (!sweeps_) return;
  parts_.store.set_cursor({sweep_of(report_.tracker), since, now});
  parts_.store.tidy(now - k_kept_for);
}

// Between two issues, when everything that was begun is recorded.
bool CycleRun::asked_to_stop() {
  report_.stopped = report_.stopped || (options_.stop_asked && options_.stop_asked());
  return report_.stopped;
}

bool CycleRun::read_all() {
  const auto batch = std::max<std::size_t>(1, parts_.tracker.capabilities().fetch_batch);
  const auto began = parts_.clock.now();
  while (!to_read_.empty()) {
    if (asked_to_stop() || !serve_due()) return false;
    if (!time_stands_still() && !to_decide_.empty() && parts_.clock.now() - began >= k_reading) {
      leave_the_rest();
      break;
    }
    tell("reading", done_, total_);
    std::vector<IssueKey> keys;
    while (!to_read_.empty() && keys.size() < batch) keys.push_back(to_read_.pop());
    if (keys.empty()) break;  // it was served
    if (!(batch == 1 ? read(keys.front()) : read_together(keys))) return false;
  }
  return true;
}

// It stands in the store and is in the next portion; meanwhile what is due goes first.
void CycleRun::leave_the_rest() {
  while (!to_read_.empty()) hurried_.erase(to_read_.pop());
}

bool CycleRun::decide_all() {
  for (;;) {
    if (asked_to_stop() || !serve_due()) return false;
    if (!write_waiting()) return false;
    if (to_decide_.empty()) std::swap(to_decide_, later_);
    if (to_decide_.empty()) return true;
    tell("deciding", done_, total_);
    if (!decide(to_decide_.pop())) return false;
    ++done_;
  }
}

}  // namespace cb
