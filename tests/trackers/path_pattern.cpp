#include "tests/trackers/path_pattern.hpp"

namespace cb {

PathPattern::PathPattern(const std::string& regex) {
  constexpr std::string_view k_signs = "\\.[](){}*+?|^$";
  std::size_t at = 0;
  for (; at < regex.size(); ++at) {
    if (regex.compare(at, 2, "\\.") == 0) {
      beginning_ += regex[++at];
    } else if (k_signs.find(regex[at]) == std::string_view::npos) {
      beginning_ += regex[at];
    } else {
      break;
    }
  }
  if (at == regex.size()) return;
  whole_.emplace(regex);
}

std::optional<std::vector<std::string>> PathPattern::caught(const std::string& path) const {
  if (path.compare(0, beginning_.size(), beginning_) != 0) return std::nullopt;
  std::vector<std::string> groups;
  if (!whole_) return path.size() == beginning_.size() ? std::optional(groups) : std::nullopt;
  std::smatch part;
  if (!std::regex_match(path, part, *whole_)) return std::nullopt;
  for (std::size_t i = 1; i < part.size(); ++i) groups.push_back(part[i].str());
  return groups;
}

}  // namespace cb
