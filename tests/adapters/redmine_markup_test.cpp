#include "adapters/redmine/redmine_markup.hpp"

#include <doctest/doctest.h>

#include <string>

namespace cb {

namespace {
const std::string k_joiner = "\xE2\x81\xA0";
}

TEST_CASE("what would be markup is disarmed, what would not stays") {
  struct Row {
    const char* name;
    std::string text;
    std::string escaped;
  };
  const Row rows[] = {
      {"empty", "", ""},
      {"sentence", "We answer by 2026-11-24 15:30 CET (2 h left): see you, Eva & Jan!", ""},
      {"reference", "Done.\n\n[cb-7f3a2c]", ""},
      {"cyrillic", "Срок ответа: 14:00. Остаток — 3 обращения.", ""},
      {"czech", "Odpovíme do 0,5 dne; zbývá 5 %.", ""},
      {"address", "write to jan.novak@posta.example", ""},
      {"well-known words", "snake_case well-known a+b 3*4 x^2", ""},
      {"dash list", "- one\n- two", ""},
      {"negative time", "left: -2h", ""},
      {"phone", "call +420 123 456", ""},
      {"comparison", "a < b, c > d", ""},
      {"issue number", "like #12", ""},
      {"link", "https://kb.vendor.example/a_b_c?x=*1*&y=_z_ ok", ""},
      {"bold", "a *bold* word", "a &#42;bold&#42; word"},
      {"italic", "_us_", "&#95;us_"},
      {"struck", "so -gone- now", "so &#45;gone- now"},
      {"inserted", "+in+", "&#43;in+"},
      {"textile code and mention", "@code@ or @login", "&#64;code@ or &#64;login"},
      {"markdown code", "`x`", "&#96;x&#96;"},
      {"textile link", "\"here\":http://evil.example", "\"here&#34;:http://evil.example"},
      {"markdown link", "[here](http://evil.example)", "[here&#93;(http://evil.example)"},
      {"markdown link, defined in a list", "- [a]: http://evil.example\n\n[a]",
       "- [a&#93;: http://evil.example\n\n[a]"},
      {"macro in an address", "http://x.example/{{include(Secret)}}", "http://x.example/&#123;{include(Secret)}}"},
      {"wiki link in an address", "http://x.example/[[Secret]]", "http://x.example/&#91;[Secret]]"},
      {"mention in an address", "http://x.example/@login", "http://x.example/&#64;login"},
      {"login in an address", "http://ann@x.example/ ok", ""},
      {"entity in an address", "http://x.example/?a=1&b=2&lt;", "http://x.example/?a=1&b=2&#38;lt;"},
      {"wiki link", "[[Secret]]", "&#91;[Secret]]"},
      {"macro", "{{include(Secret)}}", "&#123;{include(Secret)}}"},
      {"image", "!http://x/y.png!", "&#33;http://x/y.png!"},
      {"tag", "<script>alert(1)</script>", "&#60;script>alert(1)&#60;/script>"},
      {"comment", "<!-- x -->", "&#60;!-- x -->"},
      {"entity", "AT&amp;T &#42; R&D", "AT&#38;amp;T &#38;#42; R&D"},
      {"footnote", "see [1]", "see &#91;1]"},
      {"backslash", "\\*x", "&#92;*x"},
      {"heading, Textile", "h1. Title", k_joiner + "h1. Title"},
      {"quote, Textile", "bq. Said", k_joiner + "bq. Said"},
      {"heading, Markdown", "# Title", k_joiner + "# Title"},
      {"list", "* one", k_joiner + "* one"},
      {"numbered", "1. one", k_joiner + "1. one"},
      {"Hungarian date", "2026. november 22.", k_joiner + "2026. november 22."},
      {"quote", "> said", k_joiner + "> said"},
      {"table", "|a|b|", k_joiner + "|a|b|"},
      {"indented code", "    code", k_joiner + "    code"},
      {"rule", "a\n---\nb", "a\n" + k_joiner + "---\nb"},
      {"fence", "~~~\nx~~~", k_joiner + "&#126;&#126;~\nx~~~"},
      {"second line", "a\n# b", "a\n" + k_joiner + "# b"}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(redmine_escaped(row.text) == (row.escaped.empty() ? row.text : row.escaped));
  }
}

TEST_CASE("any byte is survived, and nothing but signs is touched") {
  std::string all;
  for (int c = 1; c < 256; ++c) all += static_cast<char>(c);
  CHECK(redmine_escaped(all).size() >= all.size());
  CHECK(redmine_escaped(std::string(10'000, '*')).size() > 10'000);
  const std::string words = "Ünïcödé 日本語 🚀 plain words 123";
  CHECK(redmine_escaped(words) == words);
}

}  // namespace cb
