#include "tests/conformance/words.hpp"

#include <sstream>
#include <stdexcept>

namespace cb::conformance {

namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

}  // namespace

std::map<std::string, std::string> fields_from_text(const std::string& text) {
  std::map<std::string, std::string> fields;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    const auto sign = part.find('=');
    const auto name = trimmed(part.substr(0, sign));
    const auto field = sign == std::string::npos ? "" : trimmed(part.substr(sign + 1));
    if (trimmed(part).empty()) continue;
    if (name.empty() || field.empty())
      throw std::runtime_error("'" + part +
                               "' does not name a field; write neutral=field, for example billing=cf_billing");
    fields[name] = field;
  }
  return fields;
}

}  // namespace cb::conformance
