// A store's file that is damaged is replaced by a new one, into which goes what the old one still lets be read, row by
// row: ledger lines, past decisions, audit, configurations, what was told outside the tracker, claims, what is parked.
// Issues go along only so that these have something to belong to: they count as never read, and are read and decided
// anew. Cursor, wakes and open intents stay behind, for trackers are listed from the start.
#pragma once

#include <string>
#include <vector>

#include "bridge/store/store.hpp"

namespace cb {

struct SavedTable {
  std::string what;  // for people: ledger lines
  int saved = 0;
  int damaged = 0;    // rows that are there and cannot be read or make no sense
  bool lost = false;  // nobody knows how many there were
};

struct RebuiltStore {
  std::string path;
  std::string moved_to;  // where the old file is, with its -wal and -shm
  std::vector<SavedTable> tables;
  std::string unreadable;  // why nothing at all could be read; empty: something could
};

// `url` as for open_store(). Until the new file is complete the old one stays where it is. Throws StoreError and leaves
// everything as it was: another program has the store or wrote it, there is no file, it may not be read, the folder
// cannot be written.
RebuiltStore rebuild_store(const std::string& url, Instant now);

}  // namespace cb
