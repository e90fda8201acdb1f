// What a plan says: the class of a category, with updates by a key of their own (C2), prices and texts by language.
#include "rules/plan.hpp"

#include <doctest/doctest.h>

#include <functional>

using namespace cb;

TEST_CASE("the class of a category") {
  struct Row {
    std::string name;
    std::function<void(Plan&)> terms;
    std::string category;
    Cover expected;
  };
  const auto updates = [](bool included) { return [included](Plan& plan) { plan.updates_included = included; }; };
  const std::vector<Row> rows{
      {"named", [](Plan& p) { p.covers[{"update"}] = Cover::pool; }, "update", Cover::pool},
      {"nothing is said: paid", [](Plan&) {}, "update", Cover::paid},
      {"otherwise", [](Plan& p) { p.covers_otherwise = Cover::included; }, "update", Cover::included},
      {"updates are included", updates(true), "update", Cover::included},
      {"updates are paid", updates(false), "update", Cover::paid},
      {"updates that are included say nothing of training", updates(true), "training", Cover::paid},
      {"updates are included where all else is refused",
       [](Plan& p) {
         p.updates_included = true;
         p.covers_otherwise = Cover::refuse;
       },
       "update", Cover::included},
      {"updates are paid where all else is included",
       [](Plan& p) {
         p.updates_included = false;
         p.covers_otherwise = Cover::included;
       },
       "update", Cover::paid},
      {"what `covers` says of updates goes before it, free",
       [](Plan& p) {
         p.updates_included = false;
         p.covers[{"update"}] = Cover::free;
       },
       "update", Cover::free},
      {"what `covers` says of updates goes before it, refused",
       [](Plan& p) {
         p.updates_included = true;
         p.covers[{"update"}] = Cover::refuse;
       },
       "update", Cover::refuse},
      {"updates of another name", updates(true), "updates", Cover::paid},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    Plan plan;
    row.terms(plan);
    CHECK(cover_of(plan, {row.category}) == row.expected);
  }
}

TEST_CASE("texts by language") {
  struct Row {
    std::string name;
    LocalText text;
    std::string language;
    std::string expected;
  };
  const std::vector<Row> rows{
      {"none", {}, "cs", ""},
      {"that language", {{"cs", "hodina"}, {"en", "an hour"}}, "cs", "hodina"},
      {"else the one for all", {{"", "1 h"}, {"en", "an hour"}}, "cs", "1 h"},
      {"else English", {{"hu", "óra"}, {"en", "an hour"}}, "cs", "an hour"},
      {"else any", {{"hu", "óra"}}, "cs", "óra"},
      {"the language goes before the one for all", {{"", "1 h"}, {"cs", "hodina"}}, "cs", "hodina"},
      {"an unknown language", {{"", "1 h"}, {"cs", "hodina"}}, "", "1 h"},
      {"an unknown language, English", {{"en", "an hour"}}, "", "an hour"},
      {"an empty text is a text", {{"cs", ""}, {"en", "an hour"}}, "cs", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(text_in(row.text, row.language) == row.expected);
  }
}

TEST_CASE("prices of a category") {
  struct Row {
    std::string name;
    std::string category;
    std::string language;
    std::string expected;
  };
  Plan plan;
  CHECK(price_of(plan, {"training"}, "en").empty());
  plan.prices[{"training"}] = {{"en", "a day"}, {"cs", "den"}};
  CHECK(price_of(plan, {"update"}, "en").empty());
  plan.prices[{"otherwise"}] = {{"", "EUR 80"}};
  const std::vector<Row> rows{
      {"its own", "training", "cs", "den"},
      {"its own in English", "training", "hu", "a day"},
      {"that of all others", "update", "cs", "EUR 80"},
      {"a category that is called so", "otherwise", "cs", "EUR 80"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(price_of(plan, {row.category}, row.language) == row.expected);
  }
}

TEST_CASE("the title of a plan") {
  Plan plan;
  plan.id = {"standard"};
  CHECK(title_of(plan, "cs") == "standard");
  plan.title = {{"hu", "Alap"}, {"ru", "Базовый"}};
  CHECK(title_of(plan, "cs") == "Alap");
  plan.title["en"] = "Standard";
  CHECK(title_of(plan, "cs") == "Standard");
  CHECK(title_of(plan, "ru") == "Базовый");
}

TEST_CASE("targets of a priority") {
  TargetTable table;
  CHECK(table.of(Priority::high) == nullptr);
  table.by_priority[Priority::high].resolution = Target{Target::Unit::business_days, Seconds{0}, 5};
  REQUIRE(table.of(Priority::high));
  CHECK(table.of(Priority::high)->resolution->business_days == 5);
  CHECK(table.of(Priority::urgent) == nullptr);
  table.otherwise = Targets{};
  CHECK(table.of(Priority::urgent) == &*table.otherwise);
}
