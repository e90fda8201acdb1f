// Picks the facts that a customer may read from a decision, in his language and zone: the only way from a decision
// into a customer's text.
#pragma once

#include "bridge/texts/customer_texts.hpp"
#include "rules/contract_book.hpp"
#include "rules/issue.hpp"

namespace cb {

ReceiptFacts receipt_facts(const Decision& decision, const ContractBook& book, const TextBook& texts);
// Whoever may approve himself is not told to ask somebody.
OfferFacts offer_facts(const Decision& decision, const Issue& issue, const ContractBook& book, const TextBook& texts);
MismatchFacts mismatch_facts(const Issue& issue, const ContractBook& book);
ReclassifiedFacts reclassified_facts(const Decision& decision, const ContractBook& book, const TextBook& texts);
ApologyFacts apology_facts(const ClockReading& clock, const Decision& decision, const ContractBook& book,
                           const TextBook& texts);
// The day, as a text; empty while nothing is solved.
std::string resolved_on(const Decision& decision, const ContractBook& book);
// What the customer reads; English where nothing is known.
std::string language_of(const Decision& decision);

}  // namespace cb
