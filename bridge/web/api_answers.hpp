// The forms of the API's answers: JSON, and for what went wrong application/problem+json (RFC 9457) with `title`,
// `status`, `detail` in words for people and, where a body had errors, `errors` with the place of each. Nothing of an
// answer may be kept by a cache: it holds facts of customers.
#pragma once

#include <string>
#include <vector>

#include "bridge/web/router.hpp"

namespace cb {

WebAnswer json_answer(int status, std::string json);

struct PlacedError {
  std::string at;  // JSON path: $.issue.history[0].at
  std::string text;
};
WebAnswer problem_answer(int status, const std::string& detail, const std::vector<PlacedError>& errors = {});

// A store that fails becomes 503 with its words.
Router::Handler with_store_errors(Router::Handler handler);

// What the router itself refuses below /api/, told as the rest of the API tells it; other answers as they are.
WebAnswer in_api_words(const WebRequest& request, WebAnswer answer);

}  // namespace cb
