#include "tests/trackers/path_pattern.hpp"

#include <doctest/doctest.h>

using namespace cb;

TEST_CASE("a route of a fake takes what its expression matches, and nothing else") {
  struct Row {
    const char *expression, *path;
    std::optional<std::vector<std::string>> caught;
  };
  const Row rows[] = {
      {"/issues\\.json", "/issues.json", {{}}},
      {"/issues\\.json", "/issuesxjson", {}},
      {"/issues\\.json", "/issues.json/", {}},
      {"/issues\\.json", "/issues", {}},
      {"/issues/(\\d{1,9})\\.json", "/issues/17.json", {{"17"}}},
      {"/issues/(\\d{1,9})\\.json", "/issues/.json", {}},
      {"/issues/[^/]+\\.json", "/issues/x.json", {{}}},
      {"/product_(?:accessible|enterable)", "/product_enterable", {{}}},
      {"/product_(?:accessible|enterable)", "/product_", {}},
      {"issue/([^/]+)/comment/([^/]+)", "issue/LMS-1/comment/7", {{"LMS-1", "7"}}},
      {"issue/([^/]+)/comment/([^/]+)", "issue/LMS-1/comment", {}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.expression);
    CAPTURE(row.path);
    const auto caught = PathPattern(row.expression).caught(row.path);
    REQUIRE(caught.has_value() == row.caught.has_value());
    if (caught) CHECK(*caught == *row.caught);
  }
}
