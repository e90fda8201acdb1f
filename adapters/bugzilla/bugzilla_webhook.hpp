// What a Bugzilla sends when something happened, as a hint about which bug to read (trackers.md A8). Only BMO and
// Harmony do. Neither signs: BMO can send a header of its owner's choice, whose value is then the secret; Harmony
// cannot, so that its address holds the secret. Of private bugs and comments they tell little more than the id, which
// is all that is taken. Both send again until they are answered 200, and hold later deliveries back until then. Any
// bytes are taken, none fails otherwise than with an Error.
#pragma once

#include <string>
#include <vector>

#include "adapters/result.hpp"

namespace cb {

struct BugzillaHook {
  std::string event;                // create, modify
  std::vector<std::string> issues;  // one, or none: the delivery is about no bug
};

// bad_reply for what is no such body.
Result<BugzillaHook> bugzilla_hook_from(const std::string& body);

}  // namespace cb
