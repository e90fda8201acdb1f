#include "rules/version_order.hpp"

#include <doctest/doctest.h>

using namespace cb;

TEST_CASE("versions order as people number them") {
  const std::vector<std::string> ascending = {"1.0-alpha", "1.0-beta2", "1.0-beta10", "1.0-rc1", "1.0",   "1.0-patch1",
                                              "1.0.1",     "1.2",       "1.10",       "v2",      "2.0.3", "10"};
  for (std::size_t a = 0; a < ascending.size(); ++a) {
    for (std::size_t b = 0; b < ascending.size(); ++b) {
      CAPTURE(ascending[a]);
      CAPTURE(ascending[b]);
      CHECK((compare_versions(ascending[a], ascending[b]) <=> 0) == (a <=> b));
    }
  }
  for (const auto& entry : std::vector<std::pair<std::string, std::string>>{{"4.0", "4"},
                                                                            {"4.0.0", "4.0"},
                                                                            {"v4.1", "4.1"},
                                                                            {"4.1+build7", "4.1"},
                                                                            {"4.010", "4.10"},
                                                                            {"4.0 final", "4.0"}}) {
    const auto& [a, b] = entry;
    CAPTURE(entry.first);
    CHECK(compare_versions(a, b) == std::strong_ordering::equal);
  }
}

TEST_CASE("a version lies within all bounds") {
  const std::vector<VersionBound> bounds = {{">=", "4.0"}, {"<", "6"}};
  for (const auto& entry : std::vector<std::pair<std::string, bool>>{
           {"3.9", false}, {"4.0-rc1", false}, {"4.0", true}, {"5.10", true}, {"6", false}, {"6.0-beta", true}}) {
    const auto& [version, expected] = entry;
    CAPTURE(entry.first);
    CHECK(within(version, bounds) == expected);
  }
  CHECK(within("anything", {}));
}
