// A request as a Bugzilla understands it: parameters of path, query and body in one object, who asks, and what is
// wanted in return; refusals with their code.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/http.hpp"
#include "tests/trackers/fake_bugzilla_state.hpp"

namespace cb::fake_bugzilla {

using Json = nlohmann::json;

// Thrown by whatever refuses; the status follows from the code.
struct Refusal {
  int code = 0;
  std::string message;
};
// An exception inside Bugzilla: 200 with an error (092, 100, 130, 324).
[[noreturn]] void broken_inside(const std::string& message);
[[noreturn]] void refuse(int code, const std::string& message);

struct Call {
  State& state;
  const Bugs& shown;  // what is read: the replica's, where there is one and the call may read it
  const Json& params;
  const User* user;  // nobody: anonymous
  Instant now;

  [[nodiscard]] bool has(const char* name) const { return params.contains(name); }
  [[nodiscard]] std::string text(const char* name) const;  // the first, where several were given
  [[nodiscard]] std::vector<std::string> list(const char* name) const;
  [[nodiscard]] bool flag(const char* name) const;
};

// A JSON value as Perl takes it for text: numbers as they are written, true as 1, null as nothing.
std::string text_of(const Json& value);
// One value or many.
std::vector<std::string> texts_of(const Json& value);
bool is_true(const Json& value);

// Parameters of the query; what comes twice becomes an array.
Json query_parameters(const std::string& target);
// The body of a write, merged below the query. Refuses what is no JSON (229, 254); throws NotAnObject for other JSON.
struct NotAnObject {
  std::string message;  // of the Perl behind the error page
};
Json with_body(const Json& given, const HttpRequest& request);

std::string request_header(const HttpRequest& request, const std::string& name);

}  // namespace cb::fake_bugzilla
