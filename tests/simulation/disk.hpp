// What outlives the process: the store, in memory or as the real one in a file. When a process dies, its connection is
// closed and opened anew.
#pragma once

#include <memory>

#include "tests/simulation/watched_store.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/temporary_folder.hpp"

namespace cb::simulation {

class Disk {
 public:
  // `watchers` must outlive it. A file is not forced to the platter: no power is lost here.
  Disk(bool in_a_file, const StoreWatchers& watchers);

  [[nodiscard]] Store& store() { return *watched_; }
  // Of a process that is gone.
  void reopen();

 private:
  const StoreWatchers& watchers_;
  std::unique_ptr<TemporaryFolder> folder_;  // null: in memory
  MemoryStore memory_;
  std::unique_ptr<Store> file_;
  std::unique_ptr<WatchedStore> watched_;
};

}  // namespace cb::simulation
