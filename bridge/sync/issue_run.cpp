// One issue of a cycle: read, decide, plan, intend, write, record.
#include <algorithm>

#include "bridge/report/decision_json.hpp"
#include "bridge/report/issue_json.hpp"
#include "bridge/sync/change_text.hpp"
#include "bridge/sync/claims.hpp"
#include "bridge/sync/cycle_run.hpp"
#include "bridge/sync/ledger_lines.hpp"
#include "bridge/sync/notices.hpp"
#include "bridge/sync/selection.hpp"
#include "bridge/sync/stored_decision.hpp"
#include "bridge/texts/language.hpp"

namespace cb {

namespace {

// Issues that are read before they are decided are kept up to here; the rest of a dry run is read again, so that memory
// does not grow with the tracker.
constexpr std::size_t k_kept_in_memory = 2000;
constexpr int k_stale_attempts = 3;
constexpr int k_rounds = 8;
// Read longer ago than this, an issue is read again before somebody is told of it outside: that cannot be taken back.
constexpr Seconds k_fresh{10};

std::vector<Claim> claims_of_others(std::vector<Claim> claims, const std::map<IssueKey, std::vector<Claim>>& own) {
  std::erase_if(claims, [&](const Claim& claim) { return own.count(claim.issue) > 0; });
  return claims;
}

// What nobody can bill needs somebody who looks (E3).
std::string undecided_because(const Decision& decision) {
  if (decision.billing != Billing::undecided) return {};
  std::string why;
  for (const auto& reason : decision.reasons) {
    if (reason.step == "billing") continue;  // says only that it follows from the others
    const bool says = reason.text.find("undecided") != std::string::npos || reason.text.rfind("no customer", 0) == 0;
    if (says) why += (why.empty() ? "" : "; ") + reason.text;
  }
  return why.empty() ? "see `explain " + to_text(decision.issue) + "`" : why;
}

}  // namespace

bool CycleRun::read(const IssueKey& key, bool now_decided) {
  Instant asked_at;
  seen_wakes_[key] = parts_.store.last_wake(key);
  auto fetched = twice([&] {
    asked_at = parts_.clock.now();
    return parts_.tracker.fetch(key);
  });
  return take_read(key, std::move(fetched), asked_at, now_decided);
}

// `asked_at` is before the request: what changed while it ran is not taken for seen.
bool CycleRun::take_read(const IssueKey& key, Result<Fetched> fetched, Instant asked_at, bool now_decided) {
  if (!fetched && fetched.error().kind == ErrorKind::denied) {
    // A key that was withdrawn stops the tracker; one issue that this account may not see blocks only itself.
    if (turns_us_away(fetched.error())) return false;
    asked_at = parts_.clock.now();
    fetched = parts_.tracker.fetch(key);
  }
  if (!fetched) return failed_read(key, fetched.error());
  failures_in_a_row_ = 0;
  ++report_.fetched;
  if (fetched->issue.language.empty()) {
    fetched->issue.detected_language = detect_language(fetched->issue.summary, fetched->issue.description);
  }
  keep(*fetched, asked_at);
  read_at_[key] = asked_at;
  if (now_decided || fetched_.size() < k_kept_in_memory) fetched_[key] = std::move(*fetched);
  if (!now_decided) to_decide_.push(key);
  return true;
}

void CycleRun::keep(const Fetched& fetched, Instant fetched_at) {
  const auto& issue = fetched.issue;
  const auto claims = told_claims_of(issue, parts_.book, decide_at(issue));
  const auto note_change = [&](const std::vector<Claim>& before) {
    if (before == claims) return;
    ++claim_changes_;
    for (const auto& claim : before) last_claim_change_[claim.contract] = claim_changes_;
    for (const auto& claim : claims) last_claim_change_[claim.contract] = claim_changes_;
  };
  if (options_.dry_run) {
    note_change(dry_claims_[issue.key]);
    dry_claims_[issue.key] = claims;
    for (const auto& claim : claims) dry_claimants_[claim.contract].insert(issue.key);
    return;
  }
  const auto ledger = parts_.store.ledger(issue.key);
  const auto before = claims_before(issue.key, claims, ledger);
  note_change(before);
  // Until it is recorded the issue counts as work that was begun: what is fetched and not decided must not look
  // settled after a crash. A new issue has no decision yet and cannot.
  if (parts_.store.issue(issue.key)) parts_.store.intend({issue.key, parts_.clock.now(), k_only_read});
  // Before, because a crash may come in between; after, because another tracker may have decided by the old claims.
  const auto untold = untold_contracts(before, claims, ledger);
  for (const auto& contract : untold) wake_pool(contract, issue.key, true);
  parts_.store.save_fetched(
      {issue.key, issue.updated, fetched_at, issue.revision, issue_json(issue), "", "", {}, false}, claims);
  for (const auto& contract : untold) wake_pool(contract, issue.key, true);
}

// The issue's own, as the store has them.
std::vector<Claim> CycleRun::claims_before(const IssueKey& key, const std::vector<Claim>& claims,
                                           const std::vector<LedgerLine>& ledger) {
  std::set<ContractId> contracts;
  for (const auto& claim : claims) contracts.insert(claim.contract);
  for (const auto& line : ledger) contracts.insert(line.contract);
  std::vector<Claim> before;
  for (const auto& contract : contracts) {
    const auto all = contract.empty() ? std::vector<Claim>{} : parts_.store.claims(contract);
    std::copy_if(all.begin(), all.end(), std::back_inserter(before),
                 [&](const Claim& claim) { return claim.issue == key; });
  }
  return before;
}

// Also where the issue asks for nothing and only shows what is left.
LedgerView CycleRun::ledger_of(const Issue& issue, Instant now) {
  LedgerView view;
  for (const auto& contract : pools_around(issue, parts_.book, now)) {
    const auto claims = claims_of_others(parts_.store.claims(contract), dry_claims_);
    view.claims.insert(view.claims.end(), claims.begin(), claims.end());
    for (const auto& other : dry_claimants_[contract]) {
      const auto& own = dry_claims_[other];
      std::copy_if(own.begin(), own.end(), std::back_inserter(view.claims),
                   [&](const Claim& claim) { return claim.contract == contract; });
    }
  }
  return view;
}

bool CycleRun::decide(const IssueKey& key) {
  // What waits to be written is out of date now, and every write mails people.
  if (auto waiting = pending_.take_back(key)) fetched_[key] = std::move(*waiting);
  if (++rounds_[key] > k_rounds) {
    park(key, to_text(key) + " keeps changing the decisions of others and theirs keep changing it; it is tried later");
    return true;
  }
  return contained(key, [&] { return decide_once(key, 0); });
}

// A concurrent change means: read again and decide anew.
bool CycleRun::decide_once(const IssueKey& key, int attempt) {
  for (; attempt < k_stale_attempts; ++attempt) {
    if (fetched_.count(key) == 0) {
      if (!read(key, true)) return false;
      if (fetched_.count(key) == 0) return true;  // parked or missing: told by read()
    }
    const auto fetched = std::move(fetched_.extract(key).mapped());
    const auto now = decide_at(fetched.issue);
    const auto decision = evaluate(fetched.issue, parts_.book, ledger_of(fetched.issue, now), now);
    decided_at_change_[key] = claim_changes_;
    auto planned =
        plan(decision, fetched, {parts_.settings.write, parts_.book, parts_.texts, parts_.tracker.capabilities()}, now);
    if (is_unassignable(fetched.issue, planned.changes.assign)) planned.changes.assign = {};
    for (const auto& note : planned.notes) {
      if (told_.insert(note).second) parts_.log.warning(to_text(key) + " " + note, {{"issue", to_text(key)}});
    }
    const bool has_news = tells_news(decision, fetched.issue);
    if (has_news && attempt == 0 && parts_.clock.now() - read_at_[key] > k_fresh) continue;
    if (options_.dry_run || planned.changes.empty()) {
      show(decision, fetched, planned);
      record(decision, fetched.issue);
      return true;
    }
    if (attempt == 0 && !has_news && may_wait(key, planned.changes)) {
      return write_together(pending_.add({decision, fetched, planned}, parts_.tracker.capabilities().write_batch));
    }
    parts_.store.intend({key, parts_.clock.now(), text_of(planned.changes), notices_of(decision, fetched.issue)});
    const auto applied = parts_.tracker.apply(key, planned.changes, fetched.issue.revision);
    if (applied) return written(decision, fetched, planned, *applied);
    if (applied.error().kind != ErrorKind::stale) {
      show_failed(decision, fetched);
      return failed_write(key, applied.error());
    }
    tell_stale(key);
  }
  park(key, to_text(key) + " was changed by others each time it was to be written; it is tried later");
  return true;
}

void CycleRun::tell_stale(const IssueKey& key) const {
  parts_.log.info(to_text(key) + " changed meanwhile and is decided anew", {{"issue", to_text(key)}});
}

bool CycleRun::written(const Decision& decision, const Fetched& before, const PlannedWrite& planned,
                       const Applied& applied) {
  failures_in_a_row_ = 0;
  const auto& key = decision.issue;
  const auto now = parts_.clock.now();
  const auto& after = applied.after.issue;
  // A write that changed nothing leaves the time of an earlier change.
  const auto written_at = after.updated == before.issue.updated ? now : after.updated;
  const auto skew = now > written_at ? now - written_at : written_at - now;
  if (skew > k_allowed_skew) {
    parts_.log.warning("our clock and the tracker's differ by " + duration_text(skew) + ": set one of them right",
                       {{"tracker", report_.tracker}});
  }
  // By the tracker's time the read-back is as old as the write: the issue is read once more, and then settled.
  keep(applied.after, std::min(now, after.updated));
  if (!applied.ignored.empty()) {
    std::string what;
    for (const auto& each : applied.ignored) what += (what.empty() ? "" : "; ") + each;
    show_failed(decision, before);
    park(key, to_text(key) + ": the tracker answered success and did not do it: " + what +
                  ". Check the rights of the bridge's account on these fields");
    return true;
  }
  if (!applied.unreached.empty()) remember_unreached(before.issue, planned.changes, applied);
  if (after.assignee) forget_assigning_stop(before.issue, planned.changes.assign);
  show(decision, before, planned);
  row_of(before.issue).written = true;
  parts_.log.info("wrote " + text_of(planned.changes), {{"issue", to_text(key)}});
  record(decision, before.issue);
  return skew <= k_greatest_skew || stop_for_clock(skew);
}

// Others are woken first: after a crash in between they are looked at in vain, and none is forgotten.
void CycleRun::record(const Decision& decision, const Issue& issue) {
  const auto now = parts_.clock.now();
  const auto& key = decision.issue;
  const auto lines = new_ledger_lines(decision, parts_.store.ledger(key), now);
  wake_others(key, lines);
  if (options_.dry_run) return;
  const auto stored = parts_.store.issue(key);
  Record record;
  record.key = key;
  record.decision = decision_json(decision);
  record.book_version = parts_.book.version;
  record.recheck_at = recheck_at(decision);
  record.ledger = lines;
  record.at = now;
  record.changed = !stored || !same_decision(stored->decision, record.decision);
  record.outline = outline_of(decision);
  record.seen_wake = seen_wakes_[key];
  // Staff hear of it on both issues, although no unit moved (ruling 35).
  if (record.changed && decision.unit_disputed && decision.pool) wake_pool(decision.pool->contract, key, false);
  record.notifications = notices_of(decision, issue);
  parts_.store.record(record);
  hurried_.erase(key);
}

std::vector<Notification> CycleRun::notices_of(const Decision& decision, const Issue& issue) const {
  if (parts_.notifications == nullptr) return {};
  return notices(decision, issue, {*parts_.notifications, parts_.settings, parts_.book}, parts_.clock.now());
}

// Whether somebody is to be told outside who has not been told before.
bool CycleRun::tells_news(const Decision& decision, const Issue& issue) {
  if (time_stands_still()) return false;
  const auto news = notices_of(decision, issue);
  return std::any_of(news.begin(), news.end(),
                     [&](const Notification& each) { return !parts_.store.is_notified(each.id); });
}

// A decision as of another time than the clock's holds for that run alone: the next one decides anew.
std::optional<Instant> CycleRun::recheck_at(const Decision& decision) const {
  if (!options_.now) return decision.recheck_at;
  return std::min(decision.recheck_at.value_or(parts_.clock.now()), parts_.clock.now());
}

CycleRow& CycleRun::row_of(const IssueKey& key) {
  auto& row = rows_[key];
  row.key = key;
  return row;
}

CycleRow& CycleRun::row_of(const Issue& issue) {
  auto& row = row_of(issue.key);
  row.summary = issue.summary;
  return row;
}

// An issue that is decided again in the same cycle keeps what it showed at first.
CycleRow& CycleRun::show_failed(const Decision& decision, const Fetched& fetched) {
  const bool first = rows_.count(decision.issue) == 0;
  auto& row = row_of(fetched.issue);
  if (first) {
    row.before = fetched.shown;
    row.flags_before = fetched.flags;
    row.status_before = fetched.issue.status;
    row.after = fetched.shown;
  }
  const auto* customer = decision.customer ? find_customer(parts_.book, *decision.customer) : nullptr;
  row.customer = customer == nullptr ? "" : customer->name;
  row.undecided = undecided_because(decision);
  if (options_.keep_decisions) row.decision = decision;
  return row;
}

void CycleRun::show(const Decision& decision, const Fetched& fetched, const PlannedWrite& planned) {
  auto& row = show_failed(decision, fetched);
  row.error.clear();
  row.after = planned.after;
  if (options_.dry_run) row.changes = {};
  for (const auto& [slot, value] : planned.changes.fields) row.changes.fields[slot] = value;
  const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  append(row.changes.add_labels, planned.changes.add_labels);
  append(row.changes.remove_labels, planned.changes.remove_labels);
  append(row.changes.comments, planned.changes.comments);
  append(row.changes.copy, planned.changes.copy);
  append(row.changes.links, planned.changes.links);
  for (const auto& [flag, sign] : planned.changes.flags) row.changes.flags[flag] = sign;
  if (!planned.changes.assign.empty()) row.changes.assign = planned.changes.assign;
  if (!planned.changes.record.empty()) row.changes.record = planned.changes.record;
  if (!planned.changes.status.empty()) row.changes.status = planned.changes.status;
}

}  // namespace cb
