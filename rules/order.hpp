// The order behind a paid issue (E9, ruling 34): approved by a contact who may order, of the customer or its partner,
// or by staff on their behalf. The first approval counts, whatever comes later; anybody else's does nothing, and staff
// are told. Before it, the same people may decline; whoever empties the field again leaves the offer open.
#pragma once

#include <optional>
#include <vector>

#include "rules/contract_book.hpp"
#include "rules/decision.hpp"
#include "rules/issue.hpp"

namespace cb {

struct Approval {
  std::optional<Instant> at;
  std::optional<Instant> declined;  // and not approved
  std::vector<Deed> refused;        // approvals by people who may not order
  std::vector<Reason> reasons;
};

// Contacts of the customer and of its partner who may order; none where nobody was found.
std::vector<const Contact*> who_may_order(const Customer* customer, const ContractBook& book);

Approval approval_of(const Issue& issue, const Customer* customer, const TrackerTerms& tracker,
                     const ContractBook& book, Instant now);

}  // namespace cb
