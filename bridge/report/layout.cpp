#include "bridge/report/layout.hpp"

#include <algorithm>
#include <sstream>

#include "rules/text.hpp"

namespace cb {

std::string one_line(const std::string& text) {
  std::string line;
  bool blank = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // U+0080 to U+009F are control characters too; in UTF-8 they begin with C2.
    const bool second_set =
        byte == 0xc2U && i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xe0U) == 0x80U;
    if (second_set) ++i;
    if (second_set || byte <= ' ' || byte == 0x7fU) {
      blank = true;
      continue;
    }
    if (blank && !line.empty()) line += ' ';
    blank = false;
    line += text[i];
  }
  return line;
}

std::string padded(const std::string& text, int width) {
  return text + std::string(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
}

std::string wrapped(const std::string& first, const std::string& text, int width) {
  const auto indent = display_width(first);
  std::istringstream words(one_line(text));
  std::string out = first;
  int column = indent;
  bool line_begins = true;
  for (std::string word; words >> word;) {
    const auto length = display_width(word);
    if (!line_begins && column + 1 + length > width) {
      out += "\n" + std::string(static_cast<std::size_t>(indent), ' ');
      column = indent;
      line_begins = true;
    }
    if (!line_begins) {
      out += ' ';
      ++column;
    }
    out += word;
    column += length;
    line_begins = false;
  }
  return out + "\n";
}

}  // namespace cb
