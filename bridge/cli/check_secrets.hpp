// Secrets that the service would refuse when it starts: of webhooks, pages and API, and of who is told outside the
// tracker.
#pragma once

#include <vector>

#include "bridge/settings/problem.hpp"
#include "bridge/settings/settings.hpp"

namespace cb {

// Those that can be guessed or are malformed. One that cannot be had where this runs is no problem of the
// configuration: who checks it need not have the service's environment.
std::vector<Problem> secret_problems(const Settings& settings);

}  // namespace cb
