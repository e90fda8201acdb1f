#include "adapters/jira/jira_wiki.hpp"

#include <doctest/doctest.h>

#include "tests/adapters/jira_texts.hpp"

namespace cb {

namespace {
const std::string k_joiner(k_word_joiner);
}

TEST_CASE("what would be markup in Jira is disarmed, what would not stays") {
  struct Row {
    const char* name;
    std::string text;
    std::string markup;  // empty: the same
  };
  const Row rows[] = {
      {"empty", "", ""},
      {"sentence", "We answer by 2026-11-24 15:30 CET (2 h left): see you, Eva & Jan!", ""},
      {"cyrillic", "Срок ответа: 14:00. Остаток — 3 обращения.", ""},
      {"czech", "Odpovíme do 0,5 dne; zbývá 5 %, česko-německy.", ""},
      {"words", "snake_case well-known a+b 3*4 x^2 issue #12, a - b, what?", ""},
      {"mail address", "write to jan.novak@posta.example", ""},
      {"Windows path", "C:\\temp", ""},
      {"link", "https://kb.vendor.example/a_b-c?x=1&y=_z_ ok", ""},
      {"link at the end", "see https://kb.vendor.example/a.", ""},
      {"link in brackets", "(https://x.example/a) x", "(https://x.example/a" + k_joiner + ") x"},
      {"link behind a sign that forbids it", "[https://x.example]",
       "\\[" + k_joiner + "https://x.example" + k_joiner + "]"},
      {"link with signs", "https://x.example/*a*", "https:" + k_joiner + "//x.example/\\*a\\*"},
      {"reference", "Done.\n\n[cb-7f3a2c]", "Done.\n\n\\[cb-7f3a2c]"},
      {"bold", "a *bold* word", "a \\*bold\\* word"},
      {"em", "_us_", "\\_us\\_"},
      {"deleted", "so -gone- now", "so \\-gone\\- now"},
      {"inserted", "+in+", "\\+in\\+"},
      {"super", "^up^", "\\^up\\^"},
      {"sub", "~down~", "\\~down\\~"},
      {"cite", "??who??", "\\?\\?who\\?\\?"},
      {"mono", "{{x}}", "\\{\\{x\\}\\}"},
      {"macro", "{code}x{code}", "\\{code\\}x\\{code\\}"},
      {"colour", "{color:red}x{color}", "\\{color:red\\}x\\{color\\}"},
      {"named link", "[here|http://evil.example]", "\\[here|" + k_joiner + "http://evil.example" + k_joiner + "]"},
      {"user", "[~admin]", "\\[\\~admin]"},
      {"mention", "@admin", "\\@admin"},
      {"image", "!http://x.example/y.png!", "\\!" + k_joiner + "http://x.example/y.png" + k_joiner + "!"},
      {"heading", "h1. Title", k_joiner + "h1. Title"},
      {"heading behind blanks", "a\n  h6. Title", "a\n  " + k_joiner + "h6. Title"},
      {"no heading", "see h1. Title", ""},
      {"quote", "bq. Said", k_joiner + "bq. Said"},
      {"bullet", "* one", "\\* one"},
      {"dash list", "- one\n- two", "\\- one\n\\- two"},
      {"numbered", "# one\n## two", "\\# one\n\\#\\# two"},
      {"table", "|a|b|", "\\|a|b|"},
      {"table head", "||a||b||", "\\|\\|a\\|\\|b\\|\\|"},
      {"rule", "a\n----\nb", "a\n\\-\\-\\-\\-\nb"},
      {"dashes", "a -- b --- c", "a \\-\\- b \\-\\-\\- c"},
      {"forced break", "a\\\\b", "a\\" + k_joiner + "\\b"},
      {"backslash before a sign", "\\*x\\", "\\" + k_joiner + "\\*x\\" + k_joiner},
      {"smileys", ":) ;) :( :D", ":\\) ;\\) :\\( :" + k_joiner + "D"},
      {"icons", "(x) (!) (on) (2 h)", "\\(x) \\(\\!) \\(on) (2 h)"},
      {"entity", "AT&amp;T &#42; R&D", "AT&" + k_joiner + "amp;T &" + k_joiner + "#42; R&D"},
      {"mail link", "mailto:a@b.example", "mailto:" + k_joiner + "a@b.example"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(jira_wiki(row.text) == (row.markup.empty() ? row.text : row.markup));
    CHECK(jira_wiki_text(jira_wiki(row.text)) == row.text);
  }
}

TEST_CASE("what is written as wiki markup reads back the same, with its reference") {
  JiraTexts texts(42);
  for (int i = 0; i < 5'000; ++i) {
    const auto words = texts.next();
    CAPTURE(words);
    REQUIRE(jira_wiki_text(jira_wiki(words)) == jira_plain(words));
    REQUIRE(jira_wiki_text(jira_wiki(words, "[cb-7f3a2c]")) == jira_with_reference(words, "[cb-7f3a2c]"));
  }
}

TEST_CASE("what gets too long by escaping is cut, but not the reference") {
  for (const auto& words : {std::string(100'000, '*'), std::string(20'000, '{'), std::string(32'760, 'x')}) {
    const auto markup = jira_wiki(words, "[cb-7f3a2c]");
    CHECK(jira_length(markup) <= k_jira_text_limit);
    CHECK(jira_length(markup) > k_jira_text_limit - 100);
    CHECK(markup.ends_with("\n\n\\[cb-7f3a2c]"));
    CHECK(jira_wiki_text(markup).ends_with("[…]\n\n[cb-7f3a2c]"));
  }
}

TEST_CASE("markup of people is read as plain text") {
  struct Row {
    const char* name;
    std::string markup;
    std::string plain;
  };
  const Row rows[] = {
      {"emphasis stays", "a *bold* _word_", "a *bold* _word_"},
      {"escapes", "\\{a\\} \\[b\\] \\*c", "{a} [b] *c"},
      {"Windows lines", "a\r\nb", "a\nb"},
      {"link", "see [the page|https://x.example/a] now", "see the page (https://x.example/a) now"},
      {"smart link", "[https://x.example/a|https://x.example/a|smart-link]", "https://x.example/a"},
      {"bare link", "[https://x.example/a]", "https://x.example/a"},
      {"mail", "[mailto:a@b.example]", "mailto:a@b.example"},
      {"user", "[~ann] and [~accountid:5b10:x]", "@ann and @5b10:x"},
      {"attachment", "[^log.txt]", "log.txt"},
      {"brackets", "array[1] and [note]", "array[1] and [note]"},
      {"image", "!screen 1.png|width=300! and !a.jpg!", "screen 1.png and a.jpg"},
      {"no image", "Wow! Great! v1.2! x!", "Wow! Great! v1.2! x!"},
      {"heading", "h2. Steps\n# one", "Steps\n# one"},
      {"quote line", "bq. said", "said"},
      {"quote", "{quote}said{quote}", "said"},
      {"panel", "{panel:title=Note}\nbe quick\n{panel}", "be quick"},
      {"colour", "{color:#ff0000}red{color}", "red"},
      {"code", "{code:java}\nif (a[1]) { x = !y; }\n{code}\nend", "if (a[1]) { x = !y; }\n\nend"},
      {"verbatim", "{noformat}\\{ [x|http://y.example] {quote}{noformat}", "\\{ [x|http://y.example] {quote}"},
      {"code that never ends", "{code}a \\* b", "a * b"},
      {"mono stays", "run {{make all}} now, {{code}}", "run {{make all}} now, {{code}}"},
      {"unknown macro", "{jql:project=A} {x}", "{jql:project=A} {x}"},
      {"forced break", "a\\\\ b", "a\n b"},
      {"network path", "\\\\server\\share", "\\\\server\\share"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(jira_wiki_text(row.markup) == row.plain);
  }
}

TEST_CASE("any markup is survived, in linear time") {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  CHECK(jira_wiki_text(all).find("abcdefghijklmnopqrstuvwxyz") != std::string::npos);
  for (const char c : {'[', '{', '!', '\\', '}', '|'}) {
    const std::string same(300'000, c);
    CHECK(jira_wiki_text(same).size() <= same.size());
  }
  JiraTexts texts(5);
  for (int i = 0; i < 5'000; ++i) {
    const auto words = texts.next();
    const auto read = jira_wiki_text(words);
    CAPTURE(words);
    REQUIRE(jira_plain(read) == read);
  }
}

}  // namespace cb
