#include "adapters/jira/jira_text.hpp"

#include <doctest/doctest.h>

#include "tests/adapters/jira_texts.hpp"

namespace cb {

TEST_CASE("a text is made plain, as it will be read back from Jira") {
  struct Row {
    const char* name;
    std::string text;
    std::string plain;
  };
  const Row rows[] = {
      {"empty", "", ""},
      {"sentence", "We answer by 15:30 (2 h left), Eva & Jan!", "We answer by 15:30 (2 h left), Eva & Jan!"},
      {"other scripts", "Срок: 14:00 — 日本語 🚀", "Срок: 14:00 — 日本語 🚀"},
      {"Windows lines", "a\r\nb\rc", "a\nb\nc"},
      {"blanks at line ends", "a \t\nb  ", "a\nb"},
      {"blanks at line starts stay", "a\n  b", "a\n  b"},
      {"empty lines", "\n\na\n\n \n\nb\n\n", "a\n\nb"},
      {"only blanks", " \n\t\n ", ""},
      {"control characters", std::string("a\0b\x01\x1b[31m\x7f", 10) + "\xC2\x85z", "ab[31mz"},
      {"invisible",
       "\xEF\xBB\xBF"
       "a\xE2\x81\xA0"
       "b",
       "ab"},
      {"cut sequence", "a\xE2\x82", "a\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"overlong",
       "\xC0\xAF"
       "a",
       "\xEF\xBF\xBD\xEF\xBF\xBD"
       "a"},
      {"surrogate", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"beyond Unicode", "\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"no character", "\xEF\xBF\xBF", "\xEF\xBF\xBD"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(jira_plain(row.text) == row.plain);
    CHECK(jira_plain(row.plain) == row.plain);
  }
}

TEST_CASE("what is plain stays as it is, whatever it came from") {
  JiraTexts texts(11);
  for (int i = 0; i < 5'000; ++i) {
    const auto plain = jira_plain(texts.next());
    CAPTURE(plain);
    REQUIRE(jira_plain(plain) == plain);
  }
}

TEST_CASE("length is counted in UTF-16 units, and a text is cut between characters") {
  CHECK(jira_length("") == 0);
  CHECK(jira_length("abc") == 3);
  CHECK(jira_length("čš日") == 3);
  CHECK(jira_length("🚀a") == 3);
  CHECK(jira_cut("čtyři", 5) == "čtyři");
  CHECK(jira_cut("čtyřista", 7) == "čty\n[…]");
  CHECK(jira_cut("🚀🚀🚀🚀🚀", 9) == "🚀🚀\n[…]");
  CHECK(jira_length(jira_cut(std::string(40'000, 'x'), k_jira_text_limit)) == k_jira_text_limit);
}

TEST_CASE("the reference ends a comment, however long that is") {
  CHECK(jira_with_reference("Done.\n", "[cb-7f3a2c]") == "Done.\n\n[cb-7f3a2c]");
  CHECK(jira_with_reference("", "[cb-7f3a2c]") == "[cb-7f3a2c]");
  CHECK(jira_with_reference("Done.", "") == "Done.");
  const auto exact = std::string(20, 'x');
  CHECK(jira_with_reference(exact, "[cb-7f3a2c]", 33) == exact + "\n\n[cb-7f3a2c]");
  CHECK(jira_with_reference(exact, "[cb-7f3a2c]", 32) == "xxxxxxxxxxxxxxx\n[…]\n\n[cb-7f3a2c]");
  const auto huge = jira_with_reference(std::string(1'000'000, 'x'), "[cb-7f3a2c]");
  CHECK(jira_length(huge) == k_jira_text_limit);
  CHECK(huge.ends_with("\n[…]\n\n[cb-7f3a2c]"));
}

TEST_CASE("an address is told from the text around it") {
  struct Row {
    std::string text;
    std::string address;  // the first; empty: none
  };
  const Row rows[] = {{"see https://x.example/a?b=1#c.", "https://x.example/a?b=1#c"},
                      {"(https://x.example/a)", "https://x.example/a"},
                      {"(https://x.example/a_(b))", "https://x.example/a_(b)"},
                      {"[https://x.example/[1]]", "https://x.example/[1]"},
                      {"<http://x.example>", "http://x.example"},
                      {"\"http://x.example\"", "http://x.example"},
                      {"http://x.example/a,", "http://x.example/a"},
                      {"http://x.example/a...", "http://x.example/a"},
                      {"http://x.example:8080/a|b", "http://x.example:8080/a"},
                      {"nohttps://x.example", ""},
                      {"https://", ""},
                      {"https://.", ""},
                      {"https:// x", ""},
                      {"ftp://x.example", ""},
                      {"javascript:alert(1)", ""},
                      {"https://x.example/č", ""},
                      {"https://x.example/" + std::string(5'000, 'a'), ""}};
  for (const auto& row : rows) {
    CAPTURE(row.text);
    std::string found;
    for (std::size_t i = 0; i < row.text.size() && found.empty(); ++i)
      found = row.text.substr(i, jira_address_at(row.text, i));
    CHECK(found == row.address);
  }
}

}  // namespace cb
