#include "bridge/store/store_errors.hpp"

#include <sqlite3.h>

namespace cb {
namespace {

struct Words {
  int code;
  const char* what;
  const char* to_do;
};

constexpr const char* k_end_the_other =
    "end the other program (a backup, an sqlite3 shell, a second bridge): a running service then goes on by itself, "
    "another command is started again";

constexpr Words k_words[] = {
    {SQLITE_FULL, "the disk is full",
     "free some space: a running service then goes on by itself, another command is started again; what was recorded "
     "so "
     "far is kept"},
    {SQLITE_READONLY, "it cannot be written", "give the bridge's user the right to write the file and its folder"},
    {SQLITE_PERM, "the file may not be opened", "give the bridge's user the right to read and write it"},
    {SQLITE_CANTOPEN, "the file cannot be opened",
     "see that it is a file, and that the bridge's user may write it and its folder"},
    {SQLITE_BUSY, "another program keeps it locked", k_end_the_other},
    {SQLITE_LOCKED, "another program keeps it locked", k_end_the_other},
    {SQLITE_CORRUPT, "the file is damaged",
     "put back a backup of it, or run `contract-bridge rebuild`, which makes a new one from the trackers and from what "
     "can still be read"},
    {SQLITE_NOTADB, "the file is not a store of contract-bridge, or it is damaged",
     "see that `store:` in bridge.yaml names the right file; a damaged one is replaced by a backup or by "
     "`contract-bridge rebuild`"},
    {SQLITE_IOERR, "reading or writing the disk failed", "see the system's log for errors of the disk"},
    {SQLITE_CONSTRAINT, "a rule of the store was about to be broken",
     "nothing was changed; this is a fault of the program, please report it"},
};

constexpr int k_primary = 0xff;  // the higher bits tell details

std::string store_failure_text(const std::string& path, int code, const std::string& message) {
  auto text = "store " + path + ": ";
  for (const auto& words : k_words) {
    if (words.code == (code & k_primary)) {
      return text.append(words.what).append(" (").append(message).append("); ").append(words.to_do);
    }
  }
  return text + message;
}

}  // namespace

void throw_store_failure(const std::string& path, int code, const std::string& message) {
  const auto text = store_failure_text(path, code, message);
  switch (code & k_primary) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw StoreBusy(text);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:  // a format or a schema that it does not understand; our own statements are sound
      throw StoreDamaged(text);
    case SQLITE_CONSTRAINT:
      throw StoreRefused(text);
    default:
      throw StoreError(text);
  }
}

}  // namespace cb
