// Looks at everything anew, with an adapter and a store of its own knowledge: what do the trackers hold, what follows
// from it, and is that what they show and what the store says?
#pragma once

#include <map>
#include <memory>
#include <string>

#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"
#include "tests/simulation/site.hpp"

namespace cb::simulation {

struct AuditParts {
  std::map<std::string, Site*> sites;
  const Settings& settings;
  Store& store;
  Instant now;
  // Everything has to be done. Otherwise what is parked, woken or due just now may be behind.
  bool at_the_end = false;
};

// What is wrong, in words; empty: nothing. Throws std::runtime_error where a tracker cannot be read.
std::string audit(const AuditParts& parts);

}  // namespace cb::simulation
