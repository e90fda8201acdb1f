#include "rules/text.hpp"

#include <doctest/doctest.h>

#include "rules/pattern.hpp"
#include "rules/people.hpp"

using namespace cb;

TEST_CASE("names compare ignoring case in any script, keeping accents") {
  CHECK(same_name("ACME University", "acme university"));
  CHECK(same_name("ПОДДЕРЖКА", "поддержка"));
  CHECK(same_name("Příliš ŽLUŤOUČKÝ", "příliš žluťoučký"));
  CHECK(same_name("e\xcc\x81", "\xc3\xa9"));  // composed or not
  CHECK_FALSE(same_name("pocitat", "počítat"));
  CHECK_FALSE(same_name("a", "b"));
  CHECK(same_name("\xff\xfe", "\xff\xfe"));  // not UTF-8: as it is
}

TEST_CASE("stems match at the start of a word") {
  struct Row {
    std::string text;
    std::string stem;
    bool expected;
  };
  for (const auto& row : std::vector<Row>{{"It calculates wrongly", "calculat", true},
                                          {"miscalculated", "calculat", false},
                                          {"WRONG   total\nhere", "wrong total", true},
                                          {"wrong-total", "wrong total", false},
                                          {"Программа неверно считает", "считает", true},
                                          {"рассчитать", "считает", false},
                                          {"(расчёт)", "расч", true},
                                          {"Výpočet je špatně", "výpočet", true},
                                          {"2calculate", "calculat", false},
                                          {"", "x", false},
                                          {"anything", "", false}}) {
    CAPTURE(row.text);
    CAPTURE(row.stem);
    CHECK(SearchText(row.text).has_stem(row.stem) == row.expected);
  }
}

TEST_CASE("a domain matches itself, a star its subdomains") {
  CHECK(domain_matches("acme.example", "Eva@ACME.example"));
  CHECK_FALSE(domain_matches("acme.example", "eva@mail.acme.example"));
  CHECK(domain_matches("*.acme.example", "eva@mail.acme.example"));
  CHECK_FALSE(domain_matches("*.acme.example", "eva@acme.example"));
  CHECK_FALSE(domain_matches("acme.example", "eva@notacme.example"));
  CHECK_FALSE(domain_matches("acme.example", "eva"));
}

TEST_CASE("patterns ignore case and say what is wrong with them") {
  const auto made = Pattern::make("error\\s+\\d+");
  REQUIRE(made.pattern);
  CHECK(made.pattern->found_in("An ERROR 500 came"));
  CHECK_FALSE(made.pattern->found_in("no error"));
  const auto wrong = Pattern::make("a(b");
  CHECK_FALSE(wrong.pattern);
  CHECK(wrong.error.find(')') != std::string::npos);
}

TEST_CASE("columns on a terminal") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("Věra") == 4);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("") == 0);
}

TEST_CASE("a name is another one exactly where their folds differ") {
  const std::vector<std::string> parts{"",         "a",         "A", "B",   "ss", "\xc3\x9f",     "e",
                                       "\xc3\xa9", "e\xcc\x81", "k", "K",   "i",  "\xe2\x84\xaa", "\xc4\xb0",
                                       " ",        "[",         "{", "\xff"};
  std::vector<std::string> names;
  for (const auto& first : parts)
    for (const auto& second : parts)
      for (const auto* third : {"", "x", "\xcc\x81"}) names.push_back(first + second + third);
  for (const auto& a : names)
    for (const auto& b : names)
      if (same_name(a, b) != (folded(a) == folded(b))) FAIL_CHECK("\"" << a << "\" and \"" << b << "\"");
}
