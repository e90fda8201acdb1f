// Every text that the bridge writes, from facts that are listed here and nowhere else: what is not a member of these
// structs cannot reach a customer (design.md 7, the visibility guard). Values are texts for people, in the customer's
// language; an empty one is a fact that is missing, and its sentence is left out.
#pragma once

#include <string>

#include "bridge/texts/text_book.hpp"
#include "rules/decision.hpp"

namespace cb {

struct ReceiptFacts {
  std::string plan_title;
  std::string contract_until;
  Billing billing = Billing::undecided;
  bool order_approved = false;
  std::string reason;
  std::string pool_left;
  std::string pool_size;
  std::string pool_period;
  std::string response_due;
  std::string resolution_due;
  std::string consultant;
};

struct OfferFacts {
  std::string reason;
  std::string plans;
  std::string approver;
  std::string approval_field;
  std::string approval_value;
  std::string approval_label;
};

// For staff alone.
struct ClockNoteFacts {
  std::string clock;
  std::string due;
  std::string customer;
  std::string contract;
};

std::string receipt_text(const TextBook& texts, const std::string& language, const ReceiptFacts& facts);
std::string offer_text(const TextBook& texts, const std::string& language, const OfferFacts& facts);
// `name` is risk or breach.
std::string clock_note_text(const TextBook& texts, const std::string& name, const ClockNoteFacts& facts);

// The key of `texts` that says to a customer why: reason_defect, reason_expired ... Empty where nothing is to be said.
std::string reason_text_name(const Decision& decision);

}  // namespace cb
