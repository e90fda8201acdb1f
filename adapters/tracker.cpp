#include "adapters/tracker.hpp"

#include <array>

namespace cb {

namespace {

struct SlotName {
  Slot slot;
  const char* name;
};

constexpr std::array<SlotName, 10> k_slots{{{Slot::billing, "billing"},
                                            {Slot::category, "category"},
                                            {Slot::entitlement, "entitlement"},
                                            {Slot::plan, "plan"},
                                            {Slot::pool, "pool"},
                                            {Slot::sla_state, "sla_state"},
                                            {Slot::next_due, "next_due"},
                                            {Slot::response_due, "response_due"},
                                            {Slot::resolution_due, "resolution_due"},
                                            {Slot::advice, "advice"}}};

}  // namespace

std::string to_text(Slot slot) {
  for (const auto& entry : k_slots)
    if (entry.slot == slot) return entry.name;
  return {};
}

std::optional<Slot> slot_from_text(const std::string& text) {
  for (const auto& entry : k_slots)
    if (text == entry.name) return entry.slot;
  return {};
}

}  // namespace cb
