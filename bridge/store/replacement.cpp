#include "bridge/store/replacement.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "bridge/store/store.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;

std::string log_of(const std::string& path) {
  return path + "-wal";
}

void remove(const std::string& path) {
  std::error_code ignored;
  fs::remove(path, ignored);
}

bool exists(const std::string& path) {
  std::error_code unknown;
  return fs::exists(path, unknown);
}

// A second name for a file.
void link(const std::string& from, const std::string& to) {
  std::error_code problem;
  fs::create_hard_link(from, to, problem);
  if (!problem) return;
  throw StoreError("store " + from + ": it cannot get the name " + to + " (" + problem.message() +
                   "); give the bridge's user the right to write the folder and the file, on a file system with hard "
                   "links");
}

// The other name that an attempt gave the old file; empty: none.
std::string kept_before(const std::string& path) {
  std::error_code problem;
  const auto start = fs::path(path).filename().string() + ".damaged-";
  for (fs::directory_iterator entry(fs::absolute(path).parent_path(), problem), end; !problem && entry != end;
       entry.increment(problem)) {
    const auto name = entry->path().filename().string();
    std::error_code unknown;
    if (name.rfind(start, 0) == 0 && fs::equivalent(entry->path(), path, unknown)) return entry->path().string();
  }
  return {};
}

// The names are on the disk before anybody relies on them.
void sync_folder_of(const std::string& path) {
  const int folder = ::open(fs::absolute(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

}  // namespace

std::string rebuilding_path(const std::string& path) {
  return path + ".rebuilding";
}

void refuse_half_rebuilt(const std::string& path) {
  if (!exists(rebuilding_path(path))) return;
  const auto what = "a rebuild of it has not come to its end (" + rebuilding_path(path) + " is there)";
  if (exists(path))
    throw StoreError("store " + path + ": " + what + "; wait for it, or run `contract-bridge rebuild` again");
  throw StoreError("store " + path + ": the file is missing, and " + what + "; give the old file its name back (" +
                   path + ".damaged-TIME, and its -wal), then run `contract-bridge rebuild` again");
}

void undo_replacement(const std::string& path) {
  if (!exists(rebuilding_path(path))) return;
  const auto kept = kept_before(path);
  if (kept.empty()) return;
  if (exists(log_of(kept)) && !exists(log_of(path))) link(log_of(kept), log_of(path));
  sync_folder_of(path);
  remove(kept);
  remove(log_of(kept));
}

void remove_rebuilding(const std::string& path) {
  const auto making = rebuilding_path(path);
  // The file itself last: it tells that there is something left to do.
  for (const auto* part : {"-wal", "-shm", ""}) remove(making + part);
}

void replace_store(const std::string& path, const std::string& kept) {
  // First the log: whoever finds the file under its second name finds the log there, too.
  if (exists(log_of(path))) link(log_of(path), log_of(kept));
  link(path, kept);
  sync_folder_of(path);
  // SQLite would take the old log for that of the new file.
  remove(log_of(path));
  remove(path + "-shm");
  std::error_code problem;
  fs::rename(rebuilding_path(path), path, problem);
  if (problem) {
    const auto why = problem.message();
    undo_replacement(path);
    throw StoreError("store " + path + ": " + rebuilding_path(path) + " cannot get its name (" + why +
                     "); give the bridge's user the right to write the folder and the file");
  }
  sync_folder_of(path);
}

}  // namespace cb
