#include "bridge/sync/customer_comments.hpp"

#include <algorithm>

#include "bridge/sync/comments.hpp"
#include "bridge/sync/customer_facts.hpp"
#include "rules/escalation.hpp"
#include "rules/roles.hpp"

namespace cb {

namespace {

constexpr const char* k_receipt = "receipt";

// Where the present cycle begins.
Instant begun(const Decision& decision, const Issue& issue) {
  const auto* response = find_clock(decision, ClockName::first_response);
  return response != nullptr && response->start ? *response->start : issue.created;
}

bool answered(const Issue& issue, const ContractBook& book, Instant since) {
  const auto tracker = book.trackers.find(issue.key.tracker);
  if (tracker == book.trackers.end()) return false;
  return std::any_of(issue.history.begin(), issue.history.end(), [&](const Event& event) {
    return event.at >= since && event.comment && event.comment->visibility == Visibility::everybody &&
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
    add_reclassified();
    if (wants_offer()) {
      add("offer", "offer", offer_text(texts_, language_, offer_facts(decision_, with_.issue, book_, texts_)));
    } else if (wants_receipt() && !is_told_anew()) {
      add_receipt();
    }
    add_reminder();
    add_mismatch();
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

  // Since when the issue stands as it does: registered, reopened, or found to be of another kind.
  [[nodiscard]] Instant since() const {
    auto at = begun(decision_, with_.issue);
    if (!decision_.reclassified.empty()) at = std::max(at, decision_.reclassified.back().at);
    return at;
  }

  // Instead of a receipt, which would promise deadlines: a paid issue's clocks start with the order. When staff found
  // out that it is to be paid, they have mostly answered before.
  [[nodiscard]] bool wants_offer() const {
    const bool found_later = decision_.category.established || !decision_.reclassified.empty();
    return mode_of(with_.terms, "offer") != CommentMode::off && is_open(decision_) &&
           with_.now - since() <= k_receipt_age && decision_.billing == Billing::paid && !decision_.order_approved &&
           !decision_.order_declined && (found_later || !answered(with_.issue, book_, begun(decision_, with_.issue)));
  }

  [[nodiscard]] bool wants_receipt() const {
    return is_fresh(with_) && cycle_of(decision_) == 1 && !answered(with_.issue, book_, with_.issue.created) &&
           !decision_.order_declined;
  }

  void add_receipt() {
    const bool of_pool = decision_.billing == Billing::pool;
    add("receipt", of_pool ? k_receipt_of_pool : k_receipt,
        receipt_text(texts_, language_, receipt_facts(decision_, book_, texts_)),
        {of_pool ? k_receipt : k_receipt_of_pool});
  }

  // That it turned out to be of another kind says all that a receipt would.
  [[nodiscard]] bool is_told_anew() const {
    const auto& moves = decision_.reclassified;
    return !wanted_.empty() || (!moves.empty() && has_comment(with_.issue, cause_of(moves.back()), k_dated));
  }

  // The last one that is due: those before it were missed.
  void add_reminder() {
    if (decision_.phase != Phase::resolved || decision_.reminders.empty() || !decision_.resolved_at) return;
    if (customer_wrote_since(*decision_.resolved_at)) return;  // he has said something: somebody reads it
    if (with_.now - decision_.reminders.back() > k_news_age) return;
    add_dated("reminder",
              "reminder/" + to_iso(*decision_.resolved_at) + "/" + std::to_string(decision_.reminders.size()),
              reminder_text(texts_, language_, resolved_on(decision_, book_)));
  }

  [[nodiscard]] bool customer_wrote_since(Instant at) const {
    const auto tracker = book_.trackers.find(with_.issue.key.tracker);
    if (tracker == book_.trackers.end()) return false;
    return std::any_of(with_.issue.history.begin(), with_.issue.history.end(), [&](const Event& event) {
      const auto role = event.comment ? role_of(event.by, tracker->second, book_) : Role::staff;
      return event.at >= at && (role == Role::customer || role == Role::partner);
    });
  }

  void add_mismatch() {
    if (!is_public("mismatch") || decision_.mismatch == PriorityMismatch::none) return;
    if (!is_open(decision_) || with_.now - with_.issue.created > k_receipt_age) return;
    const std::string name = decision_.mismatch == PriorityMismatch::sounds_urgent ? "mismatch" : "mismatch_trivial";
    add("mismatch", name, mismatch_text(texts_, language_, name, mismatch_facts(with_.issue, book_)));
  }

  // An offer says what there is to say, now or before; a declined order needs no word.
  [[nodiscard]] bool is_offered() const {
    return decision_.billing == Billing::paid &&
           (wants_offer() || decision_.order_declined || has_comment(with_.issue, "offer", cycle_of(decision_)));
  }

  // Only what staff found, and what changes what the customer pays since he was last told.
  void add_reclassified() {
    const auto& moves = decision_.reclassified;
    if (!is_public("reclassified") || !is_open(decision_) || is_offered()) return;
    if (moves.empty() || !moves.back().by_ours || decision_.billing == Billing::undecided) return;
    auto change = moves.back();
    if (with_.now - change.at > k_news_age) return;
    for (auto move = moves.rbegin(); move != moves.rend() && with_.now - move->at <= k_news_age; ++move) {
      if (has_comment(with_.issue, cause_of(*move), k_dated)) break;
      change.paid_before = move->paid_before;
    }
    if (!change.changes_what_is_paid()) return;
    add_dated("reclassified", cause_of(change),
              reclassified_text(texts_, language_, reclassified_facts(decision_, book_, texts_)));
  }

  static std::string cause_of(const Reclassification& move) { return "reclassified/" + to_iso(move.at); }

  void add_apologies() {
    if (!is_public("breach")) return;
    for (const auto& clock : decision_.clocks) {
      if (!is_overdue(clock) || !clock.due) continue;
      if (clock.name == ClockName::confirmation || with_.now - *clock.due > k_news_age) continue;
      add("breach", "apology/" + promise_of(clock),
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
