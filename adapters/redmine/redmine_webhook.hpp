// What Redmine sends when something happened, as a hint about which issues to read (trackers.md B8). Two senders:
// Redmine 7 itself, which signs, and the plugin redmine_webhook of older ones, which does not, so that its address
// holds a secret. Neither sends again what was not answered: polling finds what is lost. Notes that are for staff come
// along in the body, so it is never logged. Any bytes are taken, none fails otherwise than with an Error.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/signature.hpp"

namespace cb {

// hmac_signer() with the value of X-Redmine-Signature-256.
Result<std::size_t> redmine_hook_signer(const std::optional<std::string>& signature, const std::string& body,
                                        const std::vector<std::string>& secrets);

struct RedmineHook {
  std::string event;                // issue.updated; of the plugin: opened, updated
  std::vector<std::string> issues;  // each once; none: it is about a version, a page of the wiki, news
};

// bad_reply for what is no such body, or tells of an issue without telling which.
Result<RedmineHook> redmine_hook_from(const std::string& body);

}  // namespace cb
