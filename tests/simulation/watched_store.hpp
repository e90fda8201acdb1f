// The store of the simulated world: in memory, outliving the process, and looked at after every record.
#pragma once

#include "tests/simulation/judge.hpp"
#include "tests/support/memory_store.hpp"

namespace cb::simulation {

class WatchedStore final : public MemoryStore {
 public:
  explicit WatchedStore(Judge& judge) : judge_(judge) {}
  void record(const Record& record) override {
    MemoryStore::record(record);
    judge_.recorded(record.key, ledger(record.key));
  }

 private:
  Judge& judge_;
};

}  // namespace cb::simulation
