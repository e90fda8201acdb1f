#include "bridge/init/yaml_word.hpp"

#include <algorithm>
#include <array>

namespace cb {
namespace {

constexpr std::size_t k_longest_comment = 400;

struct Letter {
  char32_t code = 0xFFFD;
  std::size_t length = 1;  // bytes
};

// A byte that begins no letter counts as one of its own, unknown.
Letter letter_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (lead >= 0xF5 || length == 0 || at + length > text.size()) return {};
  char32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (byte(at + i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> k_least{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < k_least[length] || code > 0x10FFFF || surrogate) return {};
  return {code, length};
}

// Control characters, line and paragraph separators, the byte order mark.
bool is_invisible(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x2028 || code == 0x2029 || code == 0xFEFF ||
         code == 0xFFFE || code == 0xFFFF;
}

std::string escaped(char32_t code) {
  constexpr std::string_view k_digits = "0123456789ABCDEF";
  std::string out = "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += k_digits[(code >> static_cast<unsigned>(shift)) & 0xFU];
  return out;
}

// Letters and digits with blanks, dots and hyphens between: these have no meaning in YAML anywhere.
bool is_plain(std::string_view word) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (word.empty() || word.back() == ' ' || word.back() == '-') return false;
  const auto first = letter_at(word, 0).code;
  const bool foreign = first >= 0xC0 && first < 0x2000;  // letters of other scripts; punctuation begins above
  if (!foreign && !is_letter(word.front())) return false;
  return std::all_of(word.begin(), word.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '.' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

bool means_something(std::string_view word) {
  std::string lower(word);
  for (auto& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  constexpr std::array<std::string_view, 12> k_values{"true", "false", "yes", "no", "on",  "off",
                                                      "null", "nil",   "y",   "n",  "nan", "inf"};
  return std::find(k_values.begin(), k_values.end(), lower) != k_values.end();
}

bool has_letters_to_escape(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const auto letter = letter_at(word, at);
    if (letter.code == 0xFFFD || is_invisible(letter.code)) return true;
    at += letter.length;
  }
  return false;
}

}  // namespace

std::string yaml_word(std::string_view word) {
  if (is_plain(word) && !means_something(word) && !has_letters_to_escape(word)) return std::string(word);
  std::string out = "\"";
  for (std::size_t at = 0; at < word.size();) {
    const auto letter = letter_at(word, at);
    if (letter.code == '"' || letter.code == '\\') {
      out += '\\';
      out += word[at];
    } else if (letter.code == 0xFFFD) {
      out += "\xEF\xBF\xBD";
    } else if (is_invisible(letter.code)) {
      out += escaped(letter.code);
    } else {
      out += word.substr(at, letter.length);
    }
    at += letter.length;
  }
  return out + "\"";
}

std::string yaml_list(const std::vector<std::string>& words) {
  std::string out = "[";
  for (const auto& word : words) out += (out.size() > 1 ? ", " : "") + yaml_word(word);
  return out + "]";
}

std::string comment_words(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto letter = letter_at(text, at);
    if (out.size() >= k_longest_comment) return out + "…";
    if (letter.code == 0xFFFD) {
      out += "\xEF\xBF\xBD";
    } else if (is_invisible(letter.code)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += text.substr(at, letter.length);
    }
    at += letter.length;
  }
  return out;
}

}  // namespace cb
