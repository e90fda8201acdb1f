#include "bridge/store/rebuild.hpp"

#include <filesystem>

#include "bridge/store/migrations.hpp"
#include "bridge/store/replacement.hpp"
#include "bridge/store/salvage.hpp"
#include "bridge/store/store_errors.hpp"
#include "bridge/store/store_file.hpp"
#include "bridge/store/store_rights.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;

// 20261122T143000Z: no colons, which some file systems do not take.
std::string stamp(Instant now) {
  auto text = to_iso(now);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::vector<SavedTable> everything_lost() {
  return {{"past decisions", 0, 0, true}, {"ledger lines", 0, 0, true}, {"audit lines", 0, 0, true}};
}

void refuse_what_is_not_ours(Connection& from) {
  if (is_of_another_program(from))
    throw StoreError("store " + from.path() +
                     ": this is the database of another program; name another file in `store:` of bridge.yaml");
  refuse_newer(from, all_migrations());
}

// Nothing when nothing of the file can be read; `why` tells.
std::unique_ptr<Connection> open_old(const std::string& path, std::string& why) {
  // SQLite would throw away its log.
  if (fs::file_size(path) == 0) {
    why = "store " + path + ": the file is empty";
    return nullptr;
  }
  try {
    auto from = open_damaged(path);
    refuse_what_is_not_ours(*from);
    return from;
  } catch (const StoreDamaged& error) {
    why = error.what();
    return nullptr;
  }
}

void fill_new(Connection* from, const std::string& new_path, RebuiltStore& rebuilt) {
  create_store_file(new_path);
  Connection to(new_path, StoreAccess::exclusive);
  migrate(to, all_migrations(), [](int, int) {});
  rebuilt.tables = from == nullptr ? everything_lost() : salvage(*from, to);
  // One file, which can be renamed.
  static_cast<void>(to.single("PRAGMA wal_checkpoint(TRUNCATE)"));
}

void make_and_replace(const std::string& path, RebuiltStore& rebuilt) {
  if (fs::exists(rebuilt.moved_to))
    throw StoreError("store " + path + ": " + rebuilt.moved_to + " is there already; wait a second and try again");
  fill_new(open_old(path, rebuilt.unreadable).get(), rebuilding_path(path), rebuilt);
  replace_store(path, rebuilt.moved_to);
}

}  // namespace

RebuiltStore rebuild_store(const std::string& url, Instant now) {
  RebuiltStore rebuilt;
  rebuilt.path = store_path(url);
  const auto& path = rebuilt.path;
  if (path == ":memory:") throw StoreError("store: it is in memory only, there is nothing to rebuild");
  check_store_path(path);
  check_store_rights(path, StoreRight::write);
  if (!fs::exists(path)) {
    refuse_half_rebuilt(path);
    throw StoreError("store " + path + ": there is none yet; `contract-bridge backfill` makes one from the trackers");
  }
  const auto lock = lock_store_file(path);
  undo_replacement(path);
  remove_rebuilding(path);
  rebuilt.moved_to = path + ".damaged-" + stamp(now);
  try {
    make_and_replace(path, rebuilt);
  } catch (const StoreError& error) {
    remove_rebuilding(path);
    throw StoreError(std::string(error.what()) + "; nothing was rebuilt, the store is as it was");
  }
  return rebuilt;
}

}  // namespace cb
