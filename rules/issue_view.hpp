// What is known of an issue before any contract is asked: who the customer is, what kind of request it is, what
// happened to it and to its order. Pointers point into the issue and the book, which must outlive it.
#pragma once

#include <string>
#include <vector>

#include "rules/customer.hpp"
#include "rules/decision.hpp"
#include "rules/order.hpp"
#include "rules/timeline.hpp"

namespace cb {

struct IssueView {
  const TrackerTerms& tracker;
  Timeline timeline;
  CustomerFinding customer;
  Category category;
  std::string language;
  bool modified_code = false;
  Approval approval;
  std::vector<Reclassification> reclassified;
  std::vector<Instant> shown_as_pool;  // see shown.hpp
  std::vector<Reason> reasons;
};

IssueView view_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now);

}  // namespace cb
