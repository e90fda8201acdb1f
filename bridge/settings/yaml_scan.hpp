// Looks over the letters of a YAML text before it is parsed, for what yaml-cpp accepts silently or reports at the wrong
// place: a quote or bracket that is never closed, a tab that indents, bytes that are not UTF-8. Internal to the YAML
// reader.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cb {

// From 0; the column counts bytes, as yaml-cpp does.
struct TextPosition {
  int line = 0;
  int column = 0;
};

struct QuotedStretch {
  TextPosition begin;
  TextPosition end;
};

struct YamlScan {
  std::optional<TextPosition> open_quote;       // never closed
  std::vector<QuotedStretch> long_quotes;       // texts in quotes over several lines
  std::vector<TextPosition> brackets_at_error;  // open at the position asked for, outermost first
  std::optional<TextPosition> tab;              // the first that indents
};

// Brackets are those open before `until`.
YamlScan scan_yaml(const std::string& text, TextPosition until);

// The first byte that is no UTF-8 or a control character YAML forbids.
std::optional<TextPosition> first_bad_byte(const std::string& text);

// A column in bytes as one in characters, from 1.
int character_column(const std::string& line, int byte_column);

std::vector<std::string> lines_of(const std::string& text);

}  // namespace cb
