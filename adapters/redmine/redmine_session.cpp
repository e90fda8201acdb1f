#include "adapters/redmine/redmine_session.hpp"

#include "adapters/redmine/redmine_status.hpp"
#include "rules/plain_line.hpp"

namespace cb {

namespace {

constexpr int k_not_found = 404;

}  // namespace

std::string RedmineSession::attempt(const std::string& doing) const {
  return plain_line("tracker " + terms_.name + ": " + doing);  // a key that is none may hold anything
}

std::string RedmineSession::without_key(std::string text) const {
  if (terms_.api_key.empty()) return text;
  for (auto at = text.find(terms_.api_key); at != std::string::npos; at = text.find(terms_.api_key))
    text.replace(at, terms_.api_key.size(), "(hidden)");
  return text;
}

Error RedmineSession::error(const HttpResponse& response, const std::string& doing) const {
  auto error = error_of(response, attempt(doing));
  if (response.status == k_forbidden)
    error.what += "; the account lacks the right, or the REST API is switched off (Administration, Settings, API)";
  error.what = without_key(std::move(error.what));
  return error;
}

Result<HttpResponse> RedmineSession::send(HttpRequest request, const std::string& doing) {
  request.headers.emplace_back("X-Redmine-API-Key", terms_.api_key);
  request.headers.emplace_back("Accept", "application/json");
  auto response = http_.send(request);
  if (!response) {
    auto error = std::move(response.error());
    error.what = without_key(attempt(doing) + ": " + error.what);
    return Failure(std::move(error));
  }
  if (const auto date = server_time(*response)) answered_at_ = date;
  return response;
}

Result<JsonDocument> RedmineSession::get(const std::string& target, const std::string& doing) {
  TRY(response, send({"GET", target, {}, {}}, doing));
  if (response.status != k_ok) return Failure(error(response, doing));
  return JsonDocument::parse(response.body, attempt(doing));
}

Result<std::optional<JsonDocument>> RedmineSession::get_if_visible(const std::string& target,
                                                                   const std::string& doing) {
  TRY(response, send({"GET", target, {}, {}}, doing));
  if (response.status == k_forbidden || response.status == k_not_found) return std::optional<JsonDocument>();
  if (response.status != k_ok) return Failure(error(response, doing));
  TRY(document, JsonDocument::parse(response.body, attempt(doing)));
  return std::optional<JsonDocument>(std::move(document));
}

Result<HttpResponse> RedmineSession::post(const std::string& target, const std::string& body,
                                          const std::string& doing) {
  return send({"POST", target, {{"Content-Type", "application/json"}}, body}, doing);
}

Result<HttpResponse> RedmineSession::put(const std::string& target, const std::string& body, const std::string& doing) {
  // Any other content type makes Redmine drop the whole body and answer 204.
  return send({"PUT", target, {{"Content-Type", "application/json"}}, body}, doing);
}

}  // namespace cb
