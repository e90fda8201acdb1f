// Parts of a customer or partner: match, contacts, contracts. Internal to the loader.
#pragma once

#include "bridge/settings/loading.hpp"

namespace cb {

// A customer with the places that cross checks point at.
struct CustomerNode {
  const YamlEntry* entry = nullptr;
  bool is_partner = false;
};

Match match_of(const YamlNode& node, Problems& problems);
std::vector<Contact> contacts_of(const YamlNode& node, Problems& problems);
// Appends the customer's contracts; ids unique over all files are kept in `ids`.
void read_contracts(const YamlNode& list, Customer& customer, bool zone_given, std::map<std::string, Place>& ids,
                    Loading& loading);

// The last day of support that comes with a licence: the day before the same day of month; a day that the month does
// not have counts as its last (ruling 23).
Date last_day_with_licence(Date licence, int months);

// Two customers who claim the same field value, project, organisation, address or domain could never be told apart.
void check_claims(const std::vector<CustomerNode>& customers, Loading& loading);

}  // namespace cb
