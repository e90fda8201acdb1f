#include "adapters/bugzilla/bugzilla_errors.hpp"

#include <algorithm>
#include <cctype>

namespace cb {

namespace {

constexpr std::int64_t k_unnumbered = 32000;  // positive: the request is to blame; negative: the server
constexpr std::int64_t k_exception = 100500;

// Login, disabled account, API key, token, login required: nothing works with this key.
bool is_about_the_key(std::int64_t code) {
  return code == 300 || code == 301 || code == 302 || code == -303 || code == 303 || code == 305 || code == 306 ||
         code == 307 || code == 410;
}

std::string advice_for(std::int64_t code) {
  if (code == k_bugzilla_no_such_resource)
    return "; is the tracker's url that of the Bugzilla itself, without /rest, and its REST API not switched off?";
  if (code == k_bugzilla_bug_invisible) return "; it exists but is not visible to the account";
  if (code == 410) return "; the server did not see the API key: does a proxy cut it off?";
  if (code == k_bugzilla_not_insider)
    return "; the account is not in the insider group, so it cannot write notes for staff";
  if (code == 115) return "; give the account the group editbugs";
  if (code == k_exception) return "; an internal exception of the server";
  if (is_about_the_key(code)) return "; the API key is wrong or revoked, or its account is disabled";
  return {};
}

// Mozilla's server limits requests, with an error that has no number of its own.
bool is_rate_limit(std::int64_t code, std::string message) {
  if (code != k_unnumbered && code != -k_unnumbered) return false;
  std::transform(message.begin(), message.end(), message.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return message.find("rate limit") != std::string::npos;
}

}  // namespace

ErrorKind bugzilla_kind_of(std::int64_t code, const std::string& method) {
  if (is_about_the_key(code) || code == k_bugzilla_bug_invisible || code == k_bugzilla_auth_failure || code == 505)
    return ErrorKind::denied;
  if (code == k_bugzilla_no_such_bug || code == k_bugzilla_no_such_alias) return ErrorKind::not_found;
  if (code > 0 && code < k_unnumbered) return ErrorKind::rejected;
  if (code == k_unnumbered && method != "GET") return ErrorKind::rejected;
  return ErrorKind::bad_reply;
}

std::optional<BugzillaRefusal> bugzilla_refusal(const JsonDocument& document, const std::string& method,
                                                const std::string& attempt) {
  const auto root = document.root();
  if (!root.is_object()) return {};
  const auto said = root["error"];
  if (!said.present() || said.is_false()) return {};
  const auto code = root["code"].is_number() ? root["code"].integer_or(0) : 0;
  auto message = root["message"].is_text() ? root["message"].text() : std::string();
  while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
  auto kind = bugzilla_kind_of(code, method);
  if (is_rate_limit(code, message)) kind = ErrorKind::retry_later;
  return BugzillaRefusal{{kind,
                          attempt + ": Bugzilla refuses (" + std::to_string(code) + ")" +
                              (message.empty() ? "" : ": " + message) + advice_for(code),
                          {}},
                         code};
}

Error bugzilla_error_of(const HttpResponse& response, const std::string& attempt) {
  auto error = error_of(response, attempt);
  if (error.kind == ErrorKind::not_found || error.kind == ErrorKind::stale) {
    error.kind = ErrorKind::bad_reply;
    error.what += "; this is not an answer of Bugzilla's REST API: check the tracker's url in the configuration";
  }
  return error;
}

}  // namespace cb
