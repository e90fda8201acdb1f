// How a store fails, in words for the administrator: where it lies, what happened, what to do.
#pragma once

#include <string>

namespace cb {

// `code` is SQLite's result code (0: none), `message` its own words.
std::string store_failure_text(const std::string& path, int code, const std::string& message);

// Whether that code says that another program keeps the file locked.
bool is_busy(int code);

}  // namespace cb
