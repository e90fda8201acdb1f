// Reads what a damaged store still lets be read into a new one. Nothing in the old file is changed. Only damage is
// passed over: StoreError when a file is locked, may not be read, or the new one cannot be written.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bridge/store/connection.hpp"
#include "bridge/store/rebuild.hpp"

namespace cb {

// To read a file of which pages may be missing. StoreDamaged when nothing of it can be read.
std::unique_ptr<Connection> open_damaged(const std::string& path);

// It holds tables, and none of them is ours.
bool is_of_another_program(Connection& connection);

// `from` is of open_damaged().
std::vector<SavedTable> salvage(Connection& from, Connection& to);

}  // namespace cb
