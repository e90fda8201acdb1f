#include "tests/trackers/fake_redmine_values.hpp"

#include <algorithm>
#include <cctype>
#include <regex>

#include "rules/time.hpp"

namespace cb::fake {

namespace {

std::string text_of(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  return json.is_null() ? "" : json.dump();
}

// `SLA class` becomes `Sla class`.
std::string humanized(std::string name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    name[i] = static_cast<char>(i == 0 ? std::toupper(c) : std::tolower(c));
  }
  return name;
}

// Ruby's anchors \A and \z, which ECMAScript lacks.
std::regex regex_of(std::string pattern) {
  for (const auto& [ruby, other] : {std::pair<std::string, std::string>{"\\A", "^"}, {"\\z", "$"}})
    for (auto at = pattern.find(ruby); at != std::string::npos; at = pattern.find(ruby))
      pattern.replace(at, ruby.size(), other);
  return std::regex(pattern);
}

bool is_number(const std::string& text) {
  static const std::regex k_number("[+-]?\\d+");
  return std::regex_match(text, k_number);
}

const char* problem_of(const Field& field, const std::string& text, const Value& stored) {
  if (!field.regexp.empty() && !std::regex_search(text, regex_of(field.regexp))) return "is invalid";
  if (field.format == "list") {
    const auto known = [&](const auto& values) {
      return std::find(values.begin(), values.end(), text) != values.end();
    };
    if (!known(field.values) && !known(stored)) return "is not included in the list";
  }
  if (field.format == "date" && !is_date(text)) return "is not a valid date";
  if (field.format == "int" && !is_number(text)) return "is not a number";
  return nullptr;
}

}  // namespace

bool blank(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isspace(c); });
}

bool blank(const Value& value) {
  return std::all_of(value.begin(), value.end(), [](const std::string& text) { return blank(text); });
}

bool is_date(const std::string& text) {
  return date_from_iso(text).has_value();
}

Value value_from(const Json& json) {
  if (!json.is_array()) return {text_of(json)};
  Value out;
  for (const auto& entry : json) out.push_back(text_of(entry));
  return out;
}

std::optional<std::string> complaint(const Field& field, const Value& value, const Value& stored) {
  const auto name = humanized(field.name);
  if (value.size() > 1 && !field.multiple) return name + " is invalid";
  if (blank(value)) {
    if (field.required) return name + " cannot be blank";
    return std::nullopt;
  }
  for (const auto& text : value)
    if (!blank(text))
      if (const auto* problem = problem_of(field, text, stored)) return name + " " + problem;
  return std::nullopt;
}

}  // namespace cb::fake
