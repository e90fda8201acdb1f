// Syntax errors in words for people, at the place they must look at: yaml-cpp reports where it gave up, which is often
// a line later. Internal to the YAML reader.
#pragma once

#include <string>
#include <vector>

#include "bridge/settings/yaml_scan.hpp"

namespace cb {

struct SyntaxError {
  TextPosition at;
  std::string text;
};

std::string tab_text();
std::string open_quote_text();

// `error` as yaml-cpp gives it.
SyntaxError explain_syntax_error(const SyntaxError& error, const std::string& text,
                                 const std::vector<std::string>& lines);

}  // namespace cb
