// Whether a contract covers an issue, and if not, how far it got (design.md 4.4, rulings 3-7, 32, 41-43). Billing and
// pools come after it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/contract_book.hpp"
#include "rules/decision.hpp"

namespace cb {

// What coverage looks at, of the issue as it was registered.
struct Registration {
  Instant at;           // registration, or reopening after the window
  std::string product;  // empty: any product
  std::string version;
  std::string channel;
  std::string language;
  std::string address;  // of the reporter
  bool modified_code = false;
};

// Empty: covered.
std::optional<Refusal> refusal_of(const Contract& contract, const Customer& owner, const Registration& registration);

// First instant of the contract, and the first instant after it.
Span days_of(const Contract& contract);

struct Candidate {
  const Contract* contract;
  const Customer* owner;
};

// The customer's contracts, then its partner's; each list in the order most specific product, higher rank, later start.
std::vector<Candidate> candidates_of(const Customer& customer, const ContractBook& book);

}  // namespace cb
