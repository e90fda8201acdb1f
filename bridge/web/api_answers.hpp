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

// A query with anything but these parameters, each once and well-formed, becomes 400, which names them: a misspelt
// `limit` that is passed over would be taken for an answer to what was meant.
Router::Handler with_parameters(std::vector<std::string> known, Router::Handler handler);

// What is refused below /api/ by those who do not know the API (the router, the server before it), told as the rest of
// the API tells it; other answers as they are. `path` as sent, empty where it is not known.
WebAnswer in_api_words(const std::string& path, WebAnswer answer);
inline WebAnswer in_api_words(const WebRequest& request, WebAnswer answer) {
  return in_api_words(request.path, std::move(answer));
}

}  // namespace cb
