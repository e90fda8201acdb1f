// Whether a delivery comes from the tracker that its address names. Jira and Redmine 7 sign; BMO sends the secret in a
// header; Harmony, Redmine's plugin, and a Jira too old to sign have it in the address. What a delivery brings must be
// right, also when it brings two proofs. Internal to bridge/web/webhooks.
#pragma once

#include <optional>
#include <string>

#include "adapters/result.hpp"
#include "bridge/web/webhooks.hpp"

namespace cb {

// Why it is not proved, for the log: what to configure, without a secret; none: it is.
std::optional<std::string> unproved(const HookSource& source, const WebRequest& request,
                                    const std::optional<std::string>& path_secret);

// The header in which the kind of tracker signs; empty: it does not.
std::string signature_header(TrackerKind kind);

}  // namespace cb
