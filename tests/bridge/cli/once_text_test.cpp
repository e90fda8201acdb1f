#include "bridge/cli/once_text.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

namespace cb {
namespace {

CycleRow changed(const std::string& id) {
  CycleRow row;
  row.key = {"support", id};
  row.summary = "Printing fails";
  row.customer = "Acme";
  row.before[Slot::billing] = {"free", {}};
  row.changes.fields[Slot::billing] = {"paid", {}};
  row.flags_before = {{"entitled", "?"}, {"sla", "-"}};
  row.changes.flags = {{"entitled", "+"}, {"sla", ""}};
  row.changes.comments = {{Visibility::internal, "late", "[cb-000001]"}};
  return row;
}

CycleRow parked(const std::string& id, const std::string& error) {
  CycleRow row;
  row.key = {"support", id};
  row.error = error;
  return row;
}

bool says(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

TEST_CASE("the table of a cycle names each issue once, with what was and what is") {
  CycleReport report;
  report.tracker = "support";
  report.written = 1;
  report.parked = 2;
  report.rows = {changed("7"), parked("8", "support#8: ignored by the tracker"),
                 parked("9", "tracker support: issue #9 is not visible")};
  const auto text = once_table(report, false, 100);
  CAPTURE(text);
  CHECK(says(text, "support: 1 written, 0 unchanged, 2 not processed\n"));
  CHECK(says(text, "support#7  Printing fails  Acme      billing  free       paid\n"));
  CHECK(says(text, "flag     entitled?  entitled+\n"));
  CHECK(says(text, "flag     sla-       –\n"));
  CHECK(says(text, "comment  –          internal note [cb-000001]\n"));
  CHECK(says(text, "\n  support#8: ignored by the tracker\n"));
  CHECK(says(text, "\n  support#9: tracker support: issue #9 is not visible\n"));
}

TEST_CASE("the status, the link to the page and the record are told, too") {
  CycleReport report;
  report.tracker = "support";
  report.rows = {changed("7")};
  auto& row = report.rows.front();
  row.status_before = "New";
  row.changes.status = "Offered";
  row.changes.links = {{"contract-bridge:support#7", "https://vendor.example/issues/support/7", "Support"}};
  row.changes.record = R"({"billing":"paid"})";
  const auto text = once_table(report, true, 120);
  CAPTURE(text);
  CHECK(says(text, "status   New        Offered\n"));
  CHECK(says(text, "link     –          https://vendor.example/issues/support/7\n"));
  CHECK(says(text, "record   –          18 characters\n"));
  const auto json = nlohmann::json::parse(once_json({report}, true));
  const auto& changes = json.at("trackers").at(0).at("issues").at(0).at("changes");
  CHECK(changes.at("status_before") == "New");
  CHECK(changes.at("status") == "Offered");
  CHECK(changes.at("links").at(0).at("id") == "contract-bridge:support#7");
  CHECK(changes.at("record").at("billing") == "paid");
}

TEST_CASE("a dry run speaks of what is to be written, and a cycle that stopped says why") {
  CycleReport report;
  report.tracker = "support";
  report.written = 1;
  report.rows = {changed("7")};
  report.error = "the key is wrong";
  const auto text = once_table(report, true, 100);
  CAPTURE(text);
  CHECK(says(text, "support: 1 to be written, 0 unchanged, 0 not processed\n"));
  CHECK(says(text, "Field    Now        Then\n"));
  CHECK(says(text, "\nThe cycle stopped: the key is wrong\n"));
}

TEST_CASE("the JSON of a cycle tells flags with what they were") {
  CycleReport report;
  report.tracker = "support";
  report.rows = {changed("7")};
  const auto json = nlohmann::json::parse(once_json({report}, false));
  const auto& changes = json.at("trackers").at(0).at("issues").at(0).at("changes");
  CHECK(changes.at("flags") == nlohmann::json{{"entitled", "+"}, {"sla", ""}});
  CHECK(changes.at("flags_before") == nlohmann::json{{"entitled", "?"}, {"sla", "-"}});
}

}  // namespace
}  // namespace cb
