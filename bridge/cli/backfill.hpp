// `backfill`: brings every issue of a tracker into the store, decides it and writes it back, however many there are:
// with progress, gently where that is asked for, and resumable: what a list named waits in the store, and a run that
// was ended goes on where it stopped. Exit codes are those of options.hpp: 0 all done; 1 the configuration is wrong; 2
// no such tracker; 3 a tracker failed, issues were parked, or somebody ended it.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

#include "bridge/cli/once.hpp"

namespace cb {

struct BackfillOptions {
  std::string tracker;  // empty: all of them
  bool anew = false;    // list everything, even where an earlier run has work left
  bool json = false;
  bool terminal = false;  // standard error is one
};

int backfill(const BackfillOptions& options, const OnceParts& parts, const std::function<bool()>& stop_asked,
             std::ostream& out, std::ostream& err);

}  // namespace cb
