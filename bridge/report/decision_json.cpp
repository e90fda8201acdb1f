#include "bridge/report/decision_json.hpp"

#include <nlohmann/json.hpp>

namespace cb {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(Instant instant) {
  return instant == k_never ? Json(nullptr) : Json(to_iso(instant));
}
Json json_of(Date date) {
  return to_iso(date);
}
Json json_of(BusinessTime time) {
  return time.amount.count();
}
Json json_of(const Span& span) {
  return {{"from", json_of(span.from)}, {"to", json_of(span.to)}};
}
Json json_of(const Reason& reason) {
  return {{"step", reason.step}, {"rule", reason.rule}, {"text", reason.text}};
}
Json json_of(const std::string& text) {
  return text;
}
Json json_of(Advice advice) {
  return to_text(advice);
}
Json json_of(Refusal refusal) {
  return to_text(refusal);
}
Json json_of(Phase phase) {
  return to_text(phase);
}
Json json_of(const PoolView& pool);
Json json_of(const BudgetView& budget);
Json json_of(const Claim& claim);
Json json_of(const StatedFixDate& stated);
Json json_of(const Deed& deed);
Json json_of(const Reclassification& move);
template <class Tag>
Json json_of(const Id<Tag>& id) {
  return id.value;
}

template <class T>
Json json_of(const std::optional<T>& value) {
  return value ? json_of(*value) : Json(nullptr);
}

template <class T>
Json list_of(const std::vector<T>& values) {
  auto list = Json::array();
  for (const auto& value : values) list.push_back(json_of(value));
  return list;
}

Json null_if_empty(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json unlimited_or(const std::optional<int>& number) {
  return number ? Json(*number) : Json("unlimited");
}

std::string name_of(const Author& author) {
  for (const auto* name : {&author.name, &author.login, &author.address, &author.id}) {
    if (!name->empty()) return *name;
  }
  return {};
}

Json json_of(const Category& category) {
  return {{"claimed", category.claimed ? category.claimed->value : "undecided"},
          {"established", json_of(category.established)},
          {"claimed_by", json_of(category.claimed_by)},
          {"established_by", json_of(category.established_by)},
          {"established_person",
           category.established_person ? null_if_empty(name_of(*category.established_person)) : Json(nullptr)},
          {"established_at", json_of(category.established_at)},
          {"problem", null_if_empty(category.problem)},
          {"links", list_of(category.links)}};
}

Json json_of(const PoolView& pool) {
  return {{"size", unlimited_or(pool.size)}, {"left", unlimited_or(pool.left)},    {"reserved", pool.reserved},
          {"consumed", pool.consumed},       {"contract", json_of(pool.contract)}, {"period", json_of(pool.period)}};
}

Json json_of(const BudgetView& budget) {
  return {{"hours", budget.hours.count()},
          {"used", budget.used.count()},
          {"left", budget.left.count()},
          {"category", json_of(budget.category)}};
}

Json json_of(const StatedFixDate& stated) {
  return {{"date", json_of(stated.date)}, {"at", json_of(stated.at)}, {"who", stated.who}};
}

Json json_of(const ClockReading& clock) {
  return {{"state", to_text(clock.state)},
          {"due", json_of(clock.due)},
          {"stopped", json_of(clock.stopped)},
          {"used", json_of(clock.used)},
          {"left", json_of(clock.left)},
          {"target", json_of(clock.target)},
          {"start", json_of(clock.start)},
          {"calendar", null_if_empty(clock.calendar.value)},
          {"cycle", clock.cycle},
          {"moves", clock.moves},
          {"stated", list_of(clock.stated)},
          {"urgent_procedure", clock.urgent_procedure},
          {"counted", list_of(clock.counted)},
          {"paused", list_of(clock.paused)}};
}

Json json_of(const Claim& claim) {
  return {{"contract", json_of(claim.contract)},
          {"place", json_of(claim.place)},
          {"cycle", claim.cycle},
          {"period", json_of(claim.period)},
          {"hold", claim.hold == Hold::consumed ? "consumed" : "reserved"},
          {"approved_at", json_of(claim.approved_at)},
          {"ended_at", json_of(claim.ended_at)},
          {"rank", claim.rank},
          {"budget", null_if_empty(claim.budget.value)},
          {"logged", claim.logged.count()},
          {"promised", claim.promised}};
}

Json json_of(const Deed& deed) {
  return {{"at", json_of(deed.at)}, {"who", deed.who}};
}

Json json_of(const Reclassification& move) {
  return {{"from", to_text(move.from)},
          {"to", to_text(move.to)},
          {"at", json_of(move.at)},
          {"who", move.who},
          {"paid_before", to_text(move.paid_before)},
          {"paid_after", to_text(move.paid_after)}};
}

Json json_of(const UrgentService& urgent) {
  return {{"holds", urgent.holds},
          {"since", json_of(urgent.since)},
          {"calendar", null_if_empty(urgent.calendar.value)},
          {"team", null_if_empty(urgent.team)},
          {"marker", null_if_empty(urgent.marker)}};
}

Json json_of(const Escalation& escalation) {
  return {{"step", escalation.step},
          {"clock", escalation.clock ? Json(to_text(*escalation.clock)) : Json(nullptr)},
          {"people", list_of(escalation.people)},
          {"reached", list_of(escalation.reached)},
          {"watching", list_of(escalation.watching)}};
}

std::string to_word(OnExpiry rule) {
  return rule == OnExpiry::stop ? "stop" : rule == OnExpiry::ask ? "ask" : "finish";
}

std::string to_word(PriorityMismatch mismatch) {
  return mismatch == PriorityMismatch::sounds_urgent    ? "sounds_urgent"
         : mismatch == PriorityMismatch::sounds_trivial ? "sounds_trivial"
                                                        : "none";
}

Json clocks_of(const std::vector<ClockReading>& clocks) {
  auto by_name = Json::object();
  for (const auto& clock : clocks) by_name[to_text(clock.name)] = json_of(clock);
  return by_name;
}

// A name comes back in each cycle, so that past clocks are a list.
Json past_clocks_of(const std::vector<ClockReading>& clocks) {
  auto list = Json::array();
  for (const auto& clock : clocks) {
    Json entry = {{"clock", to_text(clock.name)}};
    entry.update(json_of(clock));
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace

std::string decision_json(const Decision& decision, int indent) {
  const Json json = {{"issue", to_text(decision.issue)},
                     {"customer", json_of(decision.customer)},
                     {"contract", json_of(decision.contract)},
                     {"category", json_of(decision.category)},
                     {"billing", to_text(decision.billing)},
                     {"refusal", json_of(decision.refusal)},
                     {"pool", json_of(decision.pool)},
                     {"budget", json_of(decision.budget)},
                     {"clocks", clocks_of(decision.clocks)},
                     {"sla_state", to_text(decision.sla_state)},
                     {"next_due", json_of(decision.next_due)},
                     {"advice", list_of(decision.advice)},
                     {"reasons", list_of(decision.reasons)},
                     {"customer_candidates", list_of(decision.customer_candidates)},
                     {"plan", json_of(decision.plan)},
                     {"contract_until", json_of(decision.contract_until)},
                     {"refused_by", json_of(decision.refused_by)},
                     {"covering_plans", list_of(decision.covering_plans)},
                     {"order_approved", decision.order_approved},
                     {"order_declined", json_of(decision.order_declined)},
                     {"refused_approvals", list_of(decision.refused_approvals)},
                     {"unit_disputed", decision.unit_disputed},
                     {"reclassified", list_of(decision.reclassified)},
                     {"mismatch", to_word(decision.mismatch)},
                     {"mismatch_words", list_of(decision.mismatch_words)},
                     {"links", list_of(decision.links)},
                     {"reminders", list_of(decision.reminders)},
                     {"resolved_at", json_of(decision.resolved_at)},
                     {"contract_ended", json_of(decision.contract_ended)},
                     {"on_expiry", to_word(decision.on_expiry)},
                     {"right_address", json_of(decision.right_address)},
                     {"urgent", json_of(decision.urgent)},
                     {"escalation", json_of(decision.escalation)},
                     {"phase", json_of(decision.phase)},
                     {"priority", to_text(decision.priority)},
                     {"language", null_if_empty(decision.language)},
                     {"internal_advice", list_of(decision.internal_advice)},
                     {"consultant", null_if_empty(decision.consultant)},
                     {"escalation_owner", null_if_empty(decision.escalation_owner)},
                     {"past_clocks", past_clocks_of(decision.past_clocks)},
                     {"claims", list_of(decision.claims)},
                     {"recheck_at", json_of(decision.recheck_at)},
                     {"book_version", null_if_empty(decision.book_version)}};
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace cb
