// What each slot shows of a decision, as text for people: pure. A value stands still while the state stands still, so
// no text counts down: deadlines are instants, and only a paused clock, whose time stands still, shows what is left.
// A finished issue shows what it had, not what the pool holds today. Fields may be read by customers: no other
// customer and no contract of somebody else is named. Advice alone is for staff: its field should show to them only.
#pragma once

#include <string>

#include "adapters/tracker.hpp"
#include "bridge/settings/settings.hpp"
#include "rules/contract_book.hpp"
#include "rules/decision.hpp"

namespace cb {

struct SlotForm {
  InstantFormat format = InstantFormat::natural;
  bool date_time_field = false;  // it holds instants, whatever the format says, and no words
};

Shown slot_value(Slot slot, const Decision& decision, const ContractBook& book, const SlotForm& form);

// The zone that people of this decision read times in: the customer's, else that of the calendar without contract.
Zone zone_of(const Decision& decision, const ContractBook& book);
// A partner's contract that serves its customer is not the customer's own: its days and units are not told to him.
bool is_own_contract(const ContractBook& book, const std::optional<CustomerId>& customer, const ContractId& contract);
// Resolved, closed or withdrawn.
bool is_finished(const Decision& decision);

}  // namespace cb
