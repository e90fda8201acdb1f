// `rebuild`: puts a new store in the place of a damaged one (bridge/store/rebuild.hpp), tells what of the old one could
// be carried over, and then does what `backfill` does: every issue is read and decided again. Exit codes are those of
// backfill.hpp; that something of the old file is lost is told and changes none.
#pragma once

#include <functional>
#include <iosfwd>

#include "bridge/cli/backfill.hpp"
#include "bridge/store/rebuild.hpp"

namespace cb {

// Prints what was saved, then runs `fill` (which prints what backfill prints) on the new store; with `json` both become
// one object.
int rebuild(const RebuiltStore& rebuilt, bool json, const std::function<int(std::ostream& out)>& fill,
            std::ostream& out);

}  // namespace cb
