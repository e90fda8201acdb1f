// Many seeds at once, in processes of their own: nothing is shared between worlds, not even a crash.
#pragma once

#include <iosfwd>

#include "tests/simulation/options.hpp"

namespace cb::simulation {

// The exit code.
int run_seeds(const Options& options, std::ostream& out);
int replay_seed(const Options& options, std::ostream& out);

}  // namespace cb::simulation
