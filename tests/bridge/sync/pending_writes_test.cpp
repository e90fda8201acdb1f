#include "bridge/sync/pending_writes.hpp"

#include <doctest/doctest.h>

using namespace cb;

namespace {

PendingWrite write_of(int id, const std::string& billing) {
  PendingWrite write;
  write.decision.issue = {"support", std::to_string(id)};
  write.fetched.issue.key = write.decision.issue;
  write.planned.changes.fields[Slot::billing] = {billing, {}};
  return write;
}

std::string ids(const std::vector<PendingWrite>& writes) {
  std::string text;
  for (const auto& each : writes) text += each.decision.issue.id + " ";
  return text;
}

}  // namespace

TEST_CASE("what is an issue's own goes by itself") {
  struct Row {
    const char* name;
    void (*change)(Changes&);
    bool may;
  };
  const Row rows[] = {
      {"fields",
       [](Changes& c) {
         c.fields[Slot::billing] = {"free", {}};
       },
       true},
      {"labels and flags",
       [](Changes& c) {
         c.add_labels = {"a"};
         c.flags = {{"f", "+"}};
       },
       true},
      {"links",
       [](Changes& c) {
         c.links = {{"", "https://vendor.example/1", ""}};
       },
       true},
      {"a record", [](Changes& c) { c.record = "{}"; }, true},
      {"a change of status", [](Changes& c) { c.status = "Offered"; }, false},
      {"a comment",
       [](Changes& c) {
         c.comments.push_back({Visibility::internal, "text", "[cb-1]"});
       },
       false},
      {"an assignee", [](Changes& c) { c.assign.login = "alena"; }, false},
      {"somebody in copy",
       [](Changes& c) {
         c.copy.push_back({"vera", "", ""});
       },
       false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    Changes changes;
    row.change(changes);
    CHECK(PendingWrites::may_share(changes) == row.may);
  }
}

TEST_CASE("groups are of equal changes, leave when they are full, and the oldest first") {
  PendingWrites pending;
  CHECK(pending.next().empty());
  CHECK(pending.add(write_of(1, "free"), 3).empty());
  CHECK(pending.add(write_of(2, "paid"), 3).empty());
  CHECK(pending.add(write_of(3, "free"), 3).empty());
  CHECK(ids(pending.add(write_of(4, "free"), 3)) == "1 3 4 ");
  CHECK(pending.add(write_of(5, "free"), 3).empty());
  CHECK(ids(pending.next()) == "2 ");
  CHECK(ids(pending.next()) == "5 ");
  CHECK(pending.next().empty());
}

TEST_CASE("a group has all in common but record and links, and each keeps its own") {
  PendingWrites pending;
  auto one = write_of(1, "free");
  one.planned.changes.record = "1";
  one.planned.changes.links = {{"a", "https://vendor.example/1", ""}};
  auto two = write_of(2, "free");
  two.planned.changes.record = "2";
  CHECK(pending.add(one, 3).empty());
  CHECK(pending.add(two, 3).empty());
  const auto group = pending.add(write_of(3, "free"), 3);
  REQUIRE(ids(group) == "1 2 3 ");
  CHECK(group[0].planned.changes == one.planned.changes);
  CHECK(group[1].planned.changes == two.planned.changes);
  const auto shared = PendingWrites::shared_part(one.planned.changes);
  CHECK(shared == PendingWrites::shared_part(two.planned.changes));
  CHECK(shared.fields.at(Slot::billing).text == "free");
}

TEST_CASE("one that is taken back does not wait any more") {
  PendingWrites pending;
  pending.add(write_of(1, "free"), 9);
  pending.add(write_of(2, "free"), 9);
  CHECK_FALSE(pending.take_back({"support", "3"}).has_value());
  CHECK(pending.take_back({"support", "1"})->issue.key.id == "1");
  CHECK_FALSE(pending.take_back({"support", "1"}).has_value());
  CHECK(ids(pending.next()) == "2 ");
  pending.add(write_of(1, "free"), 9);
  pending.take_back({"support", "1"});
  CHECK(pending.next().empty());
}

TEST_CASE("never more than five hundred wait") {
  PendingWrites pending;
  for (int i = 1; i < 500; ++i) CHECK(pending.add(write_of(i, std::to_string(i % 499)), 9).empty());
  CHECK(ids(pending.add(write_of(500, "free"), 9)) == "1 ");
  CHECK(ids(pending.add(write_of(501, "free"), 9)) == "2 ");
}
