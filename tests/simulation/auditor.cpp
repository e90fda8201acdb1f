#include "tests/simulation/auditor.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <tuple>

#include "bridge/report/decision_json.hpp"
#include "bridge/report/issue_json.hpp"
#include "bridge/service/open_tracker.hpp"
#include "bridge/sync/change_text.hpp"
#include "bridge/sync/claims.hpp"
#include "bridge/sync/ledger_lines.hpp"
#include "bridge/sync/plan.hpp"
#include "bridge/sync/selection.hpp"
#include "bridge/sync/stored_decision.hpp"
#include "bridge/texts/language.hpp"

namespace cb::simulation {

namespace {

// So long after its second a threshold may still be on its way to the tracker.
constexpr Seconds k_tolerance{180};
// So long after an issue was due it must be known that it is gone: that is asked twice.
constexpr Seconds k_confirmed{6 * 3600};

using Json = nlohmann::json;

// Where two JSON texts differ: the places, and what stands there.
std::string differences(const std::string& before, const std::string& after) {
  constexpr std::size_t k_longest = 300;
  const auto first = Json::parse(before), second = Json::parse(after);
  std::string text;
  for (const auto& each : Json::diff(first, second)) {
    const Json::json_pointer place(each.at("path").get<std::string>());
    const auto at = [&](const Json& json) { return json.contains(place) ? json.at(place).dump() : "nothing"; };
    text += "\n  " + place.to_string() + ": " + at(first).substr(0, k_longest) + ", but it is " +
            at(second).substr(0, k_longest);
  }
  return text;
}

// What ended shows no pool any more, and is not decided anew for it (ruling 36). How others stand in the pool is told
// in the reasons, too, and `unit_disputed` says that one from before came late: that is known only with the next look.
std::string comparable(const std::string& decision) {
  auto json = Json::parse(decision);
  const auto phase = json.value("phase", Json());
  const bool ended = phase == "resolved" || phase == "closed" || phase == "withdrawn";
  json.erase("reasons");
  json.erase("unit_disputed");
  if (ended)
    for (auto& move : json.at("reclassified")) move.erase("paid_before");
  if (ended && json.at("pool").is_object())
    for (const auto* part : {"left", "reserved", "consumed"}) json.at("pool").erase(part);
  return json.dump();
}

struct Read {
  Fetched fetched;
  Instant now;  // as the engine would decide it
};

// One tracker with an adapter of its own, past all weather.
struct Desk {
  Desk(const TrackerSettings& tracker, const ContractBook& book, Site& site)
      : settings(tracker),
        http(site.fake()),
        adapter(make_tracker(tracker, book.trackers.at(tracker.name), key_of(k_bridge), http)) {}
  const TrackerSettings& settings;
  InProcessHttp http;
  std::unique_ptr<Tracker> adapter;
};

class Audit {
 public:
  explicit Audit(const AuditParts& parts) : parts_(parts), texts_(parts.settings.texts) {}

  std::string run() {
    for (const auto& tracker : parts_.settings.trackers) read_all(tracker);
    auto problem = check_work();
    if (problem.empty()) problem = check_claims();
    for (const auto& [key, read] : reads_)
      if (problem.empty() && !may_be_behind(key)) problem = check_issue(key, read);
    return problem;
  }

 private:
  void read_all(const TrackerSettings& tracker) {
    auto& site = *parts_.sites.at(tracker.name);
    auto& desk =
        *desks_.emplace(tracker.name, std::make_unique<Desk>(tracker, parts_.settings.book, site)).first->second;
    for (const auto& id : site.ids()) {
      const IssueKey key{tracker.name, id};
      auto fetched = desk.adapter->fetch(key);
      if (!fetched) throw std::runtime_error("the auditor cannot read " + to_text(key) + ": " + fetched.error().what);
      auto& issue = fetched->issue;
      if (issue.language.empty()) issue.detected_language = detect_language(issue.summary, issue.description);
      const auto now = std::max(parts_.now, issue.updated);
      for (auto& claim : told_claims_of(issue, parts_.settings.book, now)) claims_[claim.contract].push_back(claim);
      reads_.emplace(key, Read{*std::move(fetched), now});
    }
    site.fake().clear_log();
    add_claims_of_gone(tracker.name);
  }

  // What was taken by an issue that nobody can read any more stays taken.
  void add_claims_of_gone(const std::string& tracker) {
    std::optional<IssueKey> after;
    for (;;) {
      const auto keys = parts_.store.issues(tracker, after, 100);
      if (keys.empty()) return;
      for (const auto& key : keys)
        if (reads_.count(key) == 0) gone_.push_back(key);
      after = keys.back();
    }
  }

  // At the end nothing waits: not for a retry, not for a write, not to be looked at.
  std::string check_work() {
    if (!parts_.at_the_end) return {};
    for (const auto& [name, desk] : desks_) {
      for (const auto& wake : parts_.store.wakes(name, parts_.now, 1))
        return to_text(wake.key) + " is still woken since " + to_iso(wake.at) + ": " + wake.why;
      // What was begun on an issue that is gone cannot be ended.
      for (const auto& intent : parts_.store.open_intents(name))
        if (const auto stored = parts_.store.issue(intent.key); !stored || !stored->gone)
          return to_text(intent.key) + " has still an open intent of " + to_iso(intent.at) + ": " + intent.changes;
      for (const auto& parked : parts_.store.all_parked(name))
        if (!is_stop(parked.key))
          return to_text(parked.key) + " is still parked since " + to_iso(parked.since) + ": " + parked.error;
    }
    for (const auto& key : gone_) {
      const auto stored = parts_.store.issue(key);
      // Lists do not name what is gone: it is found out when the issue is looked at for another reason.
      const bool was_looked_at = stored->recheck_at && *stored->recheck_at < parts_.now - k_confirmed;
      if (!stored->gone && was_looked_at) return to_text(key) + " is gone, and the store does not know it";
    }
    return {};
  }

  std::string check_claims() {
    if (!parts_.at_the_end) return {};
    std::set<ContractId> contracts;
    for (const auto& [contract, claims] : claims_) contracts.insert(contract);
    // Of some only an issue that is gone may have taken.
    for (const auto& customer : customers())
      for (const auto& contract : customer.contracts) contracts.insert(ContractId{contract});
    for (const auto& contract : contracts) {
      auto wanted = claims_[contract];
      const auto stored = parts_.store.claims(contract);
      for (const auto& claim : stored)
        if (std::find(gone_.begin(), gone_.end(), claim.issue) != gone_.end()) wanted.push_back(claim);
      std::stable_sort(wanted.begin(), wanted.end(), [](const Claim& a, const Claim& b) {
        return std::tie(a.place, a.issue) < std::tie(b.place, b.issue);
      });
      claims_[contract] = wanted;
      if (wanted == stored) continue;
      return "the store's claims on " + contract.value + " are not those of the issues:" + text_of(stored) +
             "\nbut they should be:" + text_of(wanted);
    }
    return {};
  }

  static std::string text_of(const std::vector<Claim>& claims) {
    std::string text;
    for (const auto& claim : claims)
      text += "\n  " + to_text(claim.issue) + " from " + to_iso(claim.place) + ", cycle " +
              std::to_string(claim.cycle) + ", hold " + std::to_string(static_cast<int>(claim.hold)) + ", rank " +
              std::to_string(claim.rank) + (claim.promised ? ", promised" : "") +
              (claim.ended_at ? ", ended " + to_iso(*claim.ended_at) : "") +
              (claim.approved_at ? ", approved " + to_iso(*claim.approved_at) : "");
    return text;
  }

  // While the world goes on, what the engine knows to be undone need not be done.
  [[nodiscard]] bool may_be_behind(const IssueKey& key) const {
    const auto stored = parts_.store.issue(key);
    const bool just_due = stored && stored->recheck_at && *stored->recheck_at > parts_.now - k_tolerance &&
                          *stored->recheck_at <= parts_.now;
    if (parts_.at_the_end) return just_due;
    return just_due || parts_.store.parked(key) || parts_.store.last_wake(key) > 0;
  }

  [[nodiscard]] LedgerView ledger_of(const Issue& issue, Instant now) {
    LedgerView view;
    for (const auto& contract : pools_around(issue, parts_.settings.book, now)) {
      const auto claims = parts_.at_the_end ? claims_[contract] : parts_.store.claims(contract);
      view.claims.insert(view.claims.end(), claims.begin(), claims.end());
    }
    return view;
  }

  std::string check_issue(const IssueKey& key, const Read& read) {
    const auto& desk = *desks_.at(key.tracker);
    const auto& issue = read.fetched.issue;
    const auto stored = parts_.store.issue(key);
    if (!stored) return to_text(key) + " was never seen";
    const auto decision = evaluate(issue, parts_.settings.book, ledger_of(issue, read.now), read.now);
    const auto planned =
        plan(decision, read.fetched, {desk.settings.write, parts_.settings.book, texts_, desk.adapter->capabilities()},
             read.now);
    if (auto changes = planned.changes; !changes.empty()) {
      // Who cannot be assigned is not tried again for a day.
      if (parts_.store.parked(assigning_stop(issue, changes.assign))) changes.assign = {};
      if (!changes.empty())
        return to_text(key) + " does not show what is decided; to be written: " + cb::text_of(changes);
    }
    if (auto known = issue_from_json(stored->snapshot)) {
      known->detected_language = issue.detected_language;
      if (issue_json(*known) != issue_json(issue))
        return to_text(key) + " is not as the store has it:" + differences(issue_json(*known), issue_json(issue));
    } else {
      return to_text(key) + ": the snapshot cannot be read: " + known.error().what;
    }
    const auto known_decision = comparable(stored->decision), fresh_decision = comparable(decision_json(decision));
    if (!same_decision(known_decision, fresh_decision))
      return to_text(key) + " is not decided as the store has it:" + differences(known_decision, fresh_decision);
    for (const auto& line : new_ledger_lines(decision, parts_.store.ledger(key), read.now))
      return to_text(key) + " lacks a line of the ledger: " + line.action + " " + line.contract.value + " " + line.note;
    return {};
  }

  const AuditParts& parts_;
  TextBook texts_;
  std::map<std::string, std::unique_ptr<Desk>> desks_;
  std::map<IssueKey, Read> reads_;
  std::vector<IssueKey> gone_;  // known to the store, and in no tracker
  std::map<ContractId, std::vector<Claim>> claims_;
};

}  // namespace

std::string audit(const AuditParts& parts) {
  return Audit(parts).run();
}

}  // namespace cb::simulation
