#include "adapters/jira/jira_text.hpp"

#include <algorithm>
#include <cstdint>

#include "adapters/jira/jira_signs.hpp"
#include "adapters/plain_newlines.hpp"

namespace cb {

namespace {

constexpr std::string_view k_cut_mark = "\n[…]";
constexpr std::size_t k_longest_address = 2000;  // browsers and proxies take no more
constexpr std::string_view k_replacement = "\xEF\xBF\xBD";

struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Shortest forms up to U+10FFFF only, without surrogates (RFC 3629).
Character character_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + bytes > text.size()) return {};
  std::uint32_t code = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if (!is_continuation(text[at + i])) return {};
    code = (code << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  const bool too_long = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
  if (too_long || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, bytes, true};
}

bool is_dropped(std::uint32_t code) {
  if (code < 0x20) return code != '\n' && code != '\t';
  return (code >= 0x7F && code < 0xA0) || code == 0x2060 || code == 0xFEFF;
}

// XML, in which Jira exports and imports, has no way to hold the last two of them.
bool is_no_character(std::uint32_t code) {
  return code == 0xFFFE || code == 0xFFFF;
}

std::string repaired(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto c = character_at(text, i);
    if (!c.valid || is_no_character(c.code)) {
      out += k_replacement;
    } else if (!is_dropped(c.code)) {
      out.append(text, i, c.bytes);
    }
    i += c.bytes;
  }
  return out;
}

std::string tidy(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  std::size_t empty = 0;
  for (std::size_t from = 0; from <= text.size();) {
    const auto end = std::min(text.find('\n', from), text.size());
    const auto line = std::string_view(text).substr(from, end - from);
    const auto last = line.find_last_not_of(" \t");
    from = end + 1;
    if (last == std::string_view::npos) {
      ++empty;
      continue;
    }
    if (!out.empty()) out += empty > 0 ? "\n\n" : "\n";
    out += line.substr(0, last + 1);
    empty = 0;
  }
  const auto first = out.find_first_not_of(" \t");
  out.erase(0, std::min(first, out.size()));
  return out;
}

bool ends_sentence(std::string_view address) {
  const char last = address.back();
  if (std::string_view(".,;:!?'*").find(last) != std::string_view::npos) return true;
  const char opening = last == ')' ? '(' : last == ']' ? '[' : '\0';
  return opening != '\0' &&
         std::count(address.begin(), address.end(), opening) < std::count(address.begin(), address.end(), last);
}

}  // namespace

std::string jira_plain(const std::string& text) {
  return tidy(repaired(plain_newlines(text)));
}

std::size_t jira_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text)
    if (!is_continuation(c)) units += static_cast<unsigned char>(c) >= 0xF0 ? 2 : 1;
  return units;
}

std::string jira_cut(const std::string& text, std::size_t limit) {
  if (jira_length(text) <= limit) return text;
  const auto room = limit - std::min(jira_length(k_cut_mark), limit);
  std::size_t units = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const auto c = character_at(text, end);
    units += c.code >= 0x10000 ? 2 : 1;
    if (units > room) break;
    end += c.bytes;
  }
  return jira_plain(text.substr(0, end) + std::string(k_cut_mark));
}

std::string jira_with_reference(const std::string& text, const std::string& reference, std::size_t limit) {
  const auto body = jira_plain(text);
  auto tail = jira_plain(reference);
  if (tail.empty()) return jira_cut(body, limit);
  if (body.empty()) return tail;
  const auto needed = jira_length(tail) + 2;
  return jira_cut(body, limit - std::min(needed, limit)) + "\n\n" + tail;
}

std::size_t jira_address_at(std::string_view text, std::size_t at) {
  const auto rest = text.substr(at);
  const std::size_t scheme = rest.substr(0, 7) == "http://" ? 7 : rest.substr(0, 8) == "https://" ? 8 : 0;
  if (scheme == 0 || (at > 0 && is_alphanumeric(text[at - 1]))) return 0;
  const auto end = std::min(rest.find_first_of(" \t\n<>\"{}|\\^`"), rest.size());
  auto address = rest.substr(0, end);
  if (address.size() > k_longest_address) return 0;
  if (std::any_of(address.begin(), address.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x7F; }))
    return 0;
  while (address.size() > scheme && ends_sentence(address)) address.remove_suffix(1);
  return address.size() > scheme && is_alphanumeric(address[scheme]) ? address.size() : 0;
}

}  // namespace cb
