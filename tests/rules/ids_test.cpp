#include "rules/ids.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

namespace cb {
namespace {

TEST_CASE("issues registered at the same instant are ordered by tracker, then id") {
  struct Row {
    const char* name;
    IssueKey a, b;
    std::strong_ordering expected;
  };
  const auto less = std::strong_ordering::less;
  const auto equal = std::strong_ordering::equal;
  const Row rows[] = {
      {"numbers by value", {"s", "9"}, {"s", "10"}, less},
      {"the same", {"s", "9"}, {"s", "9"}, equal},
      {"tracker first", {"a", "10"}, {"b", "9"}, less},
      {"longer than 64 bits", {"s", "99999999999999999999"}, {"s", "100000000000000000000"}, less},
      {"text by letters", {"s", "ABC-10"}, {"s", "ABC-9"}, less},
      {"numbers before text", {"s", "9"}, {"s", "1a"}, less},
      {"leading zeros are another id of the same value", {"s", "007"}, {"s", "7"}, less},
      {"leading zeros do not count", {"s", "007"}, {"s", "8"}, less},
      {"no id", {"s", ""}, {"s", "a"}, less},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK((row.a <=> row.b) == row.expected);
    CHECK((row.b <=> row.a) == (0 <=> row.expected));
    CHECK((row.a == row.b) == (row.expected == equal));
  }
}

TEST_CASE("the order of issues is an order, whatever their ids") {
  std::vector<IssueKey> keys;
  for (const char* id : {"9", "10", "1a", "09", "a", "", "2", "02", "b2", "1"}) keys.push_back({"s", id});
  for (const IssueKey& a : keys) {
    for (const IssueKey& b : keys) {
      for (const IssueKey& c : keys) {
        if (a < b && b < c) CHECK(a < c);
      }
    }
  }
}

TEST_CASE("an issue key is shown as tracker#id") {
  CHECK(to_text(IssueKey{"support", "123"}) == "support#123");
}

}  // namespace
}  // namespace cb
