// How a rebuilt store takes the place of the old one. Whenever the process is killed, PATH is one of the two, whole,
// or PATH.rebuilding tells that the old one has still to be made whole again. For whoever holds the lock of the store.
#pragma once

#include <string>

namespace cb {

// Where the new file is made. It is there from the first step to the last.
std::string rebuilding_path(const std::string& path);

// StoreError when a rebuild of that store was broken off, or is not finished: nobody may use it.
void refuse_half_rebuilt(const std::string& path);

// Takes back what a rebuild that was broken off did to the old file.
void undo_replacement(const std::string& path);

void remove_rebuilding(const std::string& path);

// The new file is complete, and nobody has either of them open. The old one gets the name `kept`, with its log.
// StoreError: not possible here, and nothing was changed.
void replace_store(const std::string& path, const std::string& kept);

}  // namespace cb
