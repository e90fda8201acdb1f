#include "adapters/redmine/redmine_markup.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace cb {

namespace {

constexpr std::string_view k_word_joiner = "\xE2\x81\xA0";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_word(char c) {
  return is_letter(c) || is_digit(c);
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\0';
}
bool is_sign(char c) {
  return !is_word(c) && !is_blank(c);
}

// Looks around in a text; '\0' stands for both ends.
class Around {
 public:
  Around(std::string_view text, std::size_t at) : text_(text), at_(at) {}
  [[nodiscard]] char before() const { return at_ == 0 ? '\0' : text_[at_ - 1]; }
  [[nodiscard]] char after(std::size_t distance = 1) const {
    return at_ + distance < text_.size() ? text_[at_ + distance] : '\0';
  }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  // `*x` after a blank or a sign.
  [[nodiscard]] bool opens() const { return !is_word(before()) && !is_blank(after()); }
  // Somewhere later `x*` before a blank or a sign.
  [[nodiscard]] bool is_closed_later() const {
    const char mark = text_[at_];
    for (auto i = text_.find(mark, at_ + 2); i != std::string_view::npos; i = text_.find(mark, i + 1))
      if (!is_blank(text_[i - 1]) && (i + 1 == text_.size() || !is_word(text_[i + 1]))) return true;
    return false;
  }
  [[nodiscard]] bool has_another() const {
    return text_.find(text_[at_]) != at_ || text_.find(text_[at_], at_ + 1) != std::string_view::npos;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

bool starts_entity(std::string_view rest) {
  std::size_t i = 1;
  if (i < rest.size() && rest[i] == '#') ++i;
  const auto first = i;
  while (i < rest.size() && (is_digit(rest[i]) || (is_letter(rest[i]) && static_cast<unsigned char>(rest[i]) < 0x80)))
    ++i;
  return i > first && i < rest.size() && rest[i] == ';';
}

// [12] is a footnote in Textile.
bool starts_footnote(std::string_view rest) {
  std::size_t i = 1;
  while (i < rest.size() && is_digit(rest[i])) ++i;
  return i > 1 && i < rest.size() && rest[i] == ']';
}

bool is_markup(char c, const Around& around) {
  switch (c) {
    case '*':
    case '`':
      return around.has_another() && !(is_blank(around.before()) && is_blank(around.after()));
    case '-':  // runs of dashes mark nothing inside a line
      return around.before() != '-' && around.after() != '-' && around.opens() && around.is_closed_later();
    case '_':
    case '+':
    case '~':
    case '^':
    case '%':
    case '!':
    case '?':
    case '=':
      return around.opens() && around.is_closed_later();
    case '@':
      return !is_word(around.before()) && !is_blank(around.after());
    case '"':
      return around.after() == ':';
    case '<':
      return is_letter(around.after()) || around.after() == '/' || around.after() == '!' || around.after() == '?';
    case '&':
      return starts_entity(around.rest());
    case '\\':
      return is_sign(around.after());
    case '[':
      return around.after() == '[' || starts_footnote(around.rest());
    case ']':
      // `[a]: address` defines where [a] leads, in a list too.
      return around.after() == '(' || around.after() == '[' || around.after() == ':';
    case '{':
      return around.after() == '{';
    default:
      return false;
  }
}

bool has_prefix(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

// `h1. Title`, `bq. Quote`, `fn3. Note`, also with Textile's modifiers between name and point.
bool is_textile_block(std::string_view line) {
  static constexpr std::array<std::string_view, 9> k_blocks{"h",     "p",  "bq",        "bc", "fn",
                                                            "table", "dl", "notextile", "pre"};
  const auto point = line.find('.');
  const auto blank = line.find(' ');
  if (point == std::string_view::npos || (blank != std::string_view::npos && blank < point)) return false;
  return std::any_of(k_blocks.begin(), k_blocks.end(), [&](std::string_view block) {
    return has_prefix(line, block) && (line.size() > block.size() && !is_letter(line[block.size()]));
  });
}

// Rules, underlines of headings and of table heads: nothing but such signs.
bool is_ruler(std::string_view line) {
  return line.find_first_not_of("-=_*|: ") == std::string_view::npos && line.find_first_not_of(' ') != line.npos;
}

bool starts_list_or_heading(std::string_view line) {
  const auto marks = line.find_first_not_of("*#+");
  if (marks != 0 && marks != std::string_view::npos && (line[marks] == ' ' || line[marks] == '\t')) return true;
  const auto digits = line.find_first_not_of("0123456789");
  return digits != 0 && digits != std::string_view::npos && (line[digits] == '.' || line[digits] == ')') &&
         digits + 1 < line.size() && line[digits + 1] == ' ';
}

bool is_block(std::string_view line) {
  if (has_prefix(line, "\t") || has_prefix(line, "    ")) return true;
  const auto first = line.find_first_not_of(' ');
  if (first == std::string_view::npos) return false;
  line.remove_prefix(first);
  if (line.front() == '>' || line.front() == '|' || has_prefix(line, "~~~")) return true;
  if (line.front() == '[' && line.find("]:") != std::string_view::npos) return true;
  return is_ruler(line) || starts_list_or_heading(line) || is_textile_block(line);
}

bool starts_address(std::string_view rest) {
  return has_prefix(rest, "http://") || has_prefix(rest, "https://");
}

// Of the address at the beginning. It ends where a sign stands that no address holds as it is: Redmine looks for
// macros, wiki links, mentions and entities in addresses too.
std::size_t address_length(std::string_view rest) {
  std::size_t i = 0;
  for (; i < rest.size() && std::string_view(" \t\n<>\"{}[]|\\^`").find(rest[i]) == std::string_view::npos; ++i) {
    if (rest[i] == '&' && starts_entity(rest.substr(i))) break;
    if (rest[i] == '@' && !is_word(rest[i - 1])) break;
  }
  return i;
}

std::string entity(char c) {
  return "&#" + std::to_string(static_cast<int>(static_cast<unsigned char>(c))) + ";";
}

}  // namespace

std::string redmine_escaped(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto rest = std::string_view(text).substr(i);
    if (i == 0 || text[i - 1] == '\n')
      if (is_block(rest.substr(0, rest.find('\n')))) out += k_word_joiner;
    if (starts_address(rest)) {  // a link stays a link
      const auto length = address_length(rest);
      out += rest.substr(0, length);
      i += length - 1;
    } else if (is_markup(text[i], Around(text, i))) {
      out += entity(text[i]);
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace cb
