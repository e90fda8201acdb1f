// The HTTP port: one request, one answer, to one server whose address the implementation knows. The real one is
// bridge/http/client (TLS verified, time-outs, keep-alive, size limits); tests bring their own.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/result.hpp"

namespace cb {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;  // GET, POST, PUT, DELETE
  std::string target;  // path and query, already escaped: /issues.json?limit=100
  Headers headers;     // may hold a secret: never logged
  std::string body;
};

struct HttpResponse {
  int status = 0;
  Headers headers;
  std::string body;
};

// First value of a header, ignoring case.
std::optional<std::string> header(const HttpResponse& response, const std::string& name);

// The server's clock, as its Date header tells.
std::optional<std::chrono::sys_seconds> server_time(const HttpResponse& response);

// How long Retry-After asks to wait: in seconds, or until a date, which is measured against the server's own clock, or
// against `now` where the server does not tell its time.
std::optional<std::chrono::seconds> retry_after(const HttpResponse& response,
                                                std::optional<std::chrono::sys_seconds> now = {});

// Percent-encodes everything but unreserved characters.
std::string url_encoded(const std::string& text);

// What a status means when the tracker's adapter knows nothing better: every status that is not 2xx becomes an
// error (401 and 403 denied, 404 and 410 not_found, 408, 425, 429 and 5xx retry_later with Retry-After, 409 and 412
// stale, other 4xx rejected, the rest bad_reply). `attempt` says what was tried and on what.
Error error_of(const HttpResponse& response, const std::string& attempt);

class Http {
 public:
  virtual ~Http() = default;
  // Any answer is a value, whatever its status; only no answer at all is an error (retry_later for a connection that
  // failed or timed out; denied for TLS verification).
  virtual Result<HttpResponse> send(const HttpRequest& request) = 0;
};

}  // namespace cb
