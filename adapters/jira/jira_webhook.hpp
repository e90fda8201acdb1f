// What Jira sends when something happened: whether it really comes from there, whether it came before, and which issues
// it is about. No more is taken from it: a delivery is a hint, the issue is read by REST (trackers.md C8). Any bytes
// are taken, none fails otherwise than with an Error. The hooks and their bodies:
// https://developer.atlassian.com/cloud/jira/platform/webhooks/
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "adapters/result.hpp"

namespace cb {

// Which of the secrets signed the body: hmac_signer() of adapters/signature, with the value of X-Hub-Signature.
Result<std::size_t> jira_hook_signer(const std::optional<std::string>& signature, const std::string& body,
                                     const std::vector<std::string>& secrets);

struct JiraHook {
  std::string event;  // jira:issue_updated
  // Ids, each once. Empty: it is about no issue (a version, a board), or does not tell about which (an attachment).
  std::vector<std::string> issues;
  bool issue_deleted = false;
};

// The body of a delivery, of Cloud and of Data Center, whose comment events have no issue: there its id stands in the
// comment's own address. bad_reply for what is no such body.
Result<JiraHook> jira_hook_from(const std::string& body);

}  // namespace cb
