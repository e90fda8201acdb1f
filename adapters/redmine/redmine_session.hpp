// One Redmine's REST as seen by one account: adds the key and the content type, reads the answer, and puts failures
// into words that name the tracker and what was attempted. The key is cut out of every message, even if a server
// should echo it. Statuses are told apart as Redmine means them (redmine/observed.md, section 2 and 5).
#pragma once

#include <optional>
#include <string>

#include "adapters/http.hpp"
#include "adapters/json_read.hpp"
#include "adapters/redmine/redmine_terms.hpp"
#include "rules/time.hpp"

namespace cb {

class RedmineSession {
 public:
  // Both must outlive the session.
  RedmineSession(const RedmineTerms& terms, Http& http) : terms_(terms), http_(http) {}

  // `doing` completes "tracker support: ...".
  Result<JsonDocument> get(const std::string& target, const std::string& doing);
  // What this account may not see (403) or what does not exist (404) is nothing; everything else is a failed read.
  Result<std::optional<JsonDocument>> get_if_visible(const std::string& target, const std::string& doing);
  // Every status is a value here.
  Result<HttpResponse> post(const std::string& target, const std::string& body, const std::string& doing);
  Result<HttpResponse> put(const std::string& target, const std::string& body, const std::string& doing);

  // Date of the last answer that bore one: of whatever server wrote it, a proxy in front perhaps.
  [[nodiscard]] std::optional<Instant> answered_at() const { return answered_at_; }

  [[nodiscard]] std::string attempt(const std::string& doing) const;
  [[nodiscard]] Error error(const HttpResponse& response, const std::string& doing) const;

 private:
  Result<HttpResponse> send(HttpRequest request, const std::string& doing);
  [[nodiscard]] std::string without_key(std::string text) const;

  const RedmineTerms& terms_;
  Http& http_;
  std::optional<Instant> answered_at_;
};

}  // namespace cb
