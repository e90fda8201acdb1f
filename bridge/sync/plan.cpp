#include "bridge/sync/plan.hpp"

#include <algorithm>

#include "adapters/json_read.hpp"
#include "bridge/sync/comments.hpp"
#include "bridge/sync/decision_record.hpp"
#include "bridge/sync/marks.hpp"
#include "bridge/sync/page_links.hpp"
#include "bridge/sync/people.hpp"
#include "bridge/sync/put_back.hpp"
#include "bridge/sync/slot_values.hpp"
#include "bridge/sync/transitions.hpp"
#include "rules/text.hpp"
#include "rules/timeline.hpp"
#include "rules/zone.hpp"

namespace cb {

namespace {

constexpr Seconds k_long_ago{60 * 24 * 3600};

// Texts of instants may differ where the instants do not.
bool same_value(const Shown& wanted, const Shown& shown) {
  if (wanted.instant && shown.instant) return *wanted.instant == *shown.instant;
  return wanted.text == shown.text && (wanted.instant || !shown.instant);
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

// What happens in an hour that the tracker's zone has twice would be read back as an hour earlier or later.
bool can_hold(const Shown& wanted, const std::string& stored_in_zone) {
  const auto zone = wanted.instant && !stored_in_zone.empty() ? Zone::find(stored_in_zone) : std::nullopt;
  return !zone || !is_doubled(*wanted.instant, *zone);
}

void plan_fields(PlannedWrite& planned, const Decision& decision, const Fetched& fetched, const PlanTerms& terms) {
  const auto& stored_in = terms.capabilities.stored_in_zone;
  for (const auto& [slot, field] : terms.write.fields) {
    const auto shown = planned.after.find(slot);
    if (shown == planned.after.end()) {
      planned.notes.push_back("has no field \"" + field.field + "\" for " + to_text(slot));
      continue;
    }
    const SlotForm form{field.format, fetched.date_time_slots.count(slot) > 0};
    auto wanted = slot_value(slot, decision, terms.book, form);
    if (!can_hold(wanted, stored_in)) {
      planned.notes.push_back("cannot hold " + to_iso(*wanted.instant) + " in the field \"" + field.field +
                              "\": the hour comes twice in " + stored_in + "; use a text field");
      wanted = {};
    }
    if (same_value(wanted, shown->second)) continue;
    planned.changes.fields[slot] = wanted;
    shown->second = wanted;
  }
}

void plan_record(Changes& changes, const Decision& decision, const Fetched& fetched, const PlanTerms& terms) {
  if (terms.write.property.empty() || !terms.capabilities.record) return;
  auto record = decision_record(decision, terms.book);
  if (!is_same_json(record, fetched.record.value_or(""))) changes.record = std::move(record);
}

}  // namespace

PlannedWrite plan(const Decision& decision, const Fetched& fetched, const PlanTerms& terms, Instant now) {
  const auto& issue = fetched.issue;
  PlannedWrite planned;
  planned.after = fetched.shown;
  if (is_held(issue, terms.book)) {
    planned.notes.emplace_back("is held by staff: nothing is changed");
    return planned;
  }
  if (is_history(decision, issue, fetched.shown, now)) {
    planned.notes.emplace_back("was finished long before the bridge came: nothing is written");
    return planned;
  }
  plan_fields(planned, decision, fetched, terms);
  plan_labels(planned.changes, decision, issue, terms);
  plan_flags(planned.changes, decision, fetched.flags, terms);
  const bool private_comments = terms.capabilities.private_comments && fetched.no_staff_notes.empty();
  if (terms.capabilities.private_comments && !private_comments)
    planned.notes.push_back("gets no notes for staff, because " + fetched.no_staff_notes);
  planned.changes.comments =
      missing_comments(decision, issue, {terms.write.comments, terms.book, terms.texts, private_comments},
                       edits_put_back(planned.changes, issue, terms), now);
  plan_people(planned.changes, decision, fetched, terms);
  plan_status(planned.changes, decision, issue, terms, now);
  plan_record(planned.changes, decision, fetched, terms);
  plan_page_link(planned.changes, fetched, terms);
  return planned;
}

}  // namespace cb
