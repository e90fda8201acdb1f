// What each kind of failure leads to (adapters/result.hpp).
#include "bridge/sync/cycle_run.hpp"
#include "bridge/sync/retry.hpp"
#include "bridge/sync/selection.hpp"

namespace cb {

namespace {

// So many issues failing one after the other may be the tracker itself.
constexpr int k_outage = 3;
constexpr Seconds k_confirm_missing{600};
constexpr Seconds k_clock_stop{3600};
const std::string k_missing = "not found: ";

}  // namespace

void CycleRun::park(const IssueKey& key, const std::string& error, std::optional<Seconds> asked) {
  row_of(key).error = error;
  parts_.log.error("parked: " + error, {{"issue", to_text(key)}});
  if (options_.dry_run) return;
  const auto now = parts_.clock.now();
  const auto before = parts_.store.parked(key);
  const auto attempts = before ? before->attempts + 1 : 1;
  parts_.store.park(
      {key, error, before ? before->since : now, now + wait_after(attempts, parts_.chance.next(), asked), attempts});
}

bool CycleRun::is_outage(const Error& error) {
  if (error.kind != ErrorKind::retry_later) return false;
  // Where lists fail too it is not the issue, which must not wait long for its next attempt.
  if (only_lists_fail_) {
    stop(error.what);
    return true;
  }
  if (++failures_in_a_row_ < k_outage) return false;
  failures_in_a_row_ = 0;
  return turns_us_away(error);
}

// What the tracker asks for then is obeyed.
bool CycleRun::turns_us_away(const Error& error) {
  const auto who = twice([&] { return parts_.tracker.who_am_i(); });
  if (who) return false;
  report_.refused = who.error().kind == ErrorKind::denied;
  if (who.error().retry_after) {
    pause(error.what, *who.error().retry_after);
  } else {
    stop(error.what);
  }
  return true;
}

// What fails while we are being stopped was mostly broken off by ourselves: the next start sees.
bool CycleRun::failed_read(const IssueKey& key, const Error& error) {
  if (asked_to_stop()) return false;
  if (error.retry_after) return told_to_wait(key, error);
  switch (error.kind) {
    case ErrorKind::not_found:
      missing(key, error);
      return true;
    case ErrorKind::retry_later:
      if (is_outage(error)) return false;
      break;
    case ErrorKind::denied:
    case ErrorKind::stale:
    case ErrorKind::rejected:
    case ErrorKind::bad_reply:
      break;
  }
  park(key, error.what);
  return true;
}

bool CycleRun::failed_write(const IssueKey& key, const Error& error) {
  if (asked_to_stop() && !error.stops_writing) return false;
  if (error.kind == ErrorKind::denied) {
    if (!error.stops_writing) return !denied_for_all(key, error);
    park(key, error.what);
    stop_writing(error);
    return stop(error.what);
  }
  if (error.kind != ErrorKind::retry_later) return failed_read(key, error);
  if (error.retry_after) return told_to_wait(key, error);
  // Who is too slow may only be about to write, which no reading shows: not even a step that begins anew repeats it.
  if (error.unanswered) park(key, error.what, k_until_written);
  if (is_outage(error)) return false;
  if (error.unanswered) return true;
  // The write may have been done although its answer was lost: the issue is read again before anything is repeated.
  if (rounds_[key] == 1) {
    later_.push(key);
  } else {
    park(key, error.what);
  }
  return true;
}

// It may be this issue alone: the next step begins with others.
bool CycleRun::told_to_wait(const IssueKey& key, const Error& error) {
  park(key, error.what, *error.retry_after + k_first_wait);
  return stop(error);
}

// Kept in the store, so that the next start does not expose another note.
void CycleRun::stop_writing(const Error& error) {
  const auto now = parts_.clock.now();
  parts_.store.park({writing_stop(report_.tracker), error.what, now, now + k_longest_stop, 1});
  parts_.store.audit(now, "writing to " + report_.tracker + " was stopped: " + error.what);
}

// Where a tracker's answers tell no time, its clock is known by what the first write bears.
bool CycleRun::stop_for_clock(Seconds skew) {
  const auto now = parts_.clock.now();
  const auto what = "our clock and the tracker's differ by " + duration_text(skew) +
                    ", and deadlines would be decided wrongly: nothing is written until one of them is set right";
  parts_.store.park({writing_stop(report_.tracker), what, now, now + k_clock_stop, 1});
  parts_.store.audit(now, "writing to " + report_.tracker + " was stopped: " + what);
  report_.held = true;
  return stop(what);
}

// By a clock that was ahead: what it put off into a future that has been taken back is not put off any more.
void CycleRun::end_waits_of_a_wrong_clock() {
  if (options_.dry_run) return;
  const auto now = parts_.clock.now();
  for (const auto& parked : parts_.store.all_parked(report_.tracker)) {
    const auto longest = is_stop(parked.key) ? k_longest_stop : k_longest_parked;
    const bool of_the_future = parked.since > now + k_allowed_skew || parked.retry_at > now + longest;
    if (!of_the_future || parked.retry_at <= now) continue;
    if (is_stop(parked.key)) {
      parts_.store.unpark(parked.key);
    } else {
      parts_.store.retry(parked.key, now);
    }
  }
}

// Who may not write at all stops the tracker; one issue that is closed to us blocks only itself.
bool CycleRun::denied_for_all(const IssueKey& key, const Error& error) {
  if (turns_us_away(error)) return true;
  park(key, error.what);
  return false;
}

// Asked again later before it is believed, and then kept as gone: what cannot be read is never taken for closed.
void CycleRun::missing(const IssueKey& key, const Error& error) {
  const auto before = parts_.store.parked(key);
  const bool confirmed = before && before->error.rfind(k_missing, 0) == 0;
  if (!confirmed) {
    park(key, k_missing + error.what, k_confirm_missing);
    return;
  }
  row_of(key).error = "gone, asked twice: " + error.what;
  parts_.log.warning("gone: " + error.what, {{"issue", to_text(key)}});
  if (options_.dry_run) return;
  wake_heirs(key);
  parts_.store.mark_gone(key, parts_.clock.now());
}

}  // namespace cb
