#include "adapters/jira/jira_webhook.hpp"

#include "adapters/hook_ids.hpp"
#include "adapters/json_read.hpp"
#include "adapters/signature.hpp"

namespace cb {

namespace {

constexpr JsonLimits k_hook_limits{.bytes = 16U * 1024U * 1024U, .depth = 128};

// https://x/rest/api/2/issue/10013/comment/10082: the number behind /issue/.
std::string id_in_address(const std::string& address) {
  constexpr std::string_view k_before = "/issue/";
  const auto at = address.rfind(k_before);
  if (at == std::string::npos) return {};
  const auto from = at + k_before.size();
  return address.substr(from, address.find_first_of("/?#", from) - from);
}

std::vector<std::string> issues_of(const JsonValue& root) {
  std::vector<std::string> ids;
  add_hook_id(ids, root["issue"]["id"]);
  add_hook_id(ids, root["worklog"]["issueId"]);
  add_hook_id(ids, root["issueLink"]["sourceIssueId"]);
  add_hook_id(ids, root["issueLink"]["destinationIssueId"]);
  for (const auto* part : {"issue", "comment", "worklog", "property"})
    if (ids.empty()) add_hook_id(ids, id_in_address(root[part]["self"].text_or("")));
  return ids;
}

bool must_name_issue(const std::string& event) {
  for (const auto* prefix : {"jira:issue_", "comment_", "worklog_", "issuelink_", "issue_property_"})
    if (event.starts_with(prefix)) return true;
  return false;
}

}  // namespace

Result<std::size_t> jira_hook_signer(const std::optional<std::string>& signature, const std::string& body,
                                     const std::vector<std::string>& secrets) {
  return hmac_signer({"Jira", "X-Hub-Signature"}, signature, body, secrets);
}

Result<JiraHook> jira_hook_from(const std::string& body) {
  const std::string attempt = "reading a webhook delivery of Jira";
  TRY(document, JsonDocument::parse(body, attempt, k_hook_limits));
  const auto root = document.root();
  root.require_object();
  JiraHook hook;
  hook.event = root["webhookEvent"].text();
  hook.issues = issues_of(root);
  hook.issue_deleted = hook.event == "jira:issue_deleted";
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  if (hook.issues.empty() && must_name_issue(hook.event))
    return failure(ErrorKind::bad_reply, attempt + ": it does not tell which issue its event is about");
  return hook;
}

}  // namespace cb
