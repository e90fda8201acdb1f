// Every text that customers read, from facts that are listed here and nowhere else: what is not a member of these
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
  std::string contact;    // who may ask under the plan that refused him (A7)
  std::string links;      // of the knowledge base (C3)
  std::string community;  // for who is not entitled (C5)
};

struct OfferFacts {
  std::string reason;
  std::string plans;
  std::string approver;
  std::string approval_field;
  std::string approval_value;
  std::string approval_label;
  std::string price{};
  std::string contact{};
  std::string links{};
  std::string community{};
  bool no_contract = false;  // then there is none that could cover it
};

struct MismatchFacts {
  std::string priority;  // the tracker's own word
  std::string justification_field;
};

// What the request costs now that it turned out to be of another kind (E6).
struct ReclassifiedFacts {
  Billing billing = Billing::undecided;
  bool order_approved = false;
  std::string reason;
  std::string pool_left;
  std::string pool_size;
  std::string pool_period;
};

struct ApologyFacts {
  std::string promise;
  std::string due;
  std::string consultant;
};

std::string receipt_text(const TextBook& texts, const std::string& language, const ReceiptFacts& facts);
std::string offer_text(const TextBook& texts, const std::string& language, const OfferFacts& facts);
std::string reminder_text(const TextBook& texts, const std::string& language, const std::string& resolved_on);
// `name` is mismatch, or mismatch_trivial.
std::string mismatch_text(const TextBook& texts, const std::string& language, const std::string& name,
                          const MismatchFacts& facts);
std::string reclassified_text(const TextBook& texts, const std::string& language, const ReclassifiedFacts& facts);
std::string apology_text(const TextBook& texts, const std::string& language, const ApologyFacts& facts);

// The key of `texts` that says to a customer why: reason_defect, reason_expired ... Empty where nothing is to be said.
std::string reason_text_name(const Decision& decision);

}  // namespace cb
