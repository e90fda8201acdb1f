#include "bridge/sync/change_text.hpp"

#include <doctest/doctest.h>

namespace cb {

TEST_CASE("changes in one line: fields, labels, people, comments") {
  Changes changes;
  CHECK(text_of(changes).empty());
  changes.fields = {{Slot::billing, {"pool", {}}}, {Slot::entitlement, {}}};
  changes.add_labels = {"sla-ok"};
  changes.remove_labels = {"sla-breached"};
  changes.assign = {"alena.k", "", "Alena Králová"};
  changes.copy = {{"boris.s", "", ""}, {"", "", "Věra Dvořáková"}};
  changes.comments = {{Visibility::everybody, "Text", "[cb-7f3a2c]"}};
  CHECK(text_of(changes) ==
        "billing=pool, entitlement=(empty), +sla-ok, -sla-breached, assigned to alena.k, boris.s in copy, "
        "Věra Dvořáková in copy, public note [cb-7f3a2c]");
}

}  // namespace cb
