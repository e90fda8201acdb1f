#include "tests/trackers/demo_file.hpp"

#include <regex>
#include <stdexcept>

namespace cb::demo_file {

void refuse(const std::string& what) {
  throw std::runtime_error("demo issues: " + what);
}

std::string text_at(const Json& json, const char* key) {
  if (!json.contains(key) || !json[key].is_string())
    refuse("\"" + std::string(key) + "\" is missing in " + json.dump());
  return json[key].get<std::string>();
}

std::string value_text(const std::string& text, Instant start) {
  if (text.rfind('@', 0) != 0) return text;
  return to_iso(start + offset_from_text(text.substr(1))).substr(0, 10);
}

Seconds offset_from_text(const std::string& text) {
  static const std::regex k_form("([+-])(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?");
  std::smatch part;
  if (!std::regex_match(text, part, k_form) || text.size() < 2)
    refuse("\"" + text + "\" is no offset like -3d2h or -20m");
  const auto number = [&](std::size_t i) { return part[i].matched ? std::stol(part[i].str()) : 0L; };
  const Seconds amount(((number(2) * 24 + number(3)) * 60 + number(4)) * 60);
  return part[1].str() == "-" ? -amount : amount;
}

}  // namespace cb::demo_file
