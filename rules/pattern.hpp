// A regular expression of the configuration, matched in linear time (RE2; the only file that sees it). Ignores case.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace cb {

class Pattern {
 public:
  struct Made {
    std::shared_ptr<const Pattern> pattern;  // null when the expression is wrong
    std::string error;                       // why, in RE2's words
  };
  static Made make(const std::string& expression);

  [[nodiscard]] bool found_in(std::string_view text) const;
  [[nodiscard]] const std::string& expression() const;

  struct Compiled;
  explicit Pattern(std::unique_ptr<const Compiled> compiled);
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

 private:
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace cb
