#include "rules/ids.hpp"

#include <algorithm>
#include <string_view>

namespace cb {

namespace {

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Numbers of any length, so that no id overflows.
std::strong_ordering compare_numbers(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  if (const auto order = a.size() <=> b.size(); order != 0) return order;
  return a <=> b;
}

}  // namespace

// Where one id is a number and the other is not (no tracker has both), numbers come first: comparing them as text
// would not be an order, since 9 < 10 < "1a" < 9. Leading zeros keep ids apart, as == does.
std::strong_ordering operator<=>(const IssueKey& a, const IssueKey& b) {
  if (const auto order = a.tracker <=> b.tracker; order != 0) return order;
  const bool a_number = is_number(a.id);
  const bool b_number = is_number(b.id);
  if (a_number != b_number) return a_number ? std::strong_ordering::less : std::strong_ordering::greater;
  if (a_number) {
    if (const auto order = compare_numbers(a.id, b.id); order != 0) return order;
  }
  return a.id <=> b.id;
}

std::string to_text(const IssueKey& key) {
  return key.tracker + "#" + key.id;
}

}  // namespace cb
