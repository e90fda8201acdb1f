// Text made harmless for Redmine, which may render Textile or Markdown: read as a browser reads it, it is the text that
// went in, and nothing in it opens a link, a macro or a tag.
#include <cctype>
#include <string_view>

#include "adapters/redmine/redmine_markup.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

namespace {

constexpr std::string_view k_word_joiner = "\xE2\x81\xA0";

std::string without_joiners(std::string text) {
  for (auto at = text.find(k_word_joiner); at != std::string::npos; at = text.find(k_word_joiner, at))
    text.erase(at, k_word_joiner.size());
  return text;
}

// What &#42; stands for; 0: it is none of the entities that are written.
char sign_at(std::string_view rest, std::size_t& length) {
  const auto end = rest.substr(0, 7).find(';');
  if (rest.substr(0, 2) != "&#" || end == std::string_view::npos || end < 3) return 0;
  int value = 0;
  for (const char c : rest.substr(2, end - 2)) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + (c - '0');
  }
  length = end + 1;
  return value < 0x80 ? static_cast<char>(value) : '\0';
}

std::string as_shown(const std::string& markup) {
  std::string out;
  for (std::size_t i = 0; i < markup.size();) {
    std::size_t length = 1;
    const char sign = sign_at(std::string_view(markup).substr(i), length);
    out += sign != 0 ? sign : markup[i];
    i += sign != 0 ? length : 1;
  }
  return without_joiners(out);
}

bool opens_tag(const std::string& text) {
  for (auto at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if (std::isalpha(static_cast<unsigned char>(next)) != 0 || next == '/' || next == '!') return true;
  }
  return false;
}

}  // namespace

void one_input(const std::string& bytes) {
  const auto markup = redmine_escaped(bytes);
  must_be(as_shown(markup), without_joiners(bytes), "what is shown is the text");
  must(!opens_tag(markup), "no tag is opened");
  for (const auto* opening : {"{{", "[[", "](", "]:", "\":"})
    must(markup.find(opening) == std::string::npos, std::string("no ") + opening + " is left");
}

}  // namespace cb::fuzz
