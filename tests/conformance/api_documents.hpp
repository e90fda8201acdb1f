// Which operations an OpenAPI document describes: enough to know whom to ask about a request. The judging itself is the
// validators' work.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cb::conformance {

struct Operation {
  std::string method;                 // GET
  std::vector<std::string> segments;  // of the path; {issueIdOrKey} stands for anything

  [[nodiscard]] std::string text() const;  // GET /rest/api/3/issue/{issueIdOrKey}
};

class ApiDocument {
 public:
  // Throws std::runtime_error when the text is no OpenAPI document with operations.
  static ApiDocument parse(const std::string& text);

  // The one that describes the request best: words before parameters. `path` is without a query.
  [[nodiscard]] const Operation* find(const std::string& method, const std::string& path) const;
  [[nodiscard]] const std::vector<Operation>& operations() const { return operations_; }

 private:
  std::vector<Operation> operations_;
};

// A path without what differs from issue to issue, for a request that no document describes:
// /rest/api/2/project/SUP/role/10002 is /rest/api/2/project/{}/role/{}.
std::string without_names(const std::string& path);

}  // namespace cb::conformance
