#include "bridge/sync/staff_notes.hpp"

#include <algorithm>

#include "bridge/sync/slot_values.hpp"
#include "bridge/texts/staff_texts.hpp"
#include "rules/escalation.hpp"
#include "rules/order.hpp"

namespace cb {

namespace {

// For a text that puts quotes around the whole.
const std::string k_between_quotes = "\", \"";

std::string listed(const std::vector<std::string>& words, const std::string& between = ", ") {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

class StaffNotes {
 public:
  explicit StaffNotes(const CommentCase& with)
      : with_(with), decision_(with.decision), book_(with.terms.book), zone_(zone_of(with.decision, with.terms.book)) {}

  std::vector<WantedComment> all() {
    add_clocks();
    if (is_on("escalation")) add_escalation();
    if (is_on("mismatch") && is_open(decision_)) add_mismatch();
    if (is_on("reclassified")) add_reclassified();
    if (is_on("notice")) add_notices();
    return std::move(wanted_);
  }

 private:
  [[nodiscard]] bool is_on(const std::string& kind) const { return mode_of(with_.terms, kind) != CommentMode::off; }
  [[nodiscard]] bool is_news(Instant at) const { return with_.now - at <= k_news_age; }
  [[nodiscard]] std::string when(Instant at) const { return local_text(at, zone_); }

  void add(const std::string& cause, const std::string& text_name, const StaffFacts& facts) {
    wanted_.push_back({cause, staff_text(with_.terms.texts, text_name, facts), Visibility::internal});
  }
  void add_dated(const std::string& cause, const std::string& text_name, const StaffFacts& facts) {
    add(cause, text_name, facts);
    wanted_.back().dated = true;
  }

  [[nodiscard]] StaffFacts whose() const {
    StaffFacts facts;
    const auto* customer = decision_.customer ? find_customer(book_, *decision_.customer) : nullptr;
    if (customer != nullptr) facts.customer = customer->name.empty() ? customer->id.value : customer->name;
    if (decision_.contract) facts.contract = decision_.contract->value;
    return facts;
  }

  void name_clock(StaffFacts& facts, const ClockReading& clock) const {
    facts.clock = with_.terms.texts.find("staff", "clock_" + to_text(clock.name));
    if (clock.due) facts.due = when(*clock.due);
  }

  [[nodiscard]] std::vector<std::string> names_of(const std::vector<std::string>& ids) const {
    std::vector<std::string> names;
    names.reserve(ids.size());
    for (const auto& id : ids) {
      const auto found =
          std::find_if(book_.staff.begin(), book_.staff.end(), [&](const StaffMember& each) { return each.id == id; });
      names.push_back(found == book_.staff.end() || found->name.empty() ? id : found->name);
    }
    return names;
  }

  void add_clocks() {
    for (const auto& clock : decision_.clocks) {
      const bool overdue = is_overdue(clock);
      if (!overdue && clock.state != ClockState::at_risk) continue;
      if (overdue && clock.due && !is_news(*clock.due)) continue;
      const std::string kind = overdue ? "breach" : "risk";
      if (!is_on(kind)) continue;
      auto facts = whose();
      name_clock(facts, clock);
      add(kind + "/" + promise_of(clock), kind, facts);
    }
  }

  void add_escalation() {
    const auto& escalation = decision_.escalation;
    const auto* clock = escalation.clock ? find_clock(decision_, *escalation.clock) : nullptr;
    if (escalation.step > 0 && !escalation.people.empty() && clock != nullptr) {
      const bool overdue = is_overdue(*clock);
      if (!overdue || !clock->due || is_news(*clock->due)) {
        auto facts = whose();
        name_clock(facts, *clock);
        facts.people = listed(names_of(escalation.reached));
        if (escalation.watching != escalation.reached) facts.copy = listed(names_of(escalation.watching));
        if (overdue) facts.flags.insert("overdue");
        add(escalation_cause(escalation), "escalation", facts);
        wanted_.back().says_too = {(overdue ? "breach/" : "risk/") + promise_of(*clock)};
      }
    }
    add_urgent();
  }

  // The alert of the urgent procedure (A3).
  void add_urgent() {
    const auto& urgent = decision_.urgent;
    if (!urgent.holds || !urgent.since || !is_open(decision_) || with_.now - *urgent.since > k_receipt_age) return;
    auto facts = whose();
    facts.when = when(*urgent.since);
    facts.calendar = urgent.calendar.value;
    facts.team = urgent.team;
    const auto* response = find_clock(decision_, ClockName::first_response);
    if (response != nullptr && response->due && !response->stopped) name_clock(facts, *response);
    add_dated("urgent/" + to_iso(*urgent.since), "urgent", facts);
  }

  // The customer is told where comments on it are public.
  void add_mismatch() {
    if (mode_of(with_.terms, "mismatch") != CommentMode::internal || decision_.mismatch == PriorityMismatch::none ||
        with_.now - with_.issue.created > k_receipt_age) {
      return;
    }
    StaffFacts facts;
    facts.priority = with_.issue.priority;
    facts.words = listed(decision_.mismatch_words);
    const std::string name = decision_.mismatch == PriorityMismatch::sounds_urgent ? "mismatch" : "mismatch_trivial";
    add(name, name + "_note", facts);
  }

  void add_reclassified() {
    for (const auto& move : decision_.reclassified) {
      if (!move.from || !is_news(move.at)) continue;  // it was nothing before
      StaffFacts facts;
      facts.from = to_text(move.from);
      facts.to = to_text(move.to);
      facts.who = move.who;
      facts.when = when(move.at);
      if (move.paid_before != move.paid_after) {
        facts.before = to_text(move.paid_before);
        facts.after = to_text(move.paid_after);
      }
      add_dated("reclassified_note/" + to_iso(move.at), "reclassified_note", facts);
    }
  }

  void add_notices() {
    add_order();
    add_unconfirmed();
    add_put_back();
    if (decision_.unit_disputed && is_open(decision_)) {
      auto facts = whose();
      if (decision_.billing == Billing::pool) facts.flags.insert("holds");
      add("unit", "unit", facts);
    }
    if (decision_.unit_lost && (is_open(decision_) || (decision_.resolved_at && is_news(*decision_.resolved_at)))) {
      add("unit_lost", "unit_lost", whose());
    }
    if (decision_.contract_ended && is_news(*decision_.contract_ended)) {
      auto facts = whose();
      facts.when = when(*decision_.contract_ended);
      if (decision_.on_expiry == OnExpiry::stop) facts.flags.insert("stop");
      add("contract_ended", "contract_ended", facts);
    }
  }

  // One note for an edit, whatever it changed.
  void add_put_back() {
    for (const auto& put_back : with_.put_back) {
      if (!is_news(put_back.at)) continue;
      StaffFacts facts;
      facts.field = listed(put_back.fields, k_between_quotes);
      facts.label = listed(put_back.labels, k_between_quotes);
      facts.flag = listed(put_back.flags, k_between_quotes);
      facts.who = put_back.who;
      facts.when = when(put_back.at);
      add_dated("put_back/" + to_iso(put_back.at) + "/" + put_back.who, "put_back", facts);
    }
  }

  // An approval by somebody who may not order does nothing but this (ruling 34).
  void add_order() {
    if (decision_.order_approved) return;
    for (const auto& deed : decision_.refused_approvals) {
      if (!is_news(deed.at)) continue;
      StaffFacts facts;
      facts.who = deed.who;
      facts.when = when(deed.at);
      facts.people = listed(names_of_orderers());
      add_dated("approval/" + to_iso(deed.at) + "/" + deed.who, "approval", facts);
    }
    if (!decision_.order_declined || !is_news(*decision_.order_declined)) return;
    StaffFacts facts;
    facts.when = when(*decision_.order_declined);
    add_dated("declined/" + to_iso(*decision_.order_declined), "declined", facts);
  }

  [[nodiscard]] std::vector<std::string> names_of_orderers() const {
    std::vector<std::string> names;
    const auto* customer = decision_.customer ? find_customer(book_, *decision_.customer) : nullptr;
    for (const auto* contact : who_may_order(customer, book_)) names.push_back(name_of(*contact));
    return names;
  }

  // Ended by itself at its due (ruling 16).
  void add_unconfirmed() {
    const auto* confirmation = find_clock(decision_, ClockName::confirmation);
    if (confirmation == nullptr || confirmation->state != ClockState::cancelled || !confirmation->stopped) return;
    if (decision_.phase != Phase::resolved || !decision_.resolved_at || !is_news(*confirmation->stopped)) return;
    StaffFacts facts;
    facts.when = when(*decision_.resolved_at);
    add_dated("unconfirmed/" + to_iso(*decision_.resolved_at), "unconfirmed", facts);
  }

  const CommentCase& with_;
  const Decision& decision_;
  const ContractBook& book_;
  Zone zone_;
  std::vector<WantedComment> wanted_;
};

}  // namespace

std::string escalation_cause(const Escalation& escalation) {
  return "escalation/" + std::to_string(escalation.step) + (escalation.clock ? "/" + to_text(*escalation.clock) : "");
}

std::vector<WantedComment> staff_notes(const CommentCase& with) {
  return StaffNotes(with).all();
}

}  // namespace cb
