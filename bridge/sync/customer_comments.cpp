#include "bridge/sync/customer_comments.hpp"

#include <algorithm>

#include "bridge/sync/comments.hpp"
#include "bridge/sync/customer_facts.hpp"
#include "rules/escalation.hpp"
#include "rules/roles.hpp"

namespace cb {

namespace {

constexpr const char* k_receipt = "receipt";

bool answered(const Issue& issue, const ContractBook& book) {
  const auto tracker = book.trackers.find(issue.key.tracker);
  if (tracker == book.trackers.end()) return false;
  return std::any_of(issue.history.begin(), issue.history.end(), [&](const Event& event) {
    return event.comment && event.comment->visibility == Visibility::everybody &&
           !same_person(event.by, issue.reporter) && role_of(event.by, tracker->second, book) == Role::staff;
  });
}

// Registered by staff or a bot and hidden from others: there is no customer whom it could be told to.
bool is_among_staff(const Issue& issue, const ContractBook& book) {
  const auto tracker = book.trackers.find(issue.key.tracker);
  if (!issue.internal || tracker == book.trackers.end()) return false;
  const auto role = role_of(issue.reporter, tracker->second, book);
  return role != Role::customer && role != Role::partner;
}

bool is_fresh(const CommentCase& with) {
  return is_open(with.decision) && with.decision.billing != Billing::undecided &&
         with.now - with.issue.created <= k_receipt_age;
}

class CustomerComments {
 public:
  explicit CustomerComments(const CommentCase& with)
      : with_(with),
        decision_(with.decision),
        book_(with.terms.book),
        texts_(with.terms.texts),
        language_(language_of(with.decision)) {}

  std::vector<WantedComment> all() {
    if (wants_offer()) {
      add("offer", "offer", offer_text(texts_, language_, offer_facts(decision_, book_, texts_)));
    } else if (wants_receipt()) {
      add_receipt();
    }
    add_reminder();
    add_mismatch();
    add_reclassified();
    add_apologies();
    return std::move(wanted_);
  }

 private:
  // What is set to `internal` stays among staff, in the customer's words.
  void add(const std::string& kind, const std::string& cause, std::string text, std::vector<std::string> also_as = {}) {
    const auto mode = mode_of(with_.terms, kind);
    if (mode == CommentMode::off) return;
    const auto visibility = mode == CommentMode::internal ? Visibility::internal : Visibility::everybody;
    wanted_.push_back({cause, std::move(text), visibility, std::move(also_as)});
  }

  void add_dated(const std::string& kind, const std::string& cause, std::string text) {
    const auto before = wanted_.size();
    add(kind, cause, std::move(text));
    if (wanted_.size() > before) wanted_.back().dated = true;
  }

  [[nodiscard]] bool is_public(const std::string& kind) const {
    return mode_of(with_.terms, kind) == CommentMode::everybody;
  }

  // Instead of a receipt, which would promise deadlines: a paid issue's clocks start with the order. When staff found
  // out that it is to be paid, they have mostly answered before.
  [[nodiscard]] bool wants_offer() const {
    return mode_of(with_.terms, "offer") != CommentMode::off && is_fresh(with_) && decision_.billing == Billing::paid &&
           !decision_.order_approved && !decision_.order_declined &&
           (decision_.category.established.has_value() || !answered(with_.issue, book_));
  }

  [[nodiscard]] bool wants_receipt() const {
    return is_fresh(with_) && cycle_of(decision_) == 1 && !answered(with_.issue, book_) && !decision_.order_declined;
  }

  void add_receipt() {
    const bool of_pool = decision_.billing == Billing::pool;
    add("receipt", of_pool ? k_receipt_of_pool : k_receipt,
        receipt_text(texts_, language_, receipt_facts(decision_, book_, texts_)),
        {of_pool ? k_receipt : k_receipt_of_pool});
  }

  // The last one that is due: those before it were missed.
  void add_reminder() {
    if (decision_.phase != Phase::resolved || decision_.reminders.empty() || !decision_.resolved_at) return;
    if (with_.now - decision_.reminders.back() > k_news_age) return;
    add_dated("reminder",
              "reminder/" + to_iso(*decision_.resolved_at) + "/" + std::to_string(decision_.reminders.size()),
              reminder_text(texts_, language_, resolved_on(decision_, book_)));
  }

  void add_mismatch() {
    if (!is_public("mismatch") || !is_fresh(with_) || decision_.mismatch == PriorityMismatch::none) return;
    const std::string name = decision_.mismatch == PriorityMismatch::sounds_urgent ? "mismatch" : "mismatch_trivial";
    add("mismatch", name, mismatch_text(texts_, language_, name, mismatch_facts(with_.issue, book_)));
  }

  // Only what changes what the customer pays; where an offer says so, it is said.
  void add_reclassified() {
    if (!is_public("reclassified") || !is_open(decision_) || wants_offer()) return;
    if (decision_.reclassified.empty() || decision_.billing == Billing::undecided) return;
    const auto& move = decision_.reclassified.back();
    if (!move.changes_what_is_paid() || with_.now - move.at > k_news_age) return;
    add_dated("reclassified", "reclassified/" + to_iso(move.at),
              reclassified_text(texts_, language_, reclassified_facts(decision_, book_, texts_)));
  }

  void add_apologies() {
    if (!is_public("breach")) return;
    for (const auto& clock : decision_.clocks) {
      if (!is_overdue(clock) || !clock.due) continue;
      if (clock.name == ClockName::confirmation || with_.now - *clock.due > k_news_age) continue;
      add("breach", "apology/" + to_text(clock.name),
          apology_text(texts_, language_, apology_facts(clock, decision_, book_, texts_)));
    }
  }

  const CommentCase& with_;
  const Decision& decision_;
  const ContractBook& book_;
  const TextBook& texts_;
  std::string language_;
  std::vector<WantedComment> wanted_;
};

}  // namespace

std::vector<WantedComment> customer_comments(const CommentCase& with) {
  if (is_among_staff(with.issue, with.terms.book)) return {};
  return CustomerComments(with).all();
}

}  // namespace cb
