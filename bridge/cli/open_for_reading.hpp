// The store for commands that only look: beside a running bridge, and without one that is not there yet.
#pragma once

#include <memory>
#include <string>

#include "bridge/log.hpp"
#include "bridge/store/store.hpp"

namespace cb {

// Nothing is created, migrated or changed. A store that cannot be read is told in the log, and an empty one in memory
// stands in for it: units that other issues took are then not known.
std::unique_ptr<Store> open_for_reading(const std::string& url, Log& log);

}  // namespace cb
