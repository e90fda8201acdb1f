#include "bridge/settings/scenario_text.hpp"

#include <algorithm>

namespace cb {

std::string scenario_text(const std::string& word) {
  return word.empty() ? k_absent : word;
}
std::string scenario_text(Instant instant) {
  return to_iso(instant);
}
std::string scenario_text(Seconds duration) {
  return duration_text(duration);
}
std::string scenario_text(int number) {
  return std::to_string(number);
}
std::string scenario_text(std::vector<std::string> set) {
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  std::string text;
  for (const auto& word : set) text += (text.empty() ? "" : ", ") + word;
  return scenario_text(text);
}

}  // namespace cb
