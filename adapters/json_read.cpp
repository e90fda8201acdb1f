#include "adapters/json_read.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "rules/plain_line.hpp"

namespace cb {

using nlohmann::json;

struct JsonDocument::Content {
  json tree;
  std::string attempt;
  std::string problem;
};

namespace {

const json& as_json(const void* node) {
  return *static_cast<const json*>(node);
}

// Looks at brackets outside of strings only: cheap, and before any parser can be driven into the depth.
int deepest(const std::string& text, int limit) {
  int depth = 0;
  int most = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size() && most <= limit; ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      most = std::max(most, ++depth);
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return most;
}

// nlohmann's messages begin with [json.exception.parse_error.101]: a number that helps nobody. What was last read is
// cut off too: it may be long, or a secret.
std::string plain_words(const json::parse_error& error, std::size_t size) {
  const std::string text = error.what();
  if (error.byte >= size) return "it breaks off after " + std::to_string(size) + " bytes (a truncated answer)";
  if (text.find("UTF-8") != std::string::npos) return "it is not valid UTF-8 at byte " + std::to_string(error.byte);
  return "it is not JSON from byte " + std::to_string(error.byte) + " on";
}

std::string kind_of(const json& node) {
  if (node.is_null()) return "null";
  if (node.is_boolean()) return "a boolean";
  if (node.is_number()) return "a number";
  if (node.is_string()) return "a text";
  return node.is_array() ? "a list" : "an object";
}

}  // namespace

JsonDocument::JsonDocument(std::unique_ptr<Content> content) : content_(std::move(content)) {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

Result<JsonDocument> JsonDocument::parse(const std::string& text, const std::string& attempt, JsonLimits limits) {
  const auto refused = [&](const std::string& why) { return failure(ErrorKind::bad_reply, attempt + ": " + why); };
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return refused("the answer is empty where JSON was expected");
  if (text[first] == '<')
    return refused(
        "answered with an HTML page - a proxy or a login page? Check the tracker's url in the configuration");
  if (text.size() > limits.bytes)
    return refused("the answer has " + std::to_string(text.size()) + " bytes, more than the " +
                   std::to_string(limits.bytes) + " that are read");
  if (deepest(text, limits.depth) > limits.depth)
    return refused("the answer's JSON is nested more than " + std::to_string(limits.depth) + " levels deep");
  if (text.find('\0') != std::string::npos) return refused("the answer holds a NUL byte, which JSON does not know");
  auto content = std::make_unique<Content>();
  content->attempt = attempt;
  try {
    content->tree = json::parse(text);
  } catch (const json::parse_error& error) {
    return refused("the answer cannot be read, " + plain_words(error, text.size()));
  } catch (const json::out_of_range&) {
    return refused("the answer holds a number that is too big");
  }
  return JsonDocument(std::move(content));
}

JsonValue JsonDocument::root() const {
  return {content_.get(), &content_->tree, "$"};
}

std::optional<Error> JsonDocument::problem() const {
  if (content_->problem.empty()) return {};
  // The path is made of names that the server chose.
  return Error{ErrorKind::bad_reply,
               content_->attempt + ": the answer is not as expected, " + plain_line(content_->problem),
               {}};
}

JsonValue::JsonValue(JsonDocument::Content* content, const void* node, std::string path)
    : content_(content), node_(node), path_(std::move(path)) {}

bool JsonValue::present() const {
  return node_ != nullptr && !as_json(node_).is_null();
}

bool JsonValue::is_text() const {
  return present() && as_json(node_).is_string();
}

bool JsonValue::is_number() const {
  return present() && as_json(node_).is_number();
}

bool JsonValue::is_object() const {
  return present() && as_json(node_).is_object();
}

bool JsonValue::is_false() const {
  return present() && as_json(node_).is_boolean() && !as_json(node_).get<bool>();
}

bool JsonValue::is_list() const {
  return present() && as_json(node_).is_array();
}

void JsonValue::refuse(const std::string& expected) const {
  if (!content_->problem.empty()) return;
  content_->problem =
      path_ + ": expected " + expected + ", got " + (node_ == nullptr ? "nothing" : kind_of(as_json(node_)));
}

JsonValue JsonValue::operator[](const std::string& key) const {
  const void* found = nullptr;
  if (present()) {
    const auto& node = as_json(node_);
    if (!node.is_object()) {
      refuse("an object");
    } else if (const auto member = node.find(key); member != node.end()) {
      found = &*member;
    }
  }
  return {content_, found, path_ + "." + key};
}

std::vector<JsonValue> JsonValue::items() const {
  std::vector<JsonValue> out;
  if (!present()) return out;
  const auto& node = as_json(node_);
  if (!node.is_array()) {
    refuse("a list");
    return out;
  }
  out.reserve(node.size());
  for (std::size_t i = 0; i < node.size(); ++i)
    out.emplace_back(content_, &node[i], path_ + "[" + std::to_string(i) + "]");
  return out;
}

std::vector<std::pair<std::string, JsonValue>> JsonValue::members() const {
  std::vector<std::pair<std::string, JsonValue>> out;
  if (!present()) return out;
  const auto& node = as_json(node_);
  if (!node.is_object()) {
    refuse("an object");
    return out;
  }
  for (const auto& [name, value] : node.items())
    out.emplace_back(name, JsonValue(content_, &value, path_ + "." + name));
  return out;
}

std::string JsonValue::json() const {
  return present() ? as_json(node_).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) : std::string();
}

std::string JsonValue::text() const {
  if (!present()) refuse("a text");
  return text_or("");
}

std::int64_t JsonValue::integer() const {
  if (!present()) refuse("a whole number");
  return integer_or(0);
}

Instant JsonValue::instant() const {
  const auto written = text();
  const auto instant = instant_from_iso(written);
  if (!instant) refuse("an instant such as 2026-11-22T14:30:00Z");
  return instant.value_or(Instant{});
}

void JsonValue::require_object() const {
  if (!present() || !as_json(node_).is_object()) refuse("an object");
}

void JsonValue::require_list() const {
  if (!is_list()) refuse("a list");
}

std::string JsonValue::text_or(const std::string& otherwise) const {
  if (!present()) return otherwise;
  if (is_text()) return as_json(node_).get<std::string>();
  refuse("a text");
  return otherwise;
}

std::int64_t JsonValue::integer_or(std::int64_t otherwise) const {
  if (!present()) return otherwise;
  const auto& node = as_json(node_);
  const bool fits = node.is_number_integer() &&
                    (!node.is_number_unsigned() || node.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
  if (fits) return node.get<std::int64_t>();
  refuse("a whole number");
  return otherwise;
}

double JsonValue::number_or(double otherwise) const {
  if (!present()) return otherwise;
  if (as_json(node_).is_number()) return as_json(node_).get<double>();
  refuse("a number");
  return otherwise;
}

bool JsonValue::boolean_or(bool otherwise) const {
  if (!present()) return otherwise;
  if (as_json(node_).is_boolean()) return as_json(node_).get<bool>();
  refuse("true or false");
  return otherwise;
}

std::string JsonValue::scalar() const {
  if (!present()) return {};
  const auto& node = as_json(node_);
  if (node.is_string()) return node.get<std::string>();
  if (node.is_number() || node.is_boolean()) return node.dump();
  refuse("a single value");
  return {};
}

bool is_same_json(const std::string& a, const std::string& b) {
  // To compare what is nested without bound would take all of the stack.
  const auto deepest_taken = JsonLimits{}.depth;
  if (deepest(a, deepest_taken) > deepest_taken || deepest(b, deepest_taken) > deepest_taken) return false;
  const auto left = json::parse(a, nullptr, false);
  const auto right = json::parse(b, nullptr, false);
  return !left.is_discarded() && !right.is_discarded() && left == right;
}

}  // namespace cb
