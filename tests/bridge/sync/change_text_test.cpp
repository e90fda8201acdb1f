#include "bridge/sync/change_text.hpp"

#include <doctest/doctest.h>

namespace cb {

TEST_CASE("changes in one line: fields, labels, flags, people, links, comments") {
  Changes changes;
  CHECK(text_of(changes).empty());
  changes.fields = {{Slot::billing, {"pool", {}}}, {Slot::entitlement, {}}};
  changes.add_labels = {"sla-ok"};
  changes.remove_labels = {"sla-breached"};
  changes.flags = {{"entitled", "+"}, {"needinfo", ""}};
  changes.links = {{"", "https://jira.example/browse/AB-1", ""}};
  changes.assign = {"alena.k", "", "Alena Králová"};
  changes.copy = {{"boris.s", "", ""}, {"", "", "Věra Dvořáková"}};
  changes.comments = {{Visibility::everybody, "Text", "[cb-7f3a2c]"}};
  CHECK(text_of(changes) ==
        "billing=pool, entitlement=(empty), +sla-ok, -sla-breached, flag entitled+, flag needinfo cleared, assigned to "
        "alena.k, boris.s in copy, Věra Dvořáková in copy, link https://jira.example/browse/AB-1, public note "
        "[cb-7f3a2c]");
}

TEST_CASE("a change of status and a record, without what stands in it") {
  Changes changes;
  changes.status = "Offered";
  changes.record = R"({"billing":"paid"})";
  CHECK(text_of(changes) == "status Offered, record");
}

}  // namespace cb
