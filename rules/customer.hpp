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

// Products of Bugzilla and projects of Jira are both in one: whoever moves the issue to another one changes the project
// in its history, and the product with it.
bool is_product_its_project(const Issue& issue);

// The product at registration, whatever the issue was moved to later (rulings 41, 59): the first value of its field or
// label where one is configured, else what the tracker tells, else the project; empty where the project only says who
// the customer is and so stands for any product.
std::string product_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now);

// The version of that product. Whoever moves an issue to another product must choose one of its versions, so that the
// one before the move counts.
std::string version_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now);

}  // namespace cb
