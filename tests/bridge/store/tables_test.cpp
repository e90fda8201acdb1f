#include "bridge/store/tables.hpp"

#include <doctest/doctest.h>

namespace cb {
namespace {

TEST_CASE("ids sort in the store as keys do") {
  const std::vector<std::string> ids = {"",      "0",      "00",    "7", "07",     "9",  "10", "100000000000000000000",
                                        "LMS-9", "LMS-10", "lms-1", "~", "заявка", "1a", "-5"};
  for (const auto& a : ids) {
    for (const auto& b : ids) {
      CAPTURE(a);
      CAPTURE(b);
      CHECK((sort_key(a) < sort_key(b)) == (IssueKey{"support", a} < IssueKey{"support", b}));
    }
  }
}

}  // namespace
}  // namespace cb
