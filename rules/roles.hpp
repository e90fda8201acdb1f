// Who somebody is to us: own account, then bots, then staff, then contacts of a partner, else customer (ruling 27).
#pragma once

#include "rules/contract_book.hpp"
#include "rules/issue.hpp"
#include "rules/tracker_terms.hpp"

namespace cb {

Role role_of(const Author& author, const TrackerTerms& tracker, const ContractBook& book);

// The customer or partner whom an address belongs to: a contact's or listed address beats the domain, of two domains
// the longest wins (rulings 1, 44). Null when nobody claims it.
const Customer* owner_of_address(const ContractBook& book, const std::string& address);

}  // namespace cb
