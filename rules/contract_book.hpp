// Everything a decision rests on besides the issue: the configuration as values. It is built once by
// bridge/settings, checked there, and never changes; evaluate() only reads it. Any number of threads may read it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rules/calendar.hpp"
#include "rules/classification.hpp"
#include "rules/contract.hpp"
#include "rules/tracker_terms.hpp"

namespace cb {

class UrgencyWords;  // urgency.hpp

struct ContractBook {
  std::string version;  // a fingerprint of the configuration, kept with each decision
  std::map<CalendarId, Calendar> calendars;
  std::map<PlanId, Plan> plans;  // the price list
  Plan without_contract;
  std::vector<Customer> customers;  // partners too
  std::vector<StaffMember> staff;
  Classification classification;
  std::map<std::string, TrackerTerms> trackers;
  std::shared_ptr<const UrgencyWords> urgency;  // null: texts are not looked at
};

const Customer* find_customer(const ContractBook& book, const CustomerId& id);
const Contract* find_contract(const ContractBook& book, const ContractId& id);

}  // namespace cb
