// The command line of `simulation`.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace cb::simulation {

inline const char* const k_usage =
    "usage: simulation [--seeds N] [--from S] [--days D] [--workers W] [--twice N]\n"
    "       simulation --seed X [--days D] [--trace]\n"
    "  --seeds N    how many seeds (20)\n"
    "  --from S     the first of them (1)\n"
    "  --days D     days of people and trouble, before the calm (7)\n"
    "  --workers W  processes at a time (as many as there are processors)\n"
    "  --twice N    so many of the seeds are run twice, and must do the same both times (2)\n"
    "  --seed X     one seed alone, twice\n"
    "  --trace      tells every step of it, once\n";

struct Options {
  std::uint64_t from = 1;
  int seeds = 20, days = 7, workers = 0, twice = 2;
  std::optional<std::uint64_t> single;
  bool trace = false, help = false;
};

// Nothing, and words on `err`, where it cannot be read.
std::optional<Options> options_from(const std::vector<std::string>& words, std::ostream& err);

}  // namespace cb::simulation
