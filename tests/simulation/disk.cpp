#include "tests/simulation/disk.hpp"

#include "bridge/store/migrations.hpp"
#include "bridge/store/sqlite_store.hpp"
#include "bridge/store/store_file.hpp"

namespace cb::simulation {

namespace {

std::unique_ptr<Store> open_file(const std::string& path) {
  const bool used_before = was_store(path);
  auto lock = lock_store_file(path);
  check_store_file(path, used_before);
  create_store_file(path);
  auto connection = std::make_unique<Connection>(path, StoreAccess::exclusive);
  connection->run("PRAGMA synchronous = OFF");
  migrate(*connection, all_migrations(), [](int, int) {});
  return make_sqlite_store(std::move(connection), std::move(lock));
}

}  // namespace

Disk::Disk(bool in_a_file, const StoreWatchers& watchers) : watchers_(watchers) {
  if (in_a_file) folder_ = std::make_unique<TemporaryFolder>();
  reopen();
}

void Disk::reopen() {
  watched_.reset();
  file_.reset();
  if (folder_) file_ = open_file(folder_->path("store.sqlite"));
  watched_ = std::make_unique<WatchedStore>(file_ ? *file_ : memory_, watchers_);
}

}  // namespace cb::simulation
