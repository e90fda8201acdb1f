// Who bought what: customers, partners, their contacts and contracts (domain.md "Who is who"). A contract's days are
// whole days of its `zone`, first and last included.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rules/ids.hpp"
#include "rules/plan.hpp"
#include "rules/time.hpp"
#include "rules/zone.hpp"

namespace cb {

struct Match {
  std::vector<std::string> fields, organisations, projects, addresses, domains;
};

struct Contact {
  std::string address;
  std::string name;
  bool certified = false;
  bool named = false;
  bool may_order = false;
};

struct Contract {
  ContractId id;
  Plan plan;                          // merged, with the contract's override
  std::vector<std::string> products;  // empty: every product
  Date from;
  std::optional<Date> until;  // last day; empty: open-ended
  bool nda = false;
  CalendarId calendar;        // the contract's own, else the plan's
  bool with_licence = false;  // included support, derived from the licence date (E1)
  Zone zone = Zone::utc();    // the customer's, else of the plan's calendar
};

// A customer or a partner.
struct Customer {
  CustomerId id;
  std::string name;
  bool is_partner = false;
  std::string language;
  Zone zone = Zone::utc();
  Match match;
  std::vector<Contact> contacts;
  std::string consultant;  // ids of staff
  std::vector<std::string> backups;
  std::string escalation_owner;
  std::optional<CustomerId> partner;
  std::vector<CustomerId> serves;  // of a partner
  std::vector<Contract> contracts;
};

struct StaffMember {
  std::string id;
  std::string name;
  std::map<std::string, std::string> logins;  // by tracker
};

// As people know him: the name, else the address.
const std::string& name_of(const Contact& contact);
const Contact* find_contact(const Customer& customer, const std::string& address);

}  // namespace cb
