// The secrets of pages, API and webhooks, resolved when the service starts. Messages name the key of bridge.yaml and
// the variable or file, never a value.
#pragma once

#include <vector>

#include "bridge/web/access.hpp"
#include "bridge/web/webhooks.hpp"

namespace cb {

// denied when a secret cannot be had, or is so short (less than 16 bytes) that it could be guessed.
Result<std::vector<HookSource>> hook_sources(const Settings& settings);
// The same; and when the address is not of this machine alone and there is no token.
Result<Access> access_of(const ServerSettings& server);

}  // namespace cb
