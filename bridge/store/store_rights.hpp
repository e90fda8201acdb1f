// Whether this process may use the files of a store. Who may not is told whose they are and how to go on: a command
// that was run as root makes a store that the service cannot open.
#pragma once

#include <string>

namespace cb {

enum class StoreRight { read, write };

// StoreError when one of the files that are there may not be read (and written), or the folder not be entered.
void check_store_rights(const std::string& path, StoreRight right);

}  // namespace cb
