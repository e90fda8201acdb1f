// `simulation`: many seeds, or one. Exit code 0: every seed kept all promises; 1: one did not, and is told with what
// replays it; 2: the command line.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/simulation/configuration.hpp"
#include "tests/simulation/options.hpp"
#include "tests/simulation/seeds.hpp"

int main(int count, char** arguments) {
  using namespace cb::simulation;
  const auto options = options_from({arguments + 1, arguments + count}, std::cerr);
  if (!options) return 2;
  if (options->help) {
    std::cout << k_usage;
    return 0;
  }
  provide_secrets();
  return options->single ? replay_seed(*options, std::cout) : run_seeds(*options, std::cout);
}
