// The paths of one route of a fake tracker: a regular expression over the whole path. Its plain beginning is compared
// first, because a fake tries dozens of routes for each request and most of them differ early; so the first sign of the
// expression must be a group or a class, and alternatives stand in groups.
#pragma once

#include <optional>
#include <regex>
#include <string>
#include <vector>

namespace cb {

class PathPattern {
 public:
  explicit PathPattern(const std::string& regex);
  // What its groups caught, in their order; nothing where the path is another one.
  [[nodiscard]] std::optional<std::vector<std::string>> caught(const std::string& path) const;

 private:
  std::string beginning_;
  std::optional<std::regex> whole_;  // none: there is nothing but the beginning
};

}  // namespace cb
