// Strict reading of JSON answers. A document is refused when it is too big, nested too deeply, truncated, no valid
// UTF-8, or not JSON at all (an HTML page is named as such). Inside a good document the first value that is missing or
// of the wrong type is kept as problem(), with its JSON path; reading goes on with empty values, so that a parser stays
// plain and asks once, at its end. Values refer to their document and must not outlive it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/result.hpp"
#include "rules/time.hpp"

namespace cb {

struct JsonLimits {
  std::size_t bytes = 64U * 1024U * 1024U;
  int depth = 64;
};

class JsonValue;

class JsonDocument {
 public:
  // `attempt` begins every message: what was asked, of which tracker.
  static Result<JsonDocument> parse(const std::string& text, const std::string& attempt, JsonLimits limits = {});
  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;
  ~JsonDocument();

  [[nodiscard]] JsonValue root() const;
  // bad_reply with the path of the first value that was not as expected.
  [[nodiscard]] std::optional<Error> problem() const;

  struct Content;

 private:
  explicit JsonDocument(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

class JsonValue {
 public:
  JsonValue(JsonDocument::Content* content, const void* node, std::string path);

  // Neither missing nor null.
  [[nodiscard]] bool present() const;
  [[nodiscard]] bool exists() const { return node_ != nullptr; }  // not missing, but maybe null
  [[nodiscard]] bool is_text() const;
  [[nodiscard]] bool is_number() const;
  [[nodiscard]] bool is_object() const;
  [[nodiscard]] bool is_false() const;
  [[nodiscard]] bool is_list() const;
  // A member of an object; one that is missing is a value that is not present().
  [[nodiscard]] JsonValue operator[](const std::string& key) const;
  // The items of a list; none when not present.
  [[nodiscard]] std::vector<JsonValue> items() const;
  // The members of an object by name, in the order of their names; none when not present.
  [[nodiscard]] std::vector<std::pair<std::string, JsonValue>> members() const;

  // Required: a problem when not present.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::int64_t integer() const;
  [[nodiscard]] Instant instant() const;
  void require_object() const;
  void require_list() const;

  // Optional: the default when not present, a problem when of another type.
  [[nodiscard]] std::string text_or(const std::string& otherwise) const;
  [[nodiscard]] std::int64_t integer_or(std::int64_t otherwise) const;
  [[nodiscard]] double number_or(double otherwise) const;
  [[nodiscard]] bool boolean_or(bool otherwise) const;
  // Text, a number or a boolean, as text; empty when not present.
  [[nodiscard]] std::string scalar() const;
  // Its JSON as one line, names in order; empty when not present.
  [[nodiscard]] std::string json() const;
  // Notes a problem at this value.
  void refuse(const std::string& expected) const;

 private:
  JsonDocument::Content* content_;
  const void* node_;  // null: missing
  std::string path_;
};

// Whether two texts are the same JSON, however they are written; false where either is none.
bool is_same_json(const std::string& a, const std::string& b);

}  // namespace cb
