// Texts that try to be markup, put together at random from the signs of both of Jira's forms: the same seed gives the
// same texts on any machine.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cb {

class JiraTexts {
 public:
  explicit JiraTexts(std::uint64_t seed) : state_(seed) {}

  std::string next() {
    static constexpr std::array<std::string_view, 74> k_pieces{"a",
                                                               "b1",
                                                               "Ž",
                                                               "č",
                                                               "日",
                                                               "🚀",
                                                               " ",
                                                               " ",
                                                               "\n",
                                                               "\n\n",
                                                               "*",
                                                               "_",
                                                               "-",
                                                               "--",
                                                               "----",
                                                               "+",
                                                               "^",
                                                               "~",
                                                               "??",
                                                               "!",
                                                               "|",
                                                               "||",
                                                               "#",
                                                               "##",
                                                               "@",
                                                               "(",
                                                               ")",
                                                               ":",
                                                               ";)",
                                                               ":D",
                                                               "(x)",
                                                               "(on)",
                                                               "{",
                                                               "}",
                                                               "{{",
                                                               "}}",
                                                               "{code}",
                                                               "{quote}",
                                                               "{color:red}",
                                                               "[",
                                                               "]",
                                                               "[~ann]",
                                                               "h1. ",
                                                               "bq. ",
                                                               "- ",
                                                               "* ",
                                                               "\\",
                                                               "\\\\",
                                                               "&",
                                                               "&amp;",
                                                               "&#42;",
                                                               ".",
                                                               ",",
                                                               "<",
                                                               ">",
                                                               "\"",
                                                               "'",
                                                               "http://x.example/a_b",
                                                               "https://y.example/q?a=1&b=(2)",
                                                               "https://x.example/",
                                                               "ftp://z.example/_a_",
                                                               "mailto:a@b.example",
                                                               "!x.png!",
                                                               "[a|http://e.example]",
                                                               "2026-11-24",
                                                               "[cb-7f3a2c]",
                                                               "\xE2\x81\xA0",
                                                               "\t",
                                                               "\r\n",
                                                               "\r",
                                                               "\xFF",
                                                               "\xE2\x82",
                                                               "\x01",
                                                               "%"};
    std::string text;
    for (auto left = 1 + roll() % 12; left > 0; --left) text += k_pieces[roll() % k_pieces.size()];
    return text;
  }

 private:
  std::uint64_t roll() {  // an LCG by Knuth; its upper half is random enough
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return state_ >> 33U;
  }
  std::uint64_t state_;
};

}  // namespace cb
