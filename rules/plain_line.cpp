#include "rules/plain_line.hpp"

namespace cb {

namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

// U+202A to U+202E and U+2066 to U+2069, all of three bytes.
bool turns_at(std::string_view text, std::size_t at) {
  if (byte_at(text, at) != 0xE2) return false;
  const auto second = byte_at(text, at + 1);
  const auto third = byte_at(text, at + 2);
  return (second == 0x80 && third >= 0xAA && third <= 0xAE) || (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

// Bytes of the sign at `at` that has no place in a line; 0: it may stay. U+0080 to U+009F are control characters too,
// U+2028 and U+2029 part lines.
std::size_t unfit_at(std::string_view text, std::size_t at) {
  const auto first = byte_at(text, at);
  const auto second = byte_at(text, at + 1);
  if (first < 0x20 || first == 0x7F) return 1;
  if (first == 0xC2 && (second & 0xE0U) == 0x80U) return 2;
  const bool parts = first == 0xE2 && second == 0x80 && (byte_at(text, at + 2) & 0xFEU) == 0xA8U;
  return parts || turns_at(text, at) ? 3 : 0;
}

}  // namespace

std::string plain_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto unfit = unfit_at(text, at);
    line += unfit > 0 ? ' ' : text[at];
    at += unfit > 0 ? unfit : 1;
  }
  return line;
}

std::string without_turns(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (turns_at(text, at)) {
      at += 3;
    } else {
      out += text[at++];
    }
  }
  return out;
}

}  // namespace cb
