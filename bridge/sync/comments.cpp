#include "bridge/sync/comments.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "bridge/sync/customer_facts.hpp"
#include "rules/roles.hpp"

namespace cb {

namespace {

// Older issues get no receipt: a bridge that is connected to an old tracker must not write to everybody.
constexpr Seconds k_receipt_age{7 * 24 * 3600};
// What was missed longer ago is no news to staff: the issue shows it, and nobody is mailed.
constexpr Seconds k_note_age{14 * 24 * 3600};

struct Wanted {
  std::string kind;   // as in the configuration
  std::string cause;  // with what tells several of a kind apart
  std::string text;
  bool for_staff = false;  // built from facts that customers must not read
};

int cycle_of(const Decision& decision) {
  int cycle = 1;
  for (const auto& clock : decision.clocks) cycle = std::max(cycle, clock.cycle);
  return cycle;
}

bool is_waiting_phase(const Decision& decision) {
  return decision.phase == Phase::waiting_for_us || decision.phase == Phase::waiting_for_customer ||
         decision.phase == Phase::waiting_for_order || decision.phase == Phase::waiting_for_third_party;
}

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

bool is_fresh(const Decision& decision, const Issue& issue, Instant now) {
  return is_waiting_phase(decision) && decision.billing != Billing::undecided && now - issue.created <= k_receipt_age;
}

// Instead of a receipt, which would promise deadlines: a paid issue's clocks start with the order. When staff found
// out that it is to be paid, they have mostly answered before.
bool wants_offer(const Decision& decision, const Issue& issue, const CommentTerms& terms, Instant now) {
  return is_fresh(decision, issue, now) && decision.billing == Billing::paid && !decision.order_approved &&
         (decision.category.established.has_value() || !answered(issue, terms.book));
}

bool wants_receipt(const Decision& decision, const Issue& issue, const CommentTerms& terms, Instant now) {
  return is_fresh(decision, issue, now) && cycle_of(decision) == 1 && !answered(issue, terms.book);
}

bool is_on(const CommentTerms& terms, const std::string& kind) {
  const auto mode = terms.modes.find(kind);
  return mode != terms.modes.end() && mode->second != CommentMode::off;
}

std::vector<Wanted> wanted(const Decision& decision, const Issue& issue, const CommentTerms& terms, Instant now) {
  std::vector<Wanted> all;
  const auto language = language_of(decision);
  const bool for_customers = !is_among_staff(issue, terms.book);
  if (for_customers && is_on(terms, "offer") && wants_offer(decision, issue, terms, now)) {
    const auto facts = offer_facts(decision, terms.book, terms.texts);
    all.push_back({"offer", "offer", offer_text(terms.texts, language, facts), false});
  } else if (for_customers && wants_receipt(decision, issue, terms, now)) {
    const auto facts = receipt_facts(decision, terms.book, terms.texts);
    all.push_back({"receipt", "receipt", receipt_text(terms.texts, language, facts), false});
  }
  for (const auto& clock : decision.clocks) {
    const bool overdue = clock.state == ClockState::breached && !clock.stopped;
    if (!overdue && clock.state != ClockState::at_risk) continue;
    if (overdue && clock.due && now - *clock.due > k_note_age) continue;
    const std::string kind = overdue ? "breach" : "risk";
    const auto facts = clock_note_facts(clock, decision, terms.book, terms.texts);
    all.push_back({kind, kind + "/" + to_text(clock.name), clock_note_text(terms.texts, kind, facts), true});
  }
  return all;
}

bool is_written(const Issue& issue, const std::string& reference) {
  return std::any_of(issue.history.begin(), issue.history.end(), [&](const Event& event) {
    return event.by.self && event.comment && event.comment->text.find(reference) != std::string::npos;
  });
}

}  // namespace

std::string reference_of(const IssueKey& key, const std::string& cause, int cycle) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  for (const char c : to_text(key) + "|" + cause + "|" + std::to_string(cycle)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  hash = (hash >> 48U) ^ (hash >> 24U) ^ hash;
  std::string digits;
  for (int shift = 20; shift >= 0; shift -= 4) {
    digits += "0123456789abcdef"[(hash >> static_cast<unsigned>(shift)) & 0xfU];
  }
  return "[cb-" + digits + "]";
}

std::vector<NewComment> missing_comments(const Decision& decision, const Issue& issue, const CommentTerms& terms,
                                         Instant now) {
  std::vector<NewComment> comments;
  // Without the history nobody knows what was written before.
  if (!issue.history_known) return comments;
  for (const auto& want : wanted(decision, issue, terms, now)) {
    if (!is_on(terms, want.kind) || want.text.empty()) continue;
    const auto visibility = want.for_staff || terms.modes.at(want.kind) == CommentMode::internal
                                ? Visibility::internal
                                : Visibility::everybody;
    if (visibility == Visibility::internal && !terms.private_comments) continue;
    const auto reference = reference_of(issue.key, want.cause, cycle_of(decision));
    if (!is_written(issue, reference)) comments.push_back({visibility, want.text, reference});
  }
  return comments;
}

}  // namespace cb
