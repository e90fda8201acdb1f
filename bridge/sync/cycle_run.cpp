#include "bridge/sync/cycle_run.hpp"

#include <algorithm>

#include "bridge/sync/selection.hpp"

namespace cb {

namespace {

constexpr Seconds k_sweep_every{24 * 3600};

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
  if (progress_) progress_({doing, done, total});
}

bool CycleRun::stop(const std::string& why, std::optional<Seconds> wait) {
  report_.error = why;
  report_.wait = wait;
  parts_.log.error("the cycle stopped: " + why, {{"tracker", report_.tracker}});
  return false;
}

CycleReport CycleRun::report() {
  // What was settled by its time stamp may have been looked at for another reason: it is told once.
  for (const auto& key : settled_)
    if (rows_.count(key) == 0) ++report_.settled;
  for (auto& [key, row] : rows_) {
    if (!row.error.empty()) {
      ++report_.parked;
    } else if (row.written || (options_.dry_run && !row.changes.empty())) {
      ++report_.written;
    } else {
      ++report_.unchanged;
    }
    report_.rows.push_back(std::move(row));
  }
  rows_.clear();
  return std::move(report_);
}

void CycleRun::run() {
  if (!begin() || !list()) return;
  for (const auto& key : known_work(parts_, decide_at(), parts_.clock.now())) to_read_.insert(key);
  if (read_all() && decide_all()) finish();
  show_waiting();
}

// What is parked and was not tried this time is told too, so that nobody takes silence for success.
void CycleRun::show_waiting() {
  for (const auto& parked : parts_.store.all_parked(report_.tracker)) {
    if (rows_.count(parked.key) > 0 || is_stop(parked.key)) continue;
    row_of(parked.key).error = parked.error + " (next attempt " + to_iso(parked.retry_at) + ")";
  }
}

bool CycleRun::begin() {
  if (!writing_is_allowed()) return false;
  if (!options_.dry_run) parts_.store.use_config(parts_.book.version, parts_.clock.now());
  const auto who = twice([&] { return parts_.tracker.who_am_i(); });
  if (!who) return stop(who.error().what, who.error().retry_after);
  tracker_time_ = who->server_time.value_or(parts_.clock.now());
  if (!who->may_write && !options_.dry_run) {
    parts_.log.warning("the account may not write to this tracker: writes will be refused",
                       {{"tracker", report_.tracker}});
  }
  return true;
}

bool CycleRun::writing_is_allowed() {
  if (options_.dry_run) return true;
  const auto stopped = parts_.store.parked(writing_stop(report_.tracker));
  if (!stopped || stopped->retry_at <= parts_.clock.now()) return true;
  return stop("writing is stopped until " + to_iso(stopped->retry_at) + ": " + stopped->error);
}

// A change that a tracker's index told late, or not by the time of the last change, is in no list of what is new: once
// a day everything is listed, and whatever is not as it is known is read.
bool CycleRun::sweep_is_due() {
  const auto swept = parts_.store.cursor(sweep_of(report_.tracker));
  return !swept || parts_.clock.now() - swept->completed_at >= k_sweep_every;
}

bool CycleRun::list() {
  const auto cursor = parts_.store.cursor(report_.tracker);
  sweeps_ = !cursor || sweep_is_due();
  const auto since = sweeps_ ? std::nullopt : std::optional(cursor->since);
  std::optional<std::string> token;
  bool empty = true;
  do {
    const auto page = twice([&] { return parts_.tracker.changed_since(since, token); });
    if (!page) return stop(page.error().what, page.error().retry_after);
    empty = empty && page->refs.empty();
    take_page(page->refs);
    tell("listing", static_cast<int>(to_read_.size()), 0);
    token = page->next;
  } while (token);
  if (!empty) return true;
  // An empty list is also what a key gets that has ceased to be valid.
  const auto who = twice([&] { return parts_.tracker.who_am_i(); });
  return who ? true : stop(who.error().what, who.error().retry_after);
}

bool CycleRun::take_page(const std::vector<IssueRef>& refs) {
  const auto waiting = waiting_for_retry(parts_, parts_.clock.now());
  for (const auto& ref : refs) {
    const auto stored = parts_.store.issue(ref.key);
    // A parked issue waits, unless somebody has changed it meanwhile.
    if (waiting.count(ref.key) > 0 && (!stored || stored->updated == ref.updated)) continue;
    if (stored && is_settled(*stored, ref, parts_.tracker.capabilities(), parts_.book.version)) {
      settled_.insert(ref.key);
    } else {
      to_read_.insert(ref.key);
    }
  }
  return true;
}

bool CycleRun::read_all() {
  const auto total = static_cast<int>(to_read_.size());
  const auto batch = std::max<std::size_t>(1, parts_.tracker.capabilities().fetch_batch);
  while (!to_read_.empty()) {
    tell("reading", total - static_cast<int>(to_read_.size()), total);
    std::vector<IssueKey> keys;
    while (!to_read_.empty() && keys.size() < batch) keys.push_back(to_read_.extract(to_read_.begin()).value());
    if (!(batch == 1 ? read(keys.front()) : read_together(keys))) return false;
  }
  return true;
}

bool CycleRun::decide_all() {
  for (int done = 0;; ++done) {
    if (!write_waiting()) return false;
    if (to_decide_.empty()) to_decide_.swap(later_);
    if (to_decide_.empty()) return true;
    tell("deciding", done, done + static_cast<int>(to_decide_.size() + later_.size()));
    const auto key = *to_decide_.begin();
    to_decide_.erase(to_decide_.begin());
    if (!decide(key)) return false;
  }
}

void CycleRun::finish() {
  if (options_.dry_run) return;
  const auto reach = parts_.tracker.capabilities().overlap + k_allowed_skew;
  const auto since = tracker_time_ - reach;
  parts_.store.set_cursor({report_.tracker, since, parts_.clock.now()});
  if (sweeps_) parts_.store.set_cursor({sweep_of(report_.tracker), since, parts_.clock.now()});
}

}  // namespace cb
