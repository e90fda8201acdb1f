#include "bridge/settings/yaml_scan.hpp"

#include <algorithm>

namespace cb {
namespace {

bool before(TextPosition a, TextPosition b) {
  return a.line < b.line || (a.line == b.line && a.column < b.column);
}
bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

// Goes over the text once, line by line, keeping only what decides whether a letter opens or closes something.
class Scanner {
 public:
  explicit Scanner(TextPosition until) : until_(until) {}

  void line(const std::string& text) {
    std::size_t at = 0;
    if (!quote_) {
      while (at < text.size() && blank(text[at])) ++at;
      if (inside_block(text, at)) return;
      note_tab(text, at);
      starts_ = true;
      key_column_ = 0;
    }
    for (; at < text.size(); ++at) {
      if (quote_) {
        in_quote(text, at);
      } else if (text[at] == '#' && (at == 0 || blank(text[at - 1]))) {
        break;
      } else {
        outside(text, at);
      }
    }
    ++line_;
  }

  YamlScan finish() {
    if (quote_) result_.open_quote = quote_begin_;
    if (!stopped_) result_.brackets_at_error = brackets_;
    return result_;
  }

 private:
  // Lines of a `|` or `>` block are text, whatever they hold.
  bool inside_block(const std::string& text, std::size_t indent) {
    if (!block_) return false;
    const bool empty = indent == text.size();
    if (!empty && static_cast<int>(indent) <= block_parent_) {
      block_ = false;
      return false;
    }
    ++line_;
    return true;
  }

  void note_tab(const std::string& text, std::size_t indent) {
    const auto tab = text.find('\t');
    const bool indents = tab < indent && indent < text.size() && text[indent] != '#' && brackets_.empty();
    if (indents && !result_.tab) result_.tab = TextPosition{line_, static_cast<int>(tab)};
  }

  void in_quote(const std::string& text, std::size_t& at) {
    if (quote_ == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote_) {
      if (quote_ == '\'' && at + 1 < text.size() && text[at + 1] == '\'') {
        ++at;
        return;
      }
      if (line_ > quote_begin_.line) result_.long_quotes.push_back({quote_begin_, {line_, static_cast<int>(at)}});
      quote_ = 0;
      starts_ = false;
    }
  }

  void outside(const std::string& text, std::size_t& at) {
    const char c = text[at];
    const bool last = at + 1 >= text.size();
    const bool blank_follows = last || blank(text[at + 1]);
    const TextPosition here{line_, static_cast<int>(at)};
    if (!stopped_ && !before(here, until_)) {
      result_.brackets_at_error = brackets_;
      stopped_ = true;
    }
    if (blank(c)) return;
    if (starts_ && (c == '"' || c == '\'')) {
      quote_ = c;
      quote_begin_ = here;
    } else if (starts_ && (c == '[' || c == '{')) {
      brackets_.push_back(here);
    } else if (!brackets_.empty() && (c == ']' || c == '}')) {
      brackets_.pop_back();
      starts_ = false;
    } else if (begins_value(text, at)) {
      starts_ = true;
    } else if (starts_ && brackets_.empty() && (c == '-' || c == '?') && blank_follows) {
      key_column_ = here.column;
    } else if (starts_ && brackets_.empty() && (c == '|' || c == '>')) {
      block_ = true;
      block_parent_ = key_column_;
      at = text.size() - 1;
    } else if (starts_ && (c == '&' || c == '!')) {
      while (at + 1 < text.size() && !blank(text[at + 1])) ++at;
    } else {
      if (starts_ && key_column_ <= here.column && plain_key(text, at)) key_column_ = here.column;
      starts_ = false;
    }
  }

  // A comma inside of brackets, or the colon behind a key.
  bool begins_value(const std::string& text, std::size_t at) const {
    const bool inside = !brackets_.empty();
    if (text[at] == ',') return inside;
    const bool blank_follows = at + 1 >= text.size() || blank(text[at + 1]);
    return text[at] == ':' && (blank_follows || (inside && !starts_ && is_sign(text[at + 1])));
  }
  static bool is_sign(char c) { return c == '[' || c == '{' || c == '"' || c == ','; }
  // A key begins here rather than a value: the block after it is indented more than the key.
  static bool plain_key(const std::string& text, std::size_t at) {
    const auto colon = text.find(':', at);
    return colon != std::string::npos;
  }

  TextPosition until_;
  YamlScan result_;
  std::vector<TextPosition> brackets_;
  TextPosition quote_begin_;
  int line_ = 0;
  int key_column_ = 0;
  int block_parent_ = 0;
  char quote_ = 0;
  bool block_ = false;
  bool starts_ = true;  // a value or key may begin here
  bool stopped_ = false;
};

std::size_t utf8_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

}  // namespace

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const auto end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

YamlScan scan_yaml(const std::string& text, TextPosition until) {
  Scanner scanner(until);
  for (const auto& line : lines_of(text)) scanner.line(line);
  return scanner.finish();
}

std::optional<TextPosition> first_bad_byte(const std::string& text) {
  TextPosition at;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto length = utf8_length(byte);
    bool good = length > 0 && i + length <= text.size();
    for (std::size_t k = 1; good && k < length; ++k) {
      good = (static_cast<unsigned char>(text[i + k]) & 0xC0U) == 0x80U;
    }
    const bool control = (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
    if (!good || control) return at;
    i += length;
    at.column += static_cast<int>(length);
    if (byte == '\n') at = {at.line + 1, 0};
  }
  return std::nullopt;
}

int character_column(const std::string& line, int byte_column) {
  int column = 1;
  for (int i = 0; i < byte_column && i < static_cast<int>(line.size()); ++i) {
    if ((static_cast<unsigned char>(line[static_cast<std::size_t>(i)]) & 0xC0U) != 0x80U) ++column;
  }
  return column + std::max(0, byte_column - static_cast<int>(line.size()));
}

}  // namespace cb
