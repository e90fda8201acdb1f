// A request as Jira understands it, and what comes back: an answer, or a refusal that is thrown.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/http.hpp"
#include "tests/trackers/fake_jira_state.hpp"

namespace cb::fake_jira {

using Json = nlohmann::json;

struct Refusal {
  int status = 400;
  std::vector<std::string> messages;
  std::map<std::string, std::string> errors;  // by field
};
[[noreturn]] void refuse(int status, const std::string& message);
[[noreturn]] void refuse_field(const std::string& field, const std::string& message);  // 400

struct Reply {
  int status = 200;
  Json body;  // null: no body
  Headers headers = {};
};

struct Call {
  State& state;
  const Issues& index;  // what searches look at
  const User* user;     // nobody: anonymous
  Instant now;
  int version;                    // 2: texts are markup; 3: ADF
  std::vector<std::string> path;  // what stands for the groups of the route
  std::map<std::string, std::vector<std::string>> query;
  Json body;
  Headers headers;

  [[nodiscard]] bool has(const std::string& name) const { return query.count(name) > 0; }
  [[nodiscard]] std::string text(const std::string& name) const;  // the first; empty when absent
  // Values, each split at its commas.
  [[nodiscard]] std::vector<std::string> list(const std::string& name) const;
  // 400 for what is no number.
  [[nodiscard]] long number(const std::string& name, long otherwise) const;
  [[nodiscard]] bool is_cloud() const { return state.settings.cloud; }
  // https://jira.example/rest/api/3
  [[nodiscard]] std::string root() const;
  // Whose zone times are shown in.
  [[nodiscard]] std::string zone() const;
};

std::map<std::string, std::vector<std::string>> query_of(const std::string& target);
std::string unescaped(const std::string& text);  // percent-decoded
std::vector<std::string> split(const std::string& text, char at);
std::string request_header(const Headers& headers, const std::string& name);
// The member, or nothing (null) where the object has none.
const Json& member(const Json& object, const char* name);
// A text or a number, as text.
std::string text_of(const Json& value);

// startAt and maxResults applied: the rows of one page.
struct Window {
  std::size_t from = 0, most = 0, to = 0;
};
Window window(const Call& call, std::size_t total, std::size_t otherwise, std::size_t cap);

}  // namespace cb::fake_jira
