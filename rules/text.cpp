#include "rules/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace cb {
namespace {

bool is_word(utf8proc_int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

bool is_blank(utf8proc_int32_t code) {
  const auto category = utf8proc_category(code);
  return code == '\t' || code == '\n' || code == '\r' || code == '\v' || code == '\f' ||
         category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

struct Step {
  utf8proc_int32_t code;
  std::size_t length;
};

// The next character; an invalid byte stands for itself.
Step next(std::string_view text, std::size_t at) {
  utf8proc_int32_t code = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
  const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  if (length <= 0) return {static_cast<unsigned char>(text[at]), 1};
  return {code, static_cast<std::size_t>(length)};
}

// Folded, with every run of blanks as one space.
std::string collapsed(std::string_view text) {
  const auto fold = folded(text);
  std::string out;
  out.reserve(fold.size());
  for (std::size_t at = 0; at < fold.size();) {
    const auto [code, length] = next(fold, at);
    if (is_blank(code)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out.append(fold, at, length);
    }
    at += length;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// What a letter becomes in a plain word; empty for what is no part of a word.
std::string plain_letter(utf8proc_int32_t code) {
  if (!is_word(code)) return {};
  std::array<utf8proc_int32_t, 16> parts{};
  int boundary = 0;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD);
  const auto count = utf8proc_decompose_char(code, parts.data(), parts.size(), options, &boundary);
  std::string out;
  for (std::size_t i = 0; i < parts.size() && static_cast<utf8proc_ssize_t>(i) < count; ++i) {
    if (utf8proc_category(parts[i]) == UTF8PROC_CATEGORY_MN) continue;
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length = utf8proc_encode_char(parts[i], bytes.data());
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
  }
  return out;
}

// Latin and Cyrillic letters are looked up: nearly all text consists of them.
constexpr utf8proc_int32_t k_looked_up = 0x530;

std::array<std::string, k_looked_up> make_plain_letters() {
  std::array<std::string, k_looked_up> letters;
  for (utf8proc_int32_t code = 0; code < k_looked_up; ++code) {
    letters[static_cast<std::size_t>(code)] = plain_letter(code);
  }
  return letters;
}

bool is_apostrophe(utf8proc_int32_t code) {
  return code == '\'' || code == 0x2019 || code == 0x2BC || code == '`' || code == 0xB4;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::string folded(std::string_view text) {
  if (is_ascii(text)) {
    std::string out(text);
    for (auto& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }
  utf8proc_uint8_t* mapped = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &mapped, static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
  if (length < 0) return std::string(text);
  std::string out(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length));
  std::free(mapped);
  return out;
}

// Most names are plain and differ early, and are asked for again and again: those need no copies. Two plain letters
// that differ stay different whatever follows, because folding and composing keep the letter that marks are put on.
bool same_name(std::string_view a, std::string_view b) {
  const auto is_plain = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  std::size_t at = 0;
  for (; at < a.size() && at < b.size() && is_plain(a[at]) && is_plain(b[at]); ++at) {
    if (small(a[at]) != small(b[at])) return false;
  }
  if (at == a.size()) return at == b.size() || (!is_plain(b[at]) && folded(a) == folded(b));
  if (at == b.size()) return !is_plain(a[at]) && folded(a) == folded(b);
  return a == b || folded(a) == folded(b);
}

bool contains_name(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](const auto& each) { return same_name(each, name); });
}

SearchText::SearchText(std::string_view text) : text_(collapsed(text)) {
  bool inside = false;
  for (std::size_t at = 0; at < text_.size();) {
    const auto [code, length] = next(text_, at);
    const bool word = is_word(code);
    if (word && !inside) word_starts_.push_back(at);
    inside = word;
    at += length;
  }
}

bool SearchText::has_stem(std::string_view stem) const {
  const auto wanted = collapsed(stem);
  if (wanted.empty()) return false;
  return std::any_of(word_starts_.begin(), word_starts_.end(),
                     [&](std::size_t start) { return text_.compare(start, wanted.size(), wanted) == 0; });
}

PlainWords plain_words(std::string_view text) {
  static const auto looked_up = make_plain_letters();
  PlainWords out;
  out.letters.reserve(text.size());
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = next(text, at);
    const auto end = at + length;
    const auto& part = code < k_looked_up ? looked_up[static_cast<std::size_t>(code)] : plain_letter(code);
    const bool accent = code >= 0x300 && code < 0x370 && part.empty();
    if (!part.empty()) {
      if (!inside) out.words.push_back({at, at, out.letters.size(), 0});
      out.letters += part;
      out.words.back().to = end;
      out.words.back().length = out.letters.size() - out.words.back().at;
      inside = true;
    } else if (accent && inside) {
      out.words.back().to = end;
    } else if (!(inside && is_apostrophe(code) && end < text.size() && is_word(next(text, end).code))) {
      inside = false;
    }
    at = end;
  }
  return out;
}

int display_width(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = next(text, at);
    width += std::max(0, utf8proc_charwidth(code));
    at += length;
  }
  return width;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view k_blanks = " \t\r\n\v\f";
  const auto from = text.find_first_not_of(k_blanks);
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(k_blanks) - from + 1));
}

}  // namespace cb
