#include "bridge/cli/table.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "rules/text.hpp"

using namespace cb;

TEST_CASE("columns line up, also for letters of two bytes and signs of two columns") {
  CHECK(table_text({{"Name", "Class"}, {"Věra", "paid"}, {"Ольга", "free"}, {"日本", "pool"}}, 80) ==
        "Name   Class\n"
        "-----  -----\n"
        "Věra   paid\n"
        "Ольга  free\n"
        "日本   pool\n");
}

TEST_CASE("a table fits its width: long cells are broken at blanks") {
  const auto text =
      table_text({{"Issue", "Text"}, {"support#1", "Standard support until 2027-02-28, 4 of 5 left"}}, 40);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(display_width(line) <= 40);
  CHECK(text.find("2027-02-28,") != std::string::npos);
}

TEST_CASE("a shortened text says so, and stays on one line") {
  CHECK(shortened("short", 10) == "short");
  CHECK(shortened("Не считает сумму", 8) == "Не счит…");
  CHECK(shortened("a\nb", 10) == "a b");
}
