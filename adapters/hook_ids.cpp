#include "adapters/hook_ids.hpp"

#include <algorithm>

namespace cb {

namespace {
constexpr std::size_t k_longest_id = 18;  // what every tracker's adapter takes, and 64 bits hold
}

// 007 would be another key than 7, and the same issue.
bool is_hook_id(const std::string& text) {
  return !text.empty() && text.size() <= k_longest_id && text.front() != '0' &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void add_hook_id(std::vector<std::string>& ids, const std::string& id) {
  if (is_hook_id(id) && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

void add_hook_id(std::vector<std::string>& ids, const JsonValue& value) {
  if (!value.present()) return;
  const auto id = value.scalar();
  if (!id.empty() && !is_hook_id(id)) value.refuse("the id of an issue, a whole number");
  add_hook_id(ids, id);
}

}  // namespace cb
