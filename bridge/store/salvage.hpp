// Reads what a damaged store still lets be read into a new one. Nothing in the old file is changed.
#pragma once

#include <vector>

#include "bridge/store/connection.hpp"
#include "bridge/store/rebuild.hpp"

namespace cb {

// It can be read, holds tables, and none of them is ours.
bool is_of_another_program(Connection& connection);

// StoreError when nothing of the old file can be read, or when the new one cannot be written.
std::vector<SavedTable> salvage(Connection& from, Connection& to);

}  // namespace cb
