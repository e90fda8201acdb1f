#include "bridge/report/layout.hpp"

#include <algorithm>
#include <sstream>

#include "rules/plain_line.hpp"
#include "rules/text.hpp"

namespace cb {

std::string one_line(const std::string& text) {
  std::string line;
  bool blank = false;
  for (const char c : plain_line(text)) {
    if (c != ' ') {
      if (blank && !line.empty()) line += ' ';
      line += c;
    }
    blank = c == ' ';
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
