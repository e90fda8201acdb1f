// The store's file on the disk, before SQLite opens it: is it there and ours, who else uses it, a copy beside it.
// Everything that is created may be read by its owner alone. Failures throw StoreError.
#pragma once

#include <memory>
#include <string>

namespace cb {

// The file that `sqlite:PATH` names, or `:memory:`.
std::string store_path(const std::string& url);

// Is there a folder, and is what has the file's name a file?
void check_store_path(const std::string& path);

// Whether a store was ever open here, to be asked before it is locked: its lock stays when the program ends.
bool was_store(const std::string& path);

// StoreError when the file is empty and was a store: a new one is never empty (open_store.cpp), so that its content
// was taken away.
void refuse_emptied(const std::string& path, bool was_store);

// A file that exists must be an SQLite file, or empty and never used. Not to be asked while this process has the file
// open: closing it again would let go of SQLite's locks. Takes a fresh lock file away again when the file is none of
// ours.
void check_store_file(const std::string& path, bool was_store);

// An empty one, where there is none.
void create_store_file(const std::string& path);

// Keeps other programs (and other stores of this one) from writing to the same file, until the last owner lets go or
// the process ends, however it ends. The lock is on PATH.lock, which stays and holds the owner's process id.
std::shared_ptr<void> lock_store_file(const std::string& path);

// Where the copy before a migration goes: an empty file, made anew.
std::string prepare_copy(const std::string& path, int from, int to);

}  // namespace cb
