#include "adapters/tracker.hpp"

#include <doctest/doctest.h>

#include <set>

namespace cb {

TEST_CASE("slots have names, and names lead back") {
  std::set<std::string> names;
  for (const auto slot : {Slot::billing, Slot::category, Slot::entitlement, Slot::plan, Slot::pool, Slot::sla_state,
                          Slot::next_due, Slot::response_due, Slot::resolution_due, Slot::advice}) {
    const auto name = to_text(slot);
    CAPTURE(name);
    CHECK(!name.empty());
    CHECK(slot_from_text(name) == slot);
    names.insert(name);
  }
  CHECK(names.size() == 10);
  CHECK(!slot_from_text("Billing").has_value());
  CHECK(!slot_from_text("").has_value());
}

TEST_CASE("changes are empty only when nothing is in them") {
  Changes changes;
  CHECK(changes.empty());
  changes.remove_labels = {"x"};
  CHECK(!changes.empty());
}

}  // namespace cb
