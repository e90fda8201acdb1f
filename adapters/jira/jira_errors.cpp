#include "adapters/jira/jira_errors.hpp"

#include "rules/text.hpp"

namespace cb {

namespace {

void add(std::string& text, const std::string& words) {
  if (words.empty()) return;
  text += (text.empty() ? "" : "; ") + words;
}

// Words of the error's members; other documents have others.
std::string words_of(const JsonDocument& document, std::map<std::string, std::string>& fields) {
  std::string words;
  const auto root = document.root();
  if (!root.is_object()) return words;
  if (root["errorMessages"].is_list())
    for (const auto& message : root["errorMessages"].items())
      if (message.is_text()) add(words, message.text());
  for (const auto& [name, value] : root["errors"].members()) {
    if (!value.is_text()) continue;
    fields[name] = value.text();
    add(words, name + ": " + value.text());
  }
  for (const char* name : {"errorMessage", "message"})
    if (words.empty() && root[name].is_text()) add(words, root[name].text());
  return words;
}

ErrorKind kind_of(int status, bool is_json, bool reads) {
  if (status == 401) return ErrorKind::denied;
  if (status == 403) return reads || !is_json ? ErrorKind::denied : ErrorKind::rejected;
  if (status == 404) return is_json ? ErrorKind::not_found : ErrorKind::bad_reply;
  if (status == 410) return ErrorKind::bad_reply;
  if (status == 408 || status == 425 || status == 429 || status >= 500) return ErrorKind::retry_later;
  if (status == 409 || status == 412) return ErrorKind::stale;
  return status >= 400 ? ErrorKind::rejected : ErrorKind::bad_reply;
}

std::string advice_for(int status, bool is_json, bool reads) {
  if (status == 401) return "; for Jira Cloud, `login` names the account's e-mail address";
  if (status == 403 && !reads) return "; the account lacks a permission for that";
  if (status == 404 && !is_json) return "; this is no answer of Jira's REST API: check the tracker's url";
  if (status == 404) return "; it does not exist, or the account may not see it";
  if (status == 410) return "; this Jira no longer has that part of its API";
  return {};
}

}  // namespace

JiraRefusal jira_refusal(const HttpResponse& response, const JsonDocument* document, bool reads,
                         const std::string& attempt) {
  JiraRefusal refusal;
  refusal.status = response.status;
  refusal.error = error_of(response, attempt);
  refusal.error.kind = kind_of(response.status, document != nullptr, reads);
  if (document == nullptr) {
    refusal.error.what += advice_for(response.status, false, reads);
    return refusal;
  }
  const auto words = words_of(*document, refusal.fields);
  if (!words.empty())
    refusal.error.what = attempt + ": Jira refuses (" + std::to_string(response.status) + "): " + words;
  refusal.error.what += advice_for(response.status, true, reads);
  return refusal;
}

std::optional<Error> jira_login_problem(const HttpResponse& response, const std::string& attempt) {
  if (const auto reason = header(response, "X-Authentication-Denied-Reason"))
    return Error{ErrorKind::denied,
                 attempt + ": Jira has locked the account out (" + *reason +
                     "); log in once with a browser and solve its captcha, or wait",
                 {}};
  const auto reason = header(response, "X-Seraph-LoginReason");
  if (!reason || response.status == 401 || folded(*reason).find("failed") == std::string::npos) return {};
  return Error{ErrorKind::denied,
               attempt + ": Jira takes the account for a stranger (" + *reason +
                   "); the key is wrong, revoked or expired, or `login` is not its account's e-mail address",
               {}};
}

}  // namespace cb
