#include "bridge/web/web_path.hpp"

#include <algorithm>
#include <utility>

namespace cb {

namespace {

constexpr std::size_t k_longest_path = 2'000;
constexpr std::size_t k_most_parts = 16;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::optional<std::string> unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (text.size() - i < 3) return {};
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return {};
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

// How many bytes follow the first of a character; -1 for a byte that begins none.
int following(unsigned char first) {
  if (first < 0x80) return 0;
  if (first >= 0xC2 && first <= 0xDF) return 1;
  if (first >= 0xE0 && first <= 0xEF) return 2;
  return first >= 0xF0 && first <= 0xF4 ? 3 : -1;
}

// RFC 3629: the second byte tells forms that are too long, surrogates, and what lies beyond U+10FFFF.
bool may_follow(unsigned char first, unsigned char second) {
  if (first == 0xE0) return second >= 0xA0 && second <= 0xBF;
  if (first == 0xED) return second >= 0x80 && second <= 0x9F;
  if (first == 0xF0) return second >= 0x90 && second <= 0xBF;
  if (first == 0xF4) return second >= 0x80 && second <= 0x8F;
  return second >= 0x80 && second <= 0xBF;
}

bool is_plain_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const int more = following(first);
    if (more < 0 || first < 0x20 || first == 0x7F || text.size() - i <= static_cast<std::size_t>(more)) return false;
    for (int k = 1; k <= more; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]);
      if (k == 1 ? !may_follow(first, byte) : (byte < 0x80 || byte > 0xBF)) return false;
    }
    i += static_cast<std::size_t>(more) + 1;
  }
  return true;
}

std::optional<std::string> part_from(std::string_view text) {
  auto part = unescaped(text);
  if (!part || part->empty() || *part == "." || *part == ".." || !is_plain_utf8(*part)) return {};
  if (part->find_first_of("/\\") != std::string::npos) return {};
  return part;
}

using QueryPair = std::pair<std::string_view, std::string_view>;

std::vector<QueryPair> pairs_of(std::string_view query) {
  std::vector<QueryPair> pairs;
  for (std::size_t from = 0; from <= query.size();) {
    const auto end = std::min(query.find('&', from), query.size());
    const auto pair = query.substr(from, end - from);
    const auto equals = std::min(pair.find('='), pair.size());
    if (!pair.empty()) pairs.emplace_back(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size())));
    from = end + 1;
  }
  return pairs;
}

}  // namespace

std::optional<std::vector<std::string>> path_parts(std::string_view path) {
  if (path.empty() || path.front() != '/' || path.size() > k_longest_path) return {};
  std::vector<std::string> parts;
  if (path.size() == 1) return parts;
  for (std::size_t from = 1; from <= path.size();) {
    const auto end = std::min(path.find('/', from), path.size());
    auto part = part_from(path.substr(from, end - from));
    if (!part || parts.size() == k_most_parts) return {};
    parts.push_back(*std::move(part));
    from = end + 1;
  }
  return parts;
}

Parameter parameter(std::string_view query, std::string_view name) {
  std::optional<std::string_view> found;
  for (const auto& [each, value] : pairs_of(query)) {
    if (each != name) continue;
    if (found) return {Parameter::State::twice, ""};
    found = value;
  }
  if (!found) return {};
  std::string text(*found);
  std::replace(text.begin(), text.end(), '+', ' ');
  auto value = unescaped(text);
  if (!value || !is_plain_utf8(*value)) return {Parameter::State::malformed, ""};
  return {Parameter::State::given, *std::move(value)};
}

std::string query_problem(std::string_view query, const std::vector<std::string>& known) {
  std::string names;
  for (const auto& name : known) names += (names.empty() ? "`" : ", `") + name + "`";
  for (const auto& [name, value] : pairs_of(query)) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return known.empty() ? "This address takes no parameters."
                         : "There is a parameter that this address does not take; it takes " + names + ".";
  }
  for (const auto& name : known) {
    const auto state = parameter(query, name).state;
    if (state == Parameter::State::twice) return "`" + name + "` is given more than once.";
    if (state == Parameter::State::malformed)
      return "The value of `" + name + "` is malformed: a broken escape, a control character or no UTF-8.";
  }
  return {};
}

}  // namespace cb
