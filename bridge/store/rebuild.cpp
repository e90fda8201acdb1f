#include "bridge/store/rebuild.hpp"

#include <filesystem>

#include "bridge/store/migrations.hpp"
#include "bridge/store/salvage.hpp"
#include "bridge/store/store_errors.hpp"
#include "bridge/store/store_file.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;

// 20261122T143000Z: no colons, which some file systems do not take.
std::string stamp(Instant now) {
  auto text = to_iso(now);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

const char* const k_parts[] = {"", "-wal", "-shm"};

void remove_store(const std::string& path) {
  std::error_code ignored;
  for (const auto* part : k_parts) fs::remove(path + part, ignored);
}

void rename_store(const std::string& from, const std::string& to) {
  for (const auto* part : k_parts) {
    std::error_code problem;
    const std::string old_name = std::string(from).append(part);
    const std::string new_name = std::string(to).append(part);
    if (!fs::exists(old_name, problem)) continue;
    fs::rename(old_name, new_name, problem);
    if (!problem) continue;
    std::string text = "store ";
    text.append(from).append(": ").append(old_name).append(" cannot be renamed to ").append(new_name);
    text.append(" (").append(problem.message()).append("); give the bridge's user the right to write the folder");
    throw StoreError(text);
  }
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
  remove_store(new_path);  // of an attempt that was broken off
  create_store_file(new_path);
  Connection to(new_path, StoreAccess::exclusive);
  migrate(to, all_migrations(), [](int, int) {});
  rebuilt.tables = from == nullptr ? everything_lost() : salvage(*from, to);
  // One file, which can be renamed.
  static_cast<void>(to.single("PRAGMA wal_checkpoint(TRUNCATE)"));
}

}  // namespace

RebuiltStore rebuild_store(const std::string& url, Instant now) {
  RebuiltStore rebuilt;
  rebuilt.path = store_path(url);
  const auto& path = rebuilt.path;
  if (path == ":memory:") throw StoreError("store: it is in memory only, there is nothing to rebuild");
  check_store_path(path);
  if (!fs::exists(path))
    throw StoreError("store " + path + ": there is none yet; `contract-bridge backfill` makes one from the trackers");
  const auto lock = lock_store_file(path);
  const auto new_path = path + ".rebuilding";
  try {
    fill_new(open_old(path, rebuilt.unreadable).get(), new_path, rebuilt);
  } catch (const StoreError& error) {
    remove_store(new_path);
    throw StoreError(std::string(error.what()) + "; nothing was rebuilt, the store is as it was");
  }
  rebuilt.moved_to = path + ".damaged-" + stamp(now);
  if (fs::exists(rebuilt.moved_to))
    throw StoreError("store " + path + ": " + rebuilt.moved_to + " is there already; wait a second and try again");
  rename_store(path, rebuilt.moved_to);
  rename_store(new_path, path);
  return rebuilt;
}

}  // namespace cb
