// One seed: a week of several trackers, their people and the service, and a calm at the end in which everything must
// come to rest. Everything that is left to chance is drawn from the seed; nothing is shared between worlds.
#pragma once

#include <iosfwd>
#include <optional>

#include "tests/simulation/judge.hpp"

namespace cb::simulation {

struct WorldOptions {
  std::uint64_t seed = 0;
  int days = 7;
  std::ostream* trace = nullptr;  // null: steps are not shown
};

struct Outcome {
  std::optional<Breach> breach;
  std::uint64_t hash = 0;  // over all steps
  std::int64_t steps = 0;
  std::map<std::string, std::int64_t> counts;  // what the world has been through
};

Outcome run_world(const WorldOptions& options);

}  // namespace cb::simulation
