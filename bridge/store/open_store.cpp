#include "bridge/store/migrations.hpp"
#include "bridge/store/replacement.hpp"
#include "bridge/store/sqlite_store.hpp"
#include "bridge/store/store_file.hpp"
#include "bridge/store/store_rights.hpp"

#include <cctype>
#include <filesystem>

namespace cb {
namespace {

constexpr const char* k_memory = ":memory:";

// A damaged page is told at once where that costs little; in a large file it is told when it is touched.
void check_pages(Connection& connection) {
  constexpr std::uintmax_t k_quickly_read = 64U << 20U;
  std::error_code unknown;
  const auto size = std::filesystem::file_size(connection.path(), unknown);
  if (unknown || size > k_quickly_read) return;
  const auto found = connection.single("PRAGMA quick_check(1)");
  if (found != "ok") {
    throw StoreError("store " + connection.path() + ": the file is damaged (" + found.value_or("no answer") +
                     "); put back a backup of it, or run `contract-bridge rebuild`, which makes a new one from the "
                     "trackers and from what can still be read");
  }
}

void put_copy_aside(Connection& connection, int from, int to) {
  const auto copy = prepare_copy(connection.path(), from, to);
  connection.run("VACUUM INTO :copy", {copy});
}

std::unique_ptr<Store> open_existing(const std::string& path, StoreAccess access, std::chrono::milliseconds busy_wait) {
  check_store_rights(path, access == StoreAccess::read ? StoreRight::read : StoreRight::write);
  refuse_half_rebuilt(path);
  refuse_emptied(path, was_store(path));
  if (!std::filesystem::exists(path)) {
    throw StoreError("store " + path + ": there is none yet; run `contract-bridge once` first");
  }
  auto connection = std::make_unique<Connection>(path, access);
  const auto known = all_migrations();
  if (checked_version(*connection, known) < static_cast<int>(known.size())) {
    throw StoreError("store " + path + ": it is not up to date; run `contract-bridge once` first");
  }
  connection->wait_when_busy(busy_wait);
  return make_sqlite_store(std::move(connection));
}

// It appears with its header: one that is empty although it was opened before has lost what it held, and a first start
// that was killed leaves none.
void make_store_file(const std::string& path) {
  if (std::filesystem::exists(path)) return;
  const auto making = path + ".new";
  // Of a first start that was killed, and of a store that is gone: SQLite would take its log for that of the new one.
  std::error_code problem;
  for (const auto& left : {making, making + "-wal", making + "-shm", path + "-wal", path + "-shm"})
    std::filesystem::remove(left, problem);
  create_store_file(making);
  { const Connection with_header(making, StoreAccess::exclusive); }
  std::filesystem::rename(making, path, problem);
  if (problem)
    throw StoreError("store " + path + ": the file cannot be created (" + problem.message() +
                     "); give the bridge's user the right to write the folder");
}

std::unique_ptr<Store> open_to_write(const std::string& path, std::chrono::milliseconds busy_wait) {
  std::shared_ptr<void> lock;
  if (path != k_memory) {
    check_store_path(path);
    check_store_rights(path, StoreRight::write);
    const bool used_before = was_store(path);
    lock = lock_store_file(path);
    refuse_half_rebuilt(path);
    check_store_file(path, used_before);
    make_store_file(path);
  }
  auto connection = std::make_unique<Connection>(path, StoreAccess::exclusive);
  if (path != k_memory) check_pages(*connection);
  migrate(*connection, all_migrations(), [&](int from, int to) { put_copy_aside(*connection, from, to); });
  connection->wait_when_busy(busy_wait);
  return make_sqlite_store(std::move(connection), std::move(lock));
}

}  // namespace

std::string store_path(const std::string& url) {
  if (url.rfind("postgresql:", 0) == 0 || url.rfind("postgres:", 0) == 0) {
    throw StoreError(
        "store: PostgreSQL comes with a later version of contract-bridge; write `store: sqlite:PATH` in bridge.yaml");
  }
  const std::string k_prefix = "sqlite:";
  if (url.rfind(k_prefix, 0) != 0 || url.size() == k_prefix.size()) {
    throw StoreError("store: `" + url + "` is not understood; write `store: sqlite:PATH` in bridge.yaml");
  }
  auto path = url.substr(k_prefix.size());
  for (const char c : path) {
    if (c == '"' || std::iscntrl(static_cast<unsigned char>(c)) != 0) {
      throw StoreError("store: the path holds a quotation mark or a control character; name another file");
    }
  }
  return path;
}

std::unique_ptr<Store> open_store(const std::string& url, StoreAccess access, std::chrono::milliseconds busy_wait) {
  const auto path = store_path(url);
  return access == StoreAccess::exclusive ? open_to_write(path, busy_wait) : open_existing(path, access, busy_wait);
}

}  // namespace cb
