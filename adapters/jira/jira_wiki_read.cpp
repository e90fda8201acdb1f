#include <algorithm>
#include <array>

#include "adapters/jira/jira_signs.hpp"
#include "adapters/jira/jira_wiki.hpp"
#include "adapters/plain_newlines.hpp"

namespace cb {

namespace {

constexpr std::string_view k_escapable = "-#*_+?^~|%{}[]()!@";
constexpr std::size_t k_longest_mark = 2000;  // a link or image without end would else be looked for again and again

// Where the first `end` stands that no backslash precedes, on this line; npos: nowhere near.
std::size_t end_of_mark(std::string_view rest, char end) {
  const auto near = std::min(rest.size(), k_longest_mark);
  for (std::size_t i = 1; i < near && rest[i] != '\n'; ++i) {
    if (rest[i] == '\\') {
      ++i;
    } else if (rest[i] == end) {
      return i;
    }
  }
  return std::string_view::npos;
}

bool is_address(std::string_view text) {
  return text.find("://") != std::string_view::npos || has_prefix(text, "mailto:");
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escapes = text[i] == '\\' && i + 1 < text.size() && k_escapable.find(text[i + 1]) != k_escapable.npos;
    if (escapes) ++i;
    out += text[i];
  }
  return out;
}

// What stands between the brackets of a link; empty: it is no link.
std::string link_text(std::string_view inside) {
  constexpr std::string_view k_account = "accountid:";
  if (has_prefix(inside, "~")) {
    inside.remove_prefix(has_prefix(inside.substr(1), k_account) ? 1 + k_account.size() : 1);
    return "@" + std::string(inside);
  }
  if (has_prefix(inside, "^")) return std::string(inside.substr(1));
  const auto bar = inside.find('|');
  auto words = unescaped(inside.substr(0, bar));
  if (bar == std::string_view::npos) return is_address(inside) ? words : std::string();
  const auto behind = inside.substr(bar + 1);
  const auto address = std::string(behind.substr(0, behind.find('|')));
  if (address.empty() || address == words || address == "mailto:" + words) return words;
  return words + " (" + address + ")";
}

// `screen 1.png|width=300`: a name or address whose last part has an extension.
std::string image_name(std::string_view inside) {
  const auto name = inside.substr(0, inside.find('|'));
  const auto point = name.rfind('.');
  if (point == std::string_view::npos || point == 0 || is_blank(name.front())) return {};
  const auto extension = name.substr(point + 1);
  const bool is_short = !extension.empty() && extension.size() <= 5;
  const bool is_word = std::all_of(extension.begin(), extension.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  return is_short && is_word ? std::string(name) : std::string();
}

// Macros whose marks are left out; the text between them stays.
bool is_known_macro(std::string_view name) {
  static constexpr std::array<std::string_view, 8> k_names{"quote", "code",   "noformat", "panel",
                                                           "color", "anchor", "expand",   "adf"};
  return std::find(k_names.begin(), k_names.end(), name) != k_names.end();
}

bool is_verbatim(std::string_view name) {
  return name == "code" || name == "noformat";
}

class WikiReader {
 public:
  explicit WikiReader(std::string_view markup) : markup_(markup) {}

  std::string text() {
    while (at_ < markup_.size()) {
      if (begins_line()) skip_block_mark();
      if (at_ < markup_.size()) step();
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view rest() const { return markup_.substr(at_); }
  [[nodiscard]] bool begins_line() const { return at_ == 0 || markup_[at_ - 1] == '\n'; }

  void take(std::size_t bytes) {
    out_ += markup_.substr(at_, bytes);
    at_ += bytes;
  }
  void replace(std::size_t bytes, std::string_view text) {
    out_ += text;
    at_ += bytes;
  }

  // `h1. Title`, `bq. Quote`
  void skip_block_mark() {
    const auto blanks = std::min(rest().find_first_not_of(" \t"), rest().size());
    const auto line = rest().substr(blanks);
    const bool is_heading = line.size() > 3 && line[0] == 'h' && line[1] >= '1' && line[1] <= '6' && line[2] == '.';
    if ((is_heading || has_prefix(line, "bq.")) && line.size() > 3 && is_blank(line[3])) at_ += blanks + 3;
  }

  void step() {
    switch (markup_[at_]) {
      case '\\':
        return backslash();
      case '{':
        return brace();
      case '[':
        return bracket();
      case '!':
        return image();
      default:
        return take(1);
    }
  }

  void backslash() {
    const auto next = at_ + 1 < markup_.size() ? markup_[at_ + 1] : '\n';
    if (k_escapable.find(next) != std::string_view::npos) return replace(2, std::string_view(&markup_[at_ + 1], 1));
    const bool is_break = next == '\\' && (at_ + 2 == markup_.size() || is_blank(markup_[at_ + 2]));
    if (is_break) return replace(2, "\n");
    take(1);
  }

  void brace() {
    if (has_prefix(rest(), "{{")) return take(2);
    const auto end = end_of_mark(rest(), '}');
    if (end == std::string_view::npos) return take(1);
    const auto inside = rest().substr(1, end - 1);
    const auto name = inside.substr(0, inside.find(':'));
    if (!is_known_macro(name)) return take(1);
    at_ += end + 1;
    if (is_verbatim(name)) verbatim("{" + std::string(name) + "}");
  }

  // Nothing is markup in there. What is never closed shows as text, so it is read as such.
  void verbatim(const std::string& close) {
    const auto end = rest().find(close);
    if (end == std::string_view::npos) return;
    take(end);
    at_ += close.size();
  }

  void bracket() {
    const auto end = end_of_mark(rest(), ']');
    const auto text = end == std::string_view::npos ? std::string() : link_text(rest().substr(1, end - 1));
    if (text.empty()) return take(1);
    replace(end + 1, text);
  }

  void image() {
    const auto end = end_of_mark(rest(), '!');
    const auto name = end == std::string_view::npos ? std::string() : image_name(rest().substr(1, end - 1));
    if (name.empty()) return take(1);
    replace(end + 1, name);
  }

  std::string_view markup_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string jira_wiki_text(const std::string& markup) {
  const auto lines = plain_newlines(markup);
  return jira_plain(WikiReader(lines).text());
}

}  // namespace cb
