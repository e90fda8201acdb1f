#include "bridge/sync/plan.hpp"

#include <algorithm>

#include "bridge/sync/comments.hpp"
#include "bridge/sync/people.hpp"
#include "bridge/sync/slot_values.hpp"
#include "rules/text.hpp"
#include "rules/timeline.hpp"

namespace cb {

namespace {

constexpr Seconds k_long_ago{60 * 24 * 3600};

bool same_value(const Shown& wanted, const Shown& shown) {
  if (wanted.instant && shown.instant) return *wanted.instant == *shown.instant;
  return wanted.text == shown.text;
}

// By staff alone: a customer who could hold his issue would switch the contract off. Where the history tells nothing,
// the value counts.
bool is_held(const Issue& issue, const ContractBook& book) {
  const auto tracker = book.trackers.find(issue.key.tracker);
  if (tracker == book.trackers.end() || !tracker->second.read.override_) return false;
  const auto& source = *tracker->second.read.override_;
  const auto values = values_of(source, issue, tracker->second, book, k_never);
  const auto evidence = evidence_of(values);
  if (issue.history_known && !is_ours(evidence.by)) return false;
  if (source.label.empty() && !source.value.empty()) return same_name(evidence.value, source.value);
  return !evidence.value.empty();
}

// Every write mails people: what was finished long before the bridge came is decided and recorded, and left alone.
bool is_history(const Decision& decision, const Issue& issue, const std::map<Slot, Shown>& shown, Instant now) {
  return is_finished(decision) && now - issue.updated > k_long_ago &&
         std::all_of(shown.begin(), shown.end(), [](const auto& each) { return each.second == Shown{}; });
}

// States that only a single clock has.
bool is_state_of_clocks(const std::string& state) {
  return state == "running" || state == "not_started" || state == "cancelled";
}

void plan_fields(PlannedWrite& planned, const Decision& decision, const PlanTerms& terms) {
  for (const auto& [slot, field] : terms.write.fields) {
    const auto shown = planned.after.find(slot);
    if (shown == planned.after.end()) {
      planned.notes.push_back("has no field \"" + field.field + "\" for " + to_text(slot));
      continue;
    }
    const auto wanted = slot_value(slot, decision, terms.book, {field.format, terms.capabilities.date_time_fields});
    if (same_value(wanted, shown->second)) continue;
    planned.changes.fields[slot] = wanted;
    shown->second = wanted;
  }
}

// What labels mirror: states, classes, the phase, and advice.
bool mirrors(const std::string& state, const Decision& decision) {
  const auto clock = [&](const ClockReading& each) { return to_text(each.state) == state; };
  const auto advice = [&](Advice each) { return to_text(each) == state; };
  const auto& internal = decision.internal_advice;
  return state == to_text(decision.sla_state) || state == to_text(decision.billing) ||
         (decision.phase && state == to_text(*decision.phase)) ||
         std::any_of(decision.advice.begin(), decision.advice.end(), advice) ||
         std::find(internal.begin(), internal.end(), state) != internal.end() ||
         (is_state_of_clocks(state) && std::any_of(decision.clocks.begin(), decision.clocks.end(), clock));
}

// Who changed a field of ours last, unless it was staff or ourselves: what the tracker shows is no evidence.
std::vector<PutBack> put_back(const PlannedWrite& planned, const std::map<Slot, Shown>& shown, const Issue& issue,
                              const PlanTerms& terms) {
  std::vector<PutBack> out;
  const auto tracker = terms.book.trackers.find(issue.key.tracker);
  if (tracker == terms.book.trackers.end()) return out;
  for (const auto& [slot, value] : planned.changes.fields) {
    const auto& field = terms.write.fields.at(slot).field;
    const auto changes = values_of(Source{field, {}, {}}, issue, tracker->second, terms.book, k_never);
    const auto& last = changes.back();
    const bool by_outsider = last.by == Role::customer || last.by == Role::partner;
    if (by_outsider && changes.size() > 1 && last.value == shown.at(slot).text) {
      out.push_back({field, last.at, called(*last.who)});
    }
  }
  return out;
}

void plan_labels(PlannedWrite& planned, const Decision& decision, const Issue& issue, const PlanTerms& terms) {
  if (!terms.capabilities.labels) return;
  std::vector<std::string> ours, wanted;
  const auto consider = [&](const std::string& label, bool is_wanted) {
    if (!contains_name(ours, label)) ours.push_back(label);
    if (is_wanted && !contains_name(wanted, label)) wanted.push_back(label);
  };
  for (const auto& [state, label] : terms.write.labels) consider(label, mirrors(state, decision));
  const auto& urgent = decision.urgent;
  if (!urgent.marker.empty()) consider(urgent.marker, urgent.holds);
  for (const auto& label : ours) {
    const bool there = contains_name(issue.labels, label);
    const bool is_wanted = contains_name(wanted, label);
    if (is_wanted && !there) planned.changes.add_labels.push_back(label);
    if (!is_wanted && there) planned.changes.remove_labels.push_back(label);
  }
}

}  // namespace

PlannedWrite plan(const Decision& decision, const Issue& issue, const std::map<Slot, Shown>& shown,
                  const PlanTerms& terms, Instant now) {
  PlannedWrite planned;
  planned.after = shown;
  if (is_held(issue, terms.book)) {
    planned.notes.emplace_back("is held by staff: nothing is changed");
    return planned;
  }
  if (is_history(decision, issue, shown, now)) {
    planned.notes.emplace_back("was finished long before the bridge came: nothing is written");
    return planned;
  }
  plan_fields(planned, decision, terms);
  plan_labels(planned, decision, issue, terms);
  planned.changes.comments = missing_comments(
      decision, issue, {terms.write.comments, terms.book, terms.texts, terms.capabilities.private_comments},
      put_back(planned, shown, issue, terms), now);
  plan_people(planned.changes, decision, issue, terms);
  return planned;
}

}  // namespace cb
