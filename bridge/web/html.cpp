#include "bridge/web/html.hpp"

#include <algorithm>

namespace cb {

namespace {

const std::string k_replacement = "\xEF\xBF\xBD";

// How many bytes the character at `at` has; 0 when it is no character of UTF-8.
std::size_t length_of_character(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto first = byte(at);
  const std::size_t length = first < 0x80U ? 1 : first < 0xC2U ? 0 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
  if (length == 0 || first > 0xF4U) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return 0;
  }
  const auto second = byte(at + 1);
  if ((first == 0xE0U && second < 0xA0U) || (first == 0xEDU && second > 0x9FU)) return 0;
  if ((first == 0xF0U && second < 0x90U) || (first == 0xF4U && second > 0x8FU)) return 0;
  return length;
}

// Controls, and the signs that turn the direction of what follows (U+202A to U+202E, U+2066 to U+2069).
bool is_harmful(const std::string& character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return (first < 0x20U && first != '\n' && first != '\t') || first == 0x7FU;
  if (character.size() == 2) return first == 0xC2U && static_cast<unsigned char>(character[1]) < 0xA0U;
  return (character >= "\xE2\x80\xAA" && character <= "\xE2\x80\xAE") ||
         (character >= "\xE2\x81\xA6" && character <= "\xE2\x81\xA9");
}

std::string escaped(const std::string& character) {
  switch (character.front()) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return is_harmful(character) ? k_replacement : character;
  }
}

}  // namespace

std::string html_escaped(const std::string& text) {
  std::string html;
  html.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto length = length_of_character(text, at);
    html += length == 0 ? k_replacement : escaped(text.substr(at, length));
    at += std::max<std::size_t>(length, 1);
  }
  return html;
}

WebAnswer html_answer(int status, const std::string& title, const std::string& body, const std::string& style) {
  WebAnswer answer;
  answer.status = status;
  answer.content_type = "text/html; charset=utf-8";
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.headers.emplace_back("Content-Security-Policy",
                              "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
                              "frame-ancestors 'none'");
  answer.body =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
      html_escaped(title) + "</title>\n<link rel=\"stylesheet\" href=\"" + html_escaped(style) +
      "\">\n</head>\n<body>\n<main>\n" + body + "</main>\n</body>\n</html>\n";
  return answer;
}

}  // namespace cb
