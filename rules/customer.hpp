// Who the customer of an issue is (A7, D3; rulings 1, 2, 27, 33, 44-46). All levels are asked: explicit field,
// organisation, project, reporter. Two different answers are undecided, never a choice.
#pragma once

#include <string>
#include <vector>

#include "rules/contract_book.hpp"
#include "rules/decision.hpp"
#include "rules/issue.hpp"

namespace cb {

struct CustomerFinding {
  const Customer* customer = nullptr;  // null: nobody, or a conflict
  std::vector<CustomerId> candidates;  // of a conflict, in the order of the levels
  std::string unknown_value;           // a filled customer field that nobody has
  std::vector<Reason> reasons;
};

CustomerFinding find_customer_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book,
                                 Instant now);

// The project at registration, and the product: of its field where the tracker has one, else the project; empty where
// the project only says who the customer is and so stands for any product (rulings 41, 59).
std::string product_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now);

}  // namespace cb
