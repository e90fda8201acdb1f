#include <algorithm>
#include <array>

#include "adapters/jira/jira_signs.hpp"
#include "adapters/jira/jira_wiki.hpp"

namespace cb {

namespace {

// First bytes of U+00C0 to U+053F: the letters of Europe, all of two bytes.
bool leads_letter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0xC3 && byte <= 0xD4;
}

// A place in a text and what stands around it; a line end stands for both ends of the text.
class Place {
 public:
  Place(std::string_view text, std::size_t at) : text_(text), at_(at) {}
  [[nodiscard]] char sign() const { return text_[at_]; }
  [[nodiscard]] char before() const { return at_ == 0 ? '\n' : text_[at_ - 1]; }
  [[nodiscard]] char after(std::size_t distance = 1) const {
    return at_ + distance < text_.size() ? text_[at_ + distance] : '\n';
  }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] bool follows(std::string_view word) const { return text_.substr(0, at_).ends_with(word); }
  [[nodiscard]] bool inside_word() const {
    const bool letter_before = at_ > 1 && leads_letter(text_[at_ - 2]);
    return (is_alphanumeric(before()) || letter_before) && (is_alphanumeric(after()) || leads_letter(after()));
  }
  [[nodiscard]] bool begins_line() const {
    const auto line = text_.substr(0, at_).find_last_not_of(" \t");
    return line == std::string_view::npos || text_[line] == '\n';
  }
  [[nodiscard]] bool stands_alone() const { return is_blank(before()) && is_blank(after()) && !begins_line(); }

 private:
  std::string_view text_;
  std::size_t at_;
};

// (x), (!), (*r) and the like.
bool is_icon(std::string_view rest) {
  static constexpr std::array<std::string_view, 20> k_icons{
      "(y)",   "(n)", "(i)",  "(/)",  "(x)",  "(!)",  "(+)",    "(-)",       "(?)",    "(on)",
      "(off)", "(*)", "(*r)", "(*g)", "(*b)", "(*y)", "(flag)", "(flagoff)", "(*red)", "(*blue)"};
  return std::any_of(k_icons.begin(), k_icons.end(), [&](std::string_view icon) { return has_prefix(rest, icon); });
}

bool wants_backslash(const Place& place) {
  switch (place.sign()) {
    case '{':
    case '}':
    case '[':
      return true;
    case '*':
    case '_':
    case '-':
    case '+':
    case '^':
    case '~':
      return !place.inside_word() && !place.stands_alone();
    case '?':
      return place.before() == '?' || place.after() == '?';
    case '!':
      return !is_blank(place.after());
    case '#':
    case '|':
      return place.begins_line() || place.before() == place.sign() || place.after() == place.sign();
    case '@':
      return !is_alphanumeric(place.before()) && !is_blank(place.after());
    case '(':
      return place.before() == ':' || is_icon(place.rest());
    case ')':
      return place.before() == ':' || place.before() == ';';
    default:
      return false;
  }
}

bool starts_entity(std::string_view rest) {
  const auto end = rest.find(';');
  const auto name = rest.substr(1, end == std::string_view::npos ? 0 : end - 1);
  return !name.empty() && name.size() < 12 &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_alphanumeric(c) || c == '#'; });
}

// Of an address that is not to be a link: escaped signs would become part of it, and mailto: would vanish.
bool ends_scheme(const Place& place) {
  return is_alphanumeric(place.before()) && (has_prefix(place.rest(), "://") || place.follows("mailto"));
}

// Signs that no backslash disarms, but a joiner behind them does.
bool wants_joiner(const Place& place) {
  switch (place.sign()) {
    case '\\':
      return !is_alphanumeric(place.after());
    case '&':
      return starts_entity(place.rest());
    case ':':
      return place.after() == 'P' || place.after() == 'p' || place.after() == 'D' || ends_scheme(place);
    case '<':
      return has_prefix(place.rest(), "<3") || has_prefix(place.rest(), "</3");
    default:
      return false;
  }
}

bool starts_block(std::string_view line) {
  if (has_prefix(line, "bq.")) return true;
  return line.size() > 2 && line[0] == 'h' && line[1] >= '1' && line[1] <= '6' && line[2] == '.';
}

// Data Center takes every sign that may stand in an address for a part of it, backslashes too.
bool may_be_link(std::string_view address) {
  return std::all_of(address.begin(), address.end(), [](char c) {
    return is_alphanumeric(c) || std::string_view("-._/?:#&=%+,~@$").find(c) != std::string_view::npos;
  });
}

std::string link_of(std::string_view address, const Place& place, const Place& behind) {
  std::string out;
  if (std::string_view("\"[|'!\\").find(place.before()) != std::string_view::npos) out += k_word_joiner;
  out += address;
  const bool ends_plainly = is_blank(behind.before()) || is_blank(behind.sign()) ||
                            ((behind.sign() == '.' || behind.sign() == ',') && is_blank(behind.after()));
  if (!ends_plainly) out += k_word_joiner;
  return out;
}

std::string escaped(const std::string& plain) {
  const std::string text = plain + '\n';  // so that there is a sign behind everything
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t i = 0; i + 1 < text.size();) {
    const Place place(text, i);
    const auto length = jira_address_at(text, i);
    if (length > 0 && may_be_link(place.rest().substr(0, length))) {
      out += link_of(place.rest().substr(0, length), place, Place(text, i + length));
      i += length;
      continue;
    }
    if (starts_block(place.rest().substr(0, 3)) && place.begins_line()) out += k_word_joiner;
    if (wants_backslash(place)) out += '\\';
    out += text[i++];
    if (wants_joiner(place)) out += k_word_joiner;
  }
  return out;
}

}  // namespace

std::string jira_wiki(const std::string& text, const std::string& reference) {
  auto limit = k_jira_text_limit;
  auto markup = escaped(jira_with_reference(text, reference, limit));
  while (jira_length(markup) > k_jira_text_limit && limit > 0) {
    limit = std::min(limit - 1, limit * k_jira_text_limit / jira_length(markup));
    markup = escaped(jira_with_reference(text, reference, limit));
  }
  return markup;
}

}  // namespace cb
