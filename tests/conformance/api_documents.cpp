#include "tests/conformance/api_documents.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace cb::conformance {

namespace {

using Json = nlohmann::json;

std::vector<std::string> segments_of(const std::string& path) {
  std::vector<std::string> out(1);
  for (const char sign : path)
    if (sign == '/') {
      out.emplace_back();
    } else {
      out.back() += sign;
    }
  return out;
}

bool is_parameter(const std::string& segment) {
  return !segment.empty() && segment.front() == '{';
}

bool describes(const Operation& operation, const std::string& method, const std::vector<std::string>& segments) {
  return operation.method == method &&
         std::equal(operation.segments.begin(), operation.segments.end(), segments.begin(), segments.end(),
                    [](const std::string& own, const std::string& asked) { return is_parameter(own) || own == asked; });
}

auto parameters(const Operation& operation) {
  return std::count_if(operation.segments.begin(), operation.segments.end(), is_parameter);
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char sign) { return std::toupper(sign); });
  return text;
}

// As Jira's own resources are called, and its projects, roles and people are not: issue, editmeta, servicedeskapi.
bool is_word(const std::string& segment) {
  return !segment.empty() && std::islower(static_cast<unsigned char>(segment.front())) != 0 &&
         std::all_of(segment.begin(), segment.end(), [](unsigned char sign) { return std::isalpha(sign) != 0; });
}

bool is_version(const std::string& segment) {
  return segment == "2" || segment == "3" || segment == "latest";
}

}  // namespace

std::string Operation::text() const {
  std::string out = method + " ";
  for (std::size_t i = 0; i < segments.size(); ++i) out += (i == 0 ? "" : "/") + segments[i];
  return out;
}

ApiDocument ApiDocument::parse(const std::string& text) {
  static const std::vector<std::string> k_methods{"get", "put", "post", "delete", "patch", "head", "options"};
  const auto json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("paths") || !json["paths"].is_object())
    throw std::runtime_error("this is no OpenAPI document: it has no paths");
  ApiDocument document;
  for (const auto& [path, item] : json["paths"].items())
    for (const auto& method : k_methods)
      if (item.contains(method)) document.operations_.push_back({upper(method), segments_of(path)});
  if (document.operations_.empty()) throw std::runtime_error("this OpenAPI document describes no operation");
  return document;
}

const Operation* ApiDocument::find(const std::string& method, const std::string& path) const {
  const auto segments = segments_of(path);
  const Operation* best = nullptr;
  for (const auto& operation : operations_)
    if (describes(operation, method, segments) && (best == nullptr || parameters(operation) < parameters(*best)))
      best = &operation;
  return best;
}

std::string without_names(const std::string& path) {
  const auto segments = segments_of(path);
  std::string out;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool is_kept =
        segments[i].empty() || is_word(segments[i]) || (i > 0 && segments[i - 1] == "api" && is_version(segments[i]));
    out += (i == 0 ? "" : "/") + (is_kept ? segments[i] : std::string("{}"));
  }
  return out;
}

}  // namespace cb::conformance
